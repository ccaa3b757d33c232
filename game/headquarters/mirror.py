"""What the mirror says of the house: how many hosts there are."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.guard import Role
from core.mirror.factors import PRESENT
from core.mirror.seen import SEEN, Seen, Sentence, people
from core.neighbourhoods.models import Neighbourhood
from core.staff import queries as staff


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "hosts", Seen(PRESENT, _hosts), order=10)


def _hosts(here: Neighbourhood) -> Sentence:
    return Sentence(
        _l("Hosts: %(people)s", people=people(staff.how_many(here.id, Role.HOST))), _l("A season begins with ten.")
    )

"""What the mirror says of partners: how many there are."""

from flask import Flask
from flask_babel import ngettext

from core.mirror.factors import PARTNERS
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from game.partners import queries


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "partners", Seen(PARTNERS, _partners), order=10)


def _partners(here: Neighbourhood) -> Sentence:
    return Sentence(ngettext("%(num)d partner with a page", "%(num)d partners with a page", len(queries.of(here.id))))

"""What the mirror says of ideas: how many came, were answered, and go ahead."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.mirror.factors import OWN, TOGETHER
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from game.ideas import queries


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "ideas that go ahead", Seen(OWN, _ahead), order=20)
    SEEN.add(app, "ideas that came", Seen(TOGETHER, _came), order=10)


def _ahead(here: Neighbourhood) -> Sentence:
    _many, _answered, ahead = queries.answered(here.id)
    return Sentence(ngettext("%(num)d idea goes ahead", "%(num)d ideas go ahead", ahead))


def _came(here: Neighbourhood) -> Sentence:
    many, answered, _ahead = queries.answered(here.id)
    return Sentence(
        ngettext("%(num)d idea of neighbours", "%(num)d ideas of neighbours", many),
        _l("%(answered)d of them have an answer with a reason.", answered=answered),
    )

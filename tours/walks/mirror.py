"""What the mirror says of walks: how many there are."""

from flask import Flask
from flask_babel import ngettext

from core.mirror.factors import HISTORY
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from tours.walks import queries


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "walks", Seen(HISTORY, _walks), order=20)


def _walks(here: Neighbourhood) -> Sentence:
    many = len(queries.of(here.id))
    return Sentence(ngettext("%(num)d walk", "%(num)d walks", many))

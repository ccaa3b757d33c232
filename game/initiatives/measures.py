"""How many people do something together that began as an idea."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.measures.measure import MEASURES, Event, Measure, Mechanism, Span
from game.initiatives.models import Initiative, Participant


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, TOGETHER.name, TOGETHER, order=43)


def _together(span: Span) -> Iterator[Event]:
    """Who left, or takes part in what an editor hid, counts no more."""
    here = (Initiative.neighbourhood_id == span.neighbourhood_id, Initiative.is_hidden.is_(False))
    days = (Participant.at >= span.begins, Participant.at < span.ends)
    for who in db.session.scalars(select(Participant.who).join(Initiative).where(*here, *days)):
        yield Event("", (who,))


TOGETHER = Measure(
    "together", _l("Who began something together?"), Mechanism.GIVING, _l("Neighbours"),
    _l("neighbours joined an initiative"), _l("How much each of them does."), _together,
)  # fmt: skip

"""How many people tell a story that everybody can read."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Event, Measure, Mechanism, Span
from tours.stories.models import Story


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, TELLERS.name, TELLERS, order=60)


def _count(span: Span) -> Iterator[Event]:
    """A story that is withdrawn, or that an editor hid, counts no more."""
    told = select(Contribution.who).join(Story, Story.contribution_id == Contribution.id)
    here = (Story.neighbourhood_id == span.neighbourhood_id, Story.gone_at.is_(None), Story.hidden_at.is_(None))
    days = (Story.published_at >= span.begins, Story.published_at < span.ends)
    for teller in db.session.scalars(told.where(*here, *days)):
        yield Event("", (teller,))


TELLERS = Measure(
    "tellers", _l("Who told a story?"), Mechanism.MORE, _l("People"), _l("people told a story that all can read"),
    _l("How many read or heard it."), _count,
)  # fmt: skip

"""What became of ideas within fourteen days, and how many people had a say in them."""

from collections.abc import Iterator
from datetime import datetime

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from core import clock
from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Breakdown, Event, Measure, Mechanism, Span
from core.steps.models import Step
from game.ideas.course import COURSE, due
from game.ideas.models import CoSign, Idea


def init_app(app: Flask) -> None:
    """Register them."""
    MEASURES.add(app, ANSWERED.name, ANSWERED, order=30)
    MEASURES.add(app, VOICES.name, VOICES, order=31)


def _answered(span: Span) -> Iterator[Event]:
    answer = (Step.kind == COURSE.kind, Step.about == Idea.key, Step.at < span.ends)
    first = select(func.min(Step.at)).where(*answer).correlate(Idea).scalar_subquery()
    sent = select(Idea.visible_at, first, Contribution.who).join(Contribution, Contribution.key == Idea.key)
    for visible_at, at, sender in db.session.execute(sent.where(*_visible(span))):
        yield Event(_cell(visible_at, at), (sender,))


def _cell(visible_at: datetime, answered_at: datetime | None) -> str:
    if answered_at is None:
        return "waits"
    return "in_time" if clock.day_of(answered_at) <= due(clock.day_of(visible_at)) else "later"


def _voices(span: Span) -> Iterator[Event]:
    sent = select(Contribution.who).join(Idea, Idea.key == Contribution.key).where(*_visible(span))
    signed = select(CoSign.who).join(Idea, Idea.key == CoSign.idea).where(
        Idea.neighbourhood_id == span.neighbourhood_id, CoSign.at >= span.begins, CoSign.at < span.ends
    )  # fmt: skip
    for who in (sent, signed):
        for person in db.session.scalars(who):
            yield Event("", (person,))


def _visible(span: Span) -> tuple[ColumnElement[bool], ...]:
    days = (Idea.visible_at >= span.begins, Idea.visible_at < span.ends)
    return (Idea.neighbourhood_id == span.neighbourhood_id, *days)


ANSWERED = Measure(
    "answered", _l("Are ideas answered within 14 days?"), Mechanism.SAY, _l("Ideas"),
    _l("ideas of neighbours stood here"),
    _l("Whether the answer was yes. That stands with each idea."), _answered, of_events=True,
    by=Breakdown(_l("Answer"), {"in_time": _l("in time"), "later": _l("later"), "waits": _l("not yet")}),
)  # fmt: skip
VOICES = Measure(
    "voices", _l("Who had a say?"), Mechanism.SAY, _l("People"), _l("people sent an idea, or signed one too"),
    _l("What those think who sent and signed nothing."), _voices,
)  # fmt: skip

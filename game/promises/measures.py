"""What became of promises."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Breakdown, Event, Measure, Mechanism, Span
from core.steps.models import Step
from game.promises.course import BROKEN, COURSE, KEPT, LATE, RELEASED, stands
from game.promises.models import NewDay, Promise

RUNS = "runs"
_CELLS = {KEPT: KEPT, LATE: LATE, BROKEN: "not", RELEASED: "not"}


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, PROMISES.name, PROMISES, order=42)


def _promises(span: Span) -> Iterator[Event]:
    """How a promise stood on the last day of the span; each is somebody's who made it."""
    steps = (Step.kind == COURSE.kind, Step.about == Promise.key)
    last = select(func.max(Step.number)).where(*steps, Step.at < span.ends).correlate(Promise).scalar_subquery()
    said = select(Step.state).where(*steps, Step.number == last).correlate(Promise).scalar_subquery()
    moved = select(func.max(NewDay.id)).where(NewDay.promise == Promise.key, NewDay.at < span.ends)
    new_day = select(NewDay.due_on).where(NewDay.id == moved.correlate(Promise).scalar_subquery())
    stood = said, new_day.correlate(Promise).scalar_subquery(), Promise.due_on
    made = select(*stood, Contribution.who).join_from(Promise, Contribution, Contribution.key == Promise.key)
    days = (Promise.shown_at >= span.begins, Promise.shown_at < span.ends)
    here = made.where(Promise.neighbourhood_id == span.neighbourhood_id, *days)
    for state, moved_to, first_day, maker in db.session.execute(here):
        yield Event(_cell(state or COURSE.begins, moved_to or first_day, span.until - timedelta(days=1)), (maker,))


def _cell(said: str, due_on: date, today: date) -> str:
    return _CELLS.get(stands(said, due_on, today), RUNS)


PROMISES = Measure(
    "promises", _l("What became of promises?"), Mechanism.GIVING, _l("Promises"),
    _l("promises were made where all can read them"),
    _l("What people promise each other elsewhere. That is surely more."), _promises, of_events=True,
    by=Breakdown(
        _l("How it stands"),
        {KEPT: _l("kept"), RUNS: _l("not due yet"), LATE: _l("late"), "not": _l("it could not be, or was let go")},
    ),
)  # fmt: skip

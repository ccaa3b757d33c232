"""How many people answered a talk card or sat at a theme table, and what became of what they asked."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core.contributions.models import Contribution
from core.database import db
from core.measures.measure import MEASURES, Breakdown, Event, Measure, Mechanism, Span
from core.steps.models import Step
from game.dialogues.course import COURSE
from game.dialogues.models import Question
from game.dialogues.models_talk import PROFESSIONAL, Seat, Talk


def init_app(app: Flask) -> None:
    """Register them."""
    MEASURES.add(app, TALKED.name, TALKED, order=21)
    MEASURES.add(app, QUESTIONS.name, QUESTIONS, order=32)


def _talked(span: Span) -> Iterator[Event]:
    """Residents alone: the professional sits there for their work."""
    here = (Talk.neighbourhood_id == span.neighbourhood_id, Seat.as_what != PROFESSIONAL, Seat.words != "")
    days = (Seat.answered_at >= span.begins, Seat.answered_at < span.ends)
    for who in db.session.scalars(select(Seat.who).join(Talk).where(*here, *days)):
        yield Event("", (who,))


def _questions(span: Span) -> Iterator[Event]:
    """How a question stands at the end of the span; each is somebody's who asked it."""
    steps = (Step.kind == COURSE.kind, Step.about == Question.key)
    last = select(func.max(Step.number)).where(*steps, Step.at < span.ends).correlate(Question).scalar_subquery()
    stands = select(Step.state).where(*steps, Step.number == last).correlate(Question).scalar_subquery()
    asked = select(stands, Contribution.who).select_from(Question).join(Contribution, Contribution.key == Question.key)
    here = (Question.neighbourhood_id == span.neighbourhood_id, Question.is_shown)
    days = (Question.visible_at >= span.begins, Question.visible_at < span.ends)
    for state, asker in db.session.execute(asked.where(*here, *days)):
        yield Event(state or COURSE.begins, (asker,))


TALKED = Measure(
    "talked", _l("Who talked with a professional or at a table?"), Mechanism.VISION, _l("Residents"),
    _l("residents gave an answer at an hour or a theme table"),
    _l("Whether they agreed. That is in what they signed together."), _talked,
)  # fmt: skip
QUESTIONS = Measure(
    "questions", _l("What became of questions?"), Mechanism.SAY, _l("Questions"),
    _l("questions of residents stand here"),
    _l("Whether the answer is good. That stands with each question."), _questions, of_events=True,
    by=Breakdown(_l("How it stands"), COURSE.labels),
)  # fmt: skip

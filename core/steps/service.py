"""Taking a step: no step without words and somebody who says them (docs/rules.md §8)."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from core import clock
from core.database import db
from core.refusal import Refusal, Sort
from core.steps import queries
from core.steps.course import Course
from core.steps.models import Step


def take(course: Course, about: str, to: str, by: str, as_what: str, words: str, language: str) -> Step:
    """The next step of a thing whose row the caller holds.

    Raises Refusal without words, for a step that its course has not, and for one that comes once and came. The same
    step by the same one in the same words, sent again, is the step that was taken.
    """
    before = queries.of(course.kind, about)
    if before and (before[-1].state, before[-1].by, before[-1].as_what, before[-1].words) == (to, by, as_what, words):
        return before[-1]
    if not words:
        raise Refusal(_l("Say why, in one sentence or more."), Sort.INVALID, field="words")
    if not course.allows(before[-1].state if before else course.begins, as_what, to):
        raise Refusal(_l("It does not stand there any more. Look again."), Sort.CONFLICT)
    if to in course.once & {one.state for one in before}:
        raise Refusal(_l("That can be done once, and it was done."), Sort.CONFLICT)
    step = Step(
        kind=course.kind, about=about, number=len(before) + 1, state=to, by=by, as_what=as_what, words=words,
        language=language, at=clock.now(),
    )  # fmt: skip
    db.session.add(step)
    db.session.flush()
    return step


def forget(kind: str, about: str) -> None:
    """The thing is gone for good, and its steps with it."""
    db.session.execute(delete(Step).where(Step.kind == kind, Step.about == about))


def silence(by: str) -> None:
    """Somebody is erased: that they took these steps stays under their key; what they said goes."""
    db.session.execute(update(Step).where(Step.by == by).values(words=""))

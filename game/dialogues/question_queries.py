"""Finding questions to professionals, and how each stands."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from core.contributions.models import Contribution
from core.database import db
from core.steps import queries as steps
from game.dialogues.course import CANNOT, COURSE, DONE, OVER
from game.dialogues.models import Hour, Professional, Question
from game.dialogues.queries import MOST


class Asked(NamedTuple):
    """A question in a list: how it stands."""

    question: Question
    state: str


def question(neighbourhood_id: int, key: str, lock: bool = False) -> Question | None:
    """A question that everybody reads."""
    found = select(Question).where(
        Question.neighbourhood_id == neighbourhood_id, Question.key == key, Question.is_shown
    )
    return db.session.scalar(found.with_for_update(of=Question) if lock else found.options(joinedload(Question.hour)))


def questions(neighbourhood_id: int) -> list[Asked]:
    """The newest first."""
    return _asked(select(Question).where(Question.neighbourhood_id == neighbourhood_id))


def questions_in(hour: Hour) -> list[Asked]:
    """Those of one hour."""
    return _asked(select(Question).where(Question.hour_id == hour.id))


def questions_to(one: Professional) -> list[Asked]:
    """Those that somebody answers."""
    return _asked(select(Question).where(Question.professional_id == one.id))


def orphaned(neighbourhood_id: int) -> list[Asked]:
    """Those whose professional is none any more, and that are not over: a coordinator names who answers them."""
    found = select(Question).join(Professional, Professional.id == Question.professional_id)
    here = (Question.neighbourhood_id == neighbourhood_id, Professional.ended_at.is_not(None))
    return [one for one in _asked(found.where(*here)) if one.state not in OVER]


def asker(key: str) -> str | None:
    """Who handed it in: a player, or somebody with a receipt."""
    sent = select(Contribution.who).where(Contribution.kind == COURSE.kind, Contribution.key == key)
    return db.session.scalar(sent)


def ends(asked: Collection[Asked]) -> tuple[int, int]:
    """How many are done, and how many cannot be: never one number for both."""
    return sum(one.state == DONE for one in asked), sum(one.state == CANNOT for one in asked)


def _asked(found: Select[Question]) -> list[Asked]:
    shown = db.session.scalars(found.where(Question.is_shown).order_by(Question.id.desc()).limit(MOST)).all()
    last = steps.last(COURSE.kind, [one.key for one in shown])
    return [Asked(one, last[one.key].state if one.key in last else COURSE.begins) for one in shown]

"""The steps of things, and how each stands."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.database import db
from core.people import queries as people
from core.steps.models import Step


class Said(NamedTuple):
    """A step with the name of who took it; None once they are no player any more."""

    step: Step
    by: str | None


def of(kind: str, about: str) -> list[Step]:
    """What happened to one thing, in order."""
    return list(db.session.scalars(select(Step).where(Step.kind == kind, Step.about == about).order_by(Step.number)))


def said(steps: Collection[Step]) -> list[Said]:
    """The same, each with who took it. One question."""
    persons = people.by_player_keys(one.by for one in steps)
    return [Said(one, persons[one.by].name if one.by in persons else None) for one in steps]


def last(kind: str, about: Collection[str]) -> dict[str, Step]:
    """The last step of each of these, by key. One question."""
    newest = select(func.max(Step.id)).where(Step.kind == kind, Step.about.in_(about)).group_by(Step.about)
    found: Sequence[Step] = db.session.scalars(select(Step).where(Step.id.in_(newest))).all() if about else ()
    return {one.about: one for one in found}


def is_last(kind: str, of: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Asked of a Step: it is the last one of the thing of a kind with this key, a column of the question around it."""
    later = aliased(Step)
    last = select(func.max(later.number)).where(later.kind == kind, later.about == of)
    return and_(Step.kind == kind, Step.about == of, Step.number == last.correlate_except(later).scalar_subquery())

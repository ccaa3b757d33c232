"""Finding ideas: those of a neighbourhood, one with who signed it too, and what waits for an answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import joinedload

from core import clock
from core.contributions.models import Contribution
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.places.models import Spot
from core.steps import queries as steps
from core.steps.models import Step
from game.ideas.course import APPEALED, COURSE, GOES_AHEAD, IDLE, MERGED, REFUSED
from game.ideas.models import CoSign, Idea, Merged

MOST = 100  # on one page
AT_A_SPOT = 3
NAMES = 30  # that stand under an idea


class Row(NamedTuple):
    """An idea in a list: how it stands, and how many neighbours signed it too."""

    idea: Idea
    state: str
    signed: int


def one(neighbourhood_id: int, key: str, lock: bool = False) -> Idea | None:
    """An idea that everybody reads."""
    found = select(Idea).where(Idea.neighbourhood_id == neighbourhood_id, Idea.key == key)
    return db.session.scalar(found.with_for_update() if lock else found.options(joinedload(Idea.spot)))


def of(neighbourhood_id: int, asleep: bool = False) -> list[Row]:
    """The newest first: those that are awake, or those that sleep. What goes on in another idea stands in neither."""
    found = select(Idea).where(Idea.neighbourhood_id == neighbourhood_id, ~is_merged())
    return _rows(found.where(sleeps() if asleep else ~sleeps()).order_by(Idea.id.desc()).limit(MOST))


def at(spot: Spot) -> list[Row]:
    """Those for a spot that are awake, the newest first."""
    found = select(Idea).where(Idea.spot_id == spot.id, ~is_merged(), ~sleeps())
    return _rows(found.order_by(Idea.id.desc()).limit(AT_A_SPOT))


def going_ahead(neighbourhood_id: int, sort: str) -> list[Row]:
    """Those of a sort that go ahead, the newest first."""
    found = select(Idea).where(Idea.neighbourhood_id == neighbourhood_id, Idea.sort == sort, goes_ahead())
    return _rows(found.order_by(Idea.id.desc()).limit(MOST))


def weighed(neighbourhood_id: int, most: int = MOST) -> list[Row]:
    """Those that editors are weighing, the longest first."""
    return [row for row, _since in to_answer(neighbourhood_id, most)]


def to_merge_into(idea: Idea) -> Sequence[Idea]:
    """The ideas that this one could go on in: at the same spot first, then of the same sort, then the newest."""
    others = (Idea.neighbourhood_id == idea.neighbourhood_id, Idea.id != idea.id, ~is_merged(), ~is_refused())
    alike = (Idea.spot_id.is_not_distinct_from(idea.spot_id).desc(), (Idea.sort == idea.sort).desc())
    return db.session.scalars(select(Idea).where(*others).order_by(*alike, Idea.id.desc()).limit(MOST)).all()


def sleeps() -> ColumnElement[bool]:
    """Asked of an Idea: nobody signed it too and no step was taken for so long, and it does not go ahead."""
    since = clock.now() - IDLE
    signed = exists().where(CoSign.idea == Idea.key, CoSign.at > since)
    stepped = exists().where(*_steps(), Step.at > since)
    return and_(Idea.visible_at <= since, ~signed, ~stepped, ~goes_ahead())


def goes_ahead() -> ColumnElement[bool]:
    """Asked of an Idea: an editor adopted it, which is where its course ends."""
    return exists().where(*_steps(), Step.state.in_(GOES_AHEAD))


def is_refused() -> ColumnElement[bool]:
    """Asked of an Idea: its last step says no."""
    return exists().where(_last(), Step.state.in_(REFUSED))


def is_merged() -> ColumnElement[bool]:
    """Asked of an Idea: it goes on in another one."""
    return exists().where(Merged.idea == Idea.key)


def is_asleep(idea: Idea) -> bool:
    """Whether this one sleeps."""
    return bool(db.session.scalar(select(Idea.id).where(Idea.id == idea.id, sleeps())))


def goes_on_in(key: str) -> Idea | None:
    """The idea that this one goes on in, where everybody reads that."""
    return db.session.scalar(select(Idea).join(Merged, Merged.into == Idea.key).where(Merged.idea == key))


def merged_into(key: str) -> Sequence[Idea]:
    """The ideas that go on in this one."""
    found = select(Idea).join(Merged, Merged.idea == Idea.key).where(Merged.into == key)
    return db.session.scalars(found.order_by(Idea.id).limit(MOST)).all()


def rows(ideas: Sequence[Idea]) -> list[Row]:
    """How each stands: two questions for all."""
    keys = [one.key for one in ideas]
    last, signed = steps.last(COURSE.kind, keys), many_signed(keys)
    return [
        Row(one, last[one.key].state if one.key in last else COURSE.begins, signed.get(one.key, 0)) for one in ideas
    ]


def many_signed(keys: Collection[str]) -> dict[str, int]:
    """How many persons signed each of these too, or what goes on in it: each once, and not who sent it."""
    own = select(CoSign.idea.label("idea"), CoSign.who.label("who")).where(CoSign.idea.in_(keys))
    others = select(Merged.into, CoSign.who).join(CoSign, CoSign.idea == Merged.idea).where(Merged.into.in_(keys))
    who = union(own, others).subquery()
    sent = and_(Contribution.kind == COURSE.kind, Contribution.key == who.c.idea, Contribution.who == who.c.who)
    found = select(who.c.idea, func.count()).where(~exists().where(sent)).group_by(who.c.idea)
    return {one: int(many) for one, many in db.session.execute(found)} if keys else {}


def names(key: str) -> list[str]:
    """Who signed it and likes to be named, the first first."""
    found = (
        select(Person.name)
        .join(PlayerKeyLine, PlayerKeyLine.person_id == Person.id)
        .join(CoSign, CoSign.who == PlayerKeyLine.key)
        .where(CoSign.idea == key, CoSign.shows_name, Person.leaving_at.is_(None))
    )
    return list(db.session.scalars(found.order_by(CoSign.id).limit(NAMES)))


def signature(key: str, who: str) -> CoSign | None:
    """Somebody's own."""
    return db.session.scalar(select(CoSign).where(CoSign.idea == key, CoSign.who == who))


def to_answer(neighbourhood_id: int, most: int = MOST) -> list[tuple[Row, datetime]]:
    """What waits for an editor, each since when, the longest first: a new idea, and one that is asked about again."""
    since = func.coalesce(Step.at, Idea.visible_at, type_=Idea.visible_at.type)
    found = select(Idea, since).outerjoin(Step, _last()).where(*_waits(neighbourhood_id)).options(joinedload(Idea.spot))
    asked = db.session.execute(found.order_by(since, Idea.id).limit(most)).all()
    begun = {idea.key: at for idea, at in asked}
    return [(row, begun[row.idea.key]) for row in rows([idea for idea, _at in asked])]


def many_to_answer(neighbourhood_id: int) -> int:
    """How many wait for an editor."""
    found = select(func.count(Idea.id)).outerjoin(Step, _last()).where(*_waits(neighbourhood_id))
    return db.session.scalar(found) or 0


def sender(key: str) -> str | None:
    """Who handed it in: a player, or somebody with a receipt."""
    sent = select(Contribution.who).where(Contribution.kind == COURSE.kind, Contribution.key == key)
    return db.session.scalar(sent)


def answered(neighbourhood_id: int) -> tuple[int, int, int]:
    """How many ideas there are to read, how many of them have an answer, and how many go ahead."""
    decided = func.count(Idea.id).filter(Step.state.is_not(None), Step.state != APPEALED)
    found = select(func.count(Idea.id), decided, func.count(Idea.id).filter(Step.state.in_(GOES_AHEAD)))
    found = found.outerjoin(Step, _last())
    many, said, ahead = db.session.execute(found.where(Idea.neighbourhood_id == neighbourhood_id)).one()
    return many, said, ahead


def _rows(found: Select[Idea]) -> list[Row]:
    return rows(db.session.scalars(found.options(joinedload(Idea.spot))).all())


def _waits(neighbourhood_id: int) -> tuple[ColumnElement[bool], ...]:
    """Asked of an Idea with its last Step, if it has one."""
    left_over = and_(Step.state == MERGED, ~is_merged())  # the one in which it went on was taken back
    return (Idea.neighbourhood_id == neighbourhood_id, or_(Step.id.is_(None), Step.state == APPEALED, left_over))


def _last() -> ColumnElement[bool]:
    return steps.is_last(COURSE.kind, Idea.key)


def _steps() -> tuple[ColumnElement[bool], ...]:
    return (Step.kind == COURSE.kind, Step.about == Idea.key)

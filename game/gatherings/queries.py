"""Finding gatherings: what comes, what was, one with who was there, and what was said of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.contributions.models import Contribution
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.places.models import Spot
from core.steps import queries as steps
from game.gatherings.course import CANCELLED, COURSE, stands
from game.gatherings.models import Attendance, Gathering, Move, Others, Report

MOST = 50  # on one page
AT_A_SPOT = 3
NAMES = 30  # that stand under a gathering


class Row(NamedTuple):
    """A gathering in a list: how it stands now, how often that was said anew, and how many are or were there."""

    gathering: Gathering
    state: str
    steps: int
    many: int


def one(neighbourhood_id: int, key: str, lock: bool = False) -> Gathering | None:
    """A gathering that everybody reads."""
    found = select(Gathering).where(Gathering.neighbourhood_id == neighbourhood_id, Gathering.key == key)
    return db.session.scalar(found.with_for_update() if lock else found.options(joinedload(Gathering.spot)))


def by_key(key: str) -> Gathering | None:
    """The same, wherever it is."""
    return db.session.scalar(select(Gathering).where(Gathering.key == key))


def coming(neighbourhood_id: int, most: int = MOST) -> list[Row]:
    """What is still to come or going on, the soonest first; what was cancelled is not among it."""
    return [row for row in _rows(_coming(neighbourhood_id).limit(most)) if row.state != CANCELLED]


def coming_and_cancelled(neighbourhood_id: int) -> list[Row]:
    """The same with what was cancelled, for who would have come."""
    return _rows(_coming(neighbourhood_id).limit(MOST))


def past(neighbourhood_id: int, most: int = MOST) -> list[Row]:
    """What was, the last one first."""
    here = select(Gathering).where(Gathering.neighbourhood_id == neighbourhood_id, Gathering.ends_at <= clock.now())
    return _rows(here.order_by(Gathering.ends_at.desc(), Gathering.id.desc()).limit(most))


def at(spot: Spot) -> list[Row]:
    """What is still to come at a spot."""
    there = select(Gathering).where(Gathering.spot_id == spot.id, Gathering.ends_at > clock.now())
    return _rows(there.order_by(Gathering.begins_at, Gathering.id).limit(AT_A_SPOT))


def row(gathering: Gathering) -> Row:
    """One as in a list."""
    return _of([gathering])[0]


def many(keys: Collection[str]) -> dict[str, int]:
    """How many were at each of these: who said so, and who was counted without a phone."""
    said = select(Attendance.gathering, func.count()).where(Attendance.gathering.in_(keys))
    found = {key: int(count) for key, count in db.session.execute(said.group_by(Attendance.gathering))}
    for key, others in db.session.execute(select(Others.gathering, Others.many).where(Others.gathering.in_(keys))):
        found[key] = found.get(key, 0) + others
    return found


def others(key: str) -> int:
    """How many were counted without a phone."""
    return db.session.scalar(select(Others.many).where(Others.gathering == key)) or 0


def about(number: int) -> int:
    """What everybody reads of a number of people: in steps of five, 0 for fewer than five."""
    return round(number / 5) * 5 if number >= 5 else 0


def names(key: str) -> list[str]:
    """Who was there and likes to be named, in the order in which they came."""
    found = (
        select(Person.name)
        .join(PlayerKeyLine, PlayerKeyLine.person_id == Person.id)
        .join(Attendance, Attendance.who == PlayerKeyLine.key)
        .where(Attendance.gathering == key, Attendance.shows_name, Person.leaving_at.is_(None))
    )
    return list(db.session.scalars(found.order_by(Attendance.id).limit(NAMES)))


def attendance(key: str, who: str) -> Attendance | None:
    """Somebody's own."""
    return db.session.scalar(select(Attendance).where(Attendance.gathering == key, Attendance.who == who))


def reports(key: str) -> Sequence[Report]:
    """What was said there, as those tell who wrote it down."""
    return db.session.scalars(select(Report).where(Report.gathering == key).order_by(Report.id)).all()


def last_move(key: str) -> Move | None:
    """Where and when it was moved to last."""
    return db.session.scalar(select(Move).where(Move.gathering == key).order_by(Move.id.desc()).limit(1))


def opener(key: str) -> str | None:
    """Who opened it."""
    return db.session.scalar(select(Contribution.who).where(Contribution.kind == COURSE.kind, Contribution.key == key))


def since(neighbourhood_id: int, moment: datetime, most: int) -> list[Row]:
    """What ends after a moment, for a calendar: also what was cancelled, which says so there."""
    here = select(Gathering).where(Gathering.neighbourhood_id == neighbourhood_id, Gathering.ends_at > moment)
    return _rows(here.order_by(Gathering.begins_at, Gathering.id).limit(most))


def _coming(neighbourhood_id: int) -> Select[Gathering]:
    here = select(Gathering).where(Gathering.neighbourhood_id == neighbourhood_id, Gathering.ends_at > clock.now())
    return here.order_by(Gathering.begins_at, Gathering.id)


def _rows(found: Select[Gathering]) -> list[Row]:
    return _of(db.session.scalars(found.options(joinedload(Gathering.spot))).all())


def _of(found: Sequence[Gathering]) -> list[Row]:
    """How each stands: four questions for all."""
    keys, now = [one.key for one in found], clock.now()
    if not keys:
        return []
    last, counted = steps.last(COURSE.kind, keys), many(keys)
    reported = set(db.session.scalars(select(Report.gathering).where(Report.gathering.in_(keys))))
    return [
        Row(
            one,
            stands(one, last[one.key].state if one.key in last else COURSE.begins, one.key in reported, now),
            last[one.key].number if one.key in last else 0,
            counted.get(one.key, 0),
        )
        for one in found
    ]

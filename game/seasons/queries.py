"""Which season a day is in."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from core import clock
from core.database import db
from game.seasons.models import Season

OVERLAPPING = (  # asked at every yes, so built once
    select(Season)
    .where(Season.neighbourhood_id == bindparam("here"), Season.id != bindparam("but"))
    .where(Season.starts_on <= bindparam("last"), Season.ends_on >= bindparam("first"))
    .limit(1)
)


def on(neighbourhood_id: int, day: date) -> Season | None:
    """The season that a day counts for, or None between seasons."""
    return overlapping(neighbourhood_id, day, day)


def overlapping(neighbourhood_id: int, first: date, last: date, but: int | None = None) -> Season | None:
    """A season that has a day in common with these; not the one of this id."""
    asked = {"here": neighbourhood_id, "first": first, "last": last, "but": but or 0}
    return db.session.scalar(OVERLAPPING, asked)


def to_come(neighbourhood_id: int, day: date) -> Sequence[Season]:
    """The seasons that are not over on a day, the first first."""
    mine = select(Season).where(Season.neighbourhood_id == neighbourhood_id, Season.ends_on >= day)
    return db.session.scalars(mine.order_by(Season.starts_on)).all()


def by_first_day(neighbourhood_id: int, first: date, day: date, lock: bool = False) -> Season | None:
    """The season that begins on a first day, unless it is over on `day`. `lock`: until the transaction ends."""
    mine = select(Season).where(Season.neighbourhood_id == neighbourhood_id, Season.starts_on == first)
    still = mine.where(Season.ends_on >= day)
    return db.session.scalar(still.with_for_update() if lock else still)


def began(neighbourhood_id: int) -> date | None:
    """The first day of the running season, else of the last one; None before the first."""
    begun = (Season.neighbourhood_id == neighbourhood_id, Season.starts_on <= clock.today())
    return db.session.scalar(select(func.max(Season.starts_on)).where(*begun))


def latest(neighbourhood_id: int) -> Season | None:
    """The season that started last."""
    return db.session.scalar(
        select(Season).where(Season.neighbourhood_id == neighbourhood_id).order_by(Season.starts_on.desc()).limit(1)
    )

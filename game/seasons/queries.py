"""Which season a day is in."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from core import clock
from core.database import db
from game.seasons.models import CLOSES_AFTER, Season

MOST = 26  # of a page: no two overlap, and each takes 24 days or more
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


def get(season_id: int) -> Season:
    """A season, read again and locked until the end of the transaction."""
    wanted = select(Season).where(Season.id == season_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def shown(neighbourhood_id: int) -> Season | None:
    """The season whose board everybody reads now: the one that began last."""
    begun = (Season.neighbourhood_id == neighbourhood_id, Season.starts_on <= clock.today())
    return db.session.scalar(select(Season).where(*begun).order_by(Season.starts_on.desc()).limit(1))


def to_close(day: date) -> Sequence[int]:
    """The ids of the seasons that are to close by a day and did not yet, the first first."""
    due = select(Season.id).where(Season.closed_on.is_(None), Season.ends_on <= day - CLOSES_AFTER)
    return db.session.scalars(due.order_by(Season.ends_on, Season.id)).all()


def closes_next(neighbourhood_id: int) -> Season | None:
    """The season that is over and closes first; None where all that are over did."""
    open_ = (Season.neighbourhood_id == neighbourhood_id, Season.closed_on.is_(None), Season.ends_on < clock.today())
    return db.session.scalar(select(Season).where(*open_).order_by(Season.ends_on).limit(1))


def closed(neighbourhood_id: int) -> Sequence[Season]:
    """The seasons that were closed, the last first."""
    mine = select(Season).where(Season.neighbourhood_id == neighbourhood_id, Season.closed_on.is_not(None))
    return db.session.scalars(mine.order_by(Season.starts_on.desc())).all()


def end_of_the_one_before(season: Season) -> date | None:
    """The last day of the season before this one in its neighbourhood."""
    before = (Season.neighbourhood_id == season.neighbourhood_id, Season.ends_on < season.starts_on)
    return db.session.scalar(select(func.max(Season.ends_on)).where(*before))


def begun(neighbourhood_id: int) -> Sequence[Season]:
    """The seasons that began, the newest first; two years of them."""
    mine = select(Season).where(Season.neighbourhood_id == neighbourhood_id, Season.starts_on <= clock.today())
    return db.session.scalars(mine.order_by(Season.starts_on.desc()).limit(MOST)).all()


def measured_on(begun: date, ended: date) -> Sequence[Season]:
    """The seasons that had begun by one day and not ended before another, and are not closed."""
    some = select(Season).where(Season.starts_on <= begun, Season.ends_on >= ended, Season.closed_on.is_(None))
    return db.session.scalars(some.order_by(Season.id)).all()


def that_began(neighbourhood_id: int, first: date) -> Season | None:
    """The season that began on this day; None for one that is still to come."""
    mine = select(Season).where(Season.neighbourhood_id == neighbourhood_id, Season.starts_on == first)
    return db.session.scalar(mine.where(Season.starts_on <= clock.today()))


def next_one(neighbourhood_id: int) -> Season | None:
    """The first season that did not begin yet."""
    coming = (Season.neighbourhood_id == neighbourhood_id, Season.starts_on > clock.today())
    return db.session.scalar(select(Season).where(*coming).order_by(Season.starts_on).limit(1))


def latest(neighbourhood_id: int) -> Season | None:
    """The season that started last."""
    return db.session.scalar(
        select(Season).where(Season.neighbourhood_id == neighbourhood_id).order_by(Season.starts_on.desc()).limit(1)
    )

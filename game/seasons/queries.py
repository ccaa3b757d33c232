"""Which season a day is in."""

from datetime import date

from sqlalchemy import func, select

from core import clock
from core.database import db
from game.seasons.models import Season


def on(neighbourhood_id: int, day: date) -> Season | None:
    """The season that a day counts for, or None between seasons."""
    return overlapping(neighbourhood_id, day, day)


def overlapping(neighbourhood_id: int, first: date, last: date) -> Season | None:
    """A season that has a day in common with these."""
    return db.session.scalar(
        select(Season)
        .where(Season.neighbourhood_id == neighbourhood_id, Season.starts_on <= last, Season.ends_on >= first)
        .limit(1)
    )


def began(neighbourhood_id: int) -> date | None:
    """The first day of the running season, else of the last one; None before the first."""
    begun = (Season.neighbourhood_id == neighbourhood_id, Season.starts_on <= clock.today())
    return db.session.scalar(select(func.max(Season.starts_on)).where(*begun))


def latest(neighbourhood_id: int) -> Season | None:
    """The season that started last."""
    return db.session.scalar(
        select(Season).where(Season.neighbourhood_id == neighbourhood_id).order_by(Season.starts_on.desc()).limit(1)
    )

"""Finding challenges, and today's."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from core.database import db
from game.challenges.models import Challenge


def of(neighbourhood_id: int) -> Sequence[Challenge]:
    """All challenges of a neighbourhood, in the order they were made."""
    return db.session.scalars(
        select(Challenge).where(Challenge.neighbourhood_id == neighbourhood_id).order_by(Challenge.id)
    ).all()


def by_key(neighbourhood_id: int, key: str) -> Challenge | None:
    """The challenge with this key here, or None."""
    return db.session.scalar(
        select(Challenge).where(Challenge.neighbourhood_id == neighbourhood_id, Challenge.key == key)
    )


def todays(neighbourhood_id: int, day: date) -> Challenge | None:
    """The challenge of a day: each has its turn, the same for everybody. None when there are none yet."""
    ours = Challenge.neighbourhood_id == neighbourhood_id
    how_many = db.session.scalar(select(func.count()).select_from(Challenge).where(ours)) or 0
    turn = day.toordinal() % how_many if how_many else 0
    return db.session.scalar(select(Challenge).where(ours).order_by(Challenge.id).offset(turn).limit(1))

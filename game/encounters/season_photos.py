"""The photos of a season's meetings: those that may be seen somewhere, and how many stay with who is in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from core import clock
from core.database import db
from core.photos.models import Photo
from core.photos.queries import visible
from game.encounters.models import Encounter, State
from game.seasons.models import Season


def seen(season: Season, scope: str, limit: int | None = None, after: int = 0) -> Sequence[tuple[Photo, datetime]]:
    """Its photos that everybody in them and an editor allow there, each with when the two said yes; in that order."""
    of_it = select(Photo, Encounter.confirmed_at).select_from(Encounter).join(Encounter.photos).where(*_in(season))
    in_order = of_it.where(visible(scope)).order_by(Encounter.confirmed_at, Photo.id)
    return [(photo, at) for photo, at in db.session.execute(in_order.limit(limit).offset(after)) if at]


def how_many_stay(season: Season, scope: str) -> int:
    """How many of its photos may not be seen there."""
    counted = select(func.count()).select_from(Encounter).join(Encounter.photos)
    return db.session.scalar(counted.where(*_in(season), Photo.forgotten_at.is_(None), ~visible(scope))) or 0


def _in(season: Season) -> tuple[ColumnElement[bool], ...]:
    first, last = clock.first_moment_of(season.starts_on), clock.last_moment_of(season.ends_on)
    ours = (Encounter.neighbourhood_id == season.neighbourhood_id, Encounter.state == State.CONFIRMED)
    return (*ours, Encounter.confirmed_at.between(first, last))

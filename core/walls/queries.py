"""Finding screens: by their secret, or those that a neighbourhood has."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from core import codes
from core.database import db
from core.walls.models import Wall


def hashed(code: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(code.encode()).hexdigest()


def opened(neighbourhood_id: int, typed: str) -> Wall | None:
    """The screen at this address here, however its letters were typed; None once it was ended."""
    here = (Wall.neighbourhood_id == neighbourhood_id, Wall.ended_at.is_(None))
    return db.session.scalar(select(Wall).where(*here, Wall.code_hash == hashed(codes.LONG.read(typed) or "")))


def of(neighbourhood_id: int) -> Sequence[Wall]:
    """The screens that are on, the newest first."""
    here = (Wall.neighbourhood_id == neighbourhood_id, Wall.ended_at.is_(None))
    return db.session.scalars(select(Wall).where(*here).order_by(Wall.id.desc())).all()


def by_key(neighbourhood_id: int, key: str) -> Wall | None:
    """One of them, held until the end of the transaction."""
    here = (Wall.neighbourhood_id == neighbourhood_id, Wall.ended_at.is_(None), Wall.key == key)
    return db.session.scalar(select(Wall).where(*here).with_for_update())

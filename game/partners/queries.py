"""The partners of a neighbourhood."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from game.partners.models import Partner


def of(neighbourhood_id: int) -> Sequence[Partner]:
    """By name."""
    here = Partner.neighbourhood_id == neighbourhood_id
    return db.session.scalars(select(Partner).where(here).order_by(Partner.name, Partner.id)).all()


def by_key(neighbourhood_id: int, key: str, lock: bool = False) -> Partner | None:
    """One of them. `lock`: until the transaction ends nobody else changes it."""
    found = select(Partner).where(Partner.neighbourhood_id == neighbourhood_id, Partner.key == key)
    return db.session.scalar(found.with_for_update() if lock else found)

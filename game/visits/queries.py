"""Who was where: only ever asked for one player at a time."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from game.visits.models import Visit


def has_visited(player: str, spot_id: int) -> bool:
    """Whether this player was at this spot."""
    found = select(Visit.id).where(Visit.player == player, Visit.spot_id == spot_id).limit(1)
    return db.session.scalar(found) is not None


def of(player: str) -> Sequence[Visit]:
    """A player's own visits, the oldest first."""
    return db.session.scalars(select(Visit).where(Visit.player == player).order_by(Visit.on, Visit.id)).all()

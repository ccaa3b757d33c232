"""A visit: that a player was at a spot on a day. No position, no hour, nothing of how it was known."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Model, PlayerKey
from core.places.models import Spot


class Visit(Model):
    """Somebody was at a spot. It goes when the season closes (docs/rules.md §4)."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("player", "spot_id", "on"),)

    id: Mapped[Id]
    player: Mapped[PlayerKey]
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    on: Mapped[date]  # the Amsterdam date
    spot: Mapped[Spot] = relationship(lazy="joined")

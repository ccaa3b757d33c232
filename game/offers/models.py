"""An offer or a wish as everybody reads it, and two of them that a host brought together."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment
from core.neighbourhoods.models import Zone


class Offer(Model):
    """What a neighbour can do, or would like. Until its day it is read; whose it is stands in what was handed in."""

    __tablename__ = "offer"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    is_wish: Mapped[bool]
    words: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    until: Mapped[date]  # the last day, in Amsterdam
    zone: Mapped[Zone | None] = relationship()


class Match(Model):
    """That a host thinks these two fit. Each says yes or no; names are told after two yeses, and never before."""

    __tablename__ = "offer_match"
    __table_args__ = (UniqueConstraint("offer", "wish"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    offer: Mapped[Key]
    wish: Mapped[Key] = mapped_column(index=True)
    offer_says: Mapped[bool | None]
    wish_says: Mapped[bool | None]
    at: Mapped[Moment]

    @property
    def fits(self) -> bool:
        """Whether both said yes."""
        return bool(self.offer_says and self.wish_says)

    @property
    def is_open(self) -> bool:
        """Whether one still has to answer, and nobody said no."""
        return not self.fits and self.offer_says is not False and self.wish_says is not False

"""An idea as everybody reads it, the neighbours who sign it too, and which other idea it goes on in."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot

PHONE, DESK, PAPER = "phone", "desk", "paper"  # how an idea came in


class Idea(Model):
    """What a neighbour would like here. How it stands say its steps (core/steps)."""

    __tablename__ = "idea"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    spot_id: Mapped[int | None] = mapped_column(ForeignKey("spot.id"), index=True)
    sort: Mapped[str] = mapped_column(String(12))  # a name in kind.SORTS
    title: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(8), default=PHONE)
    visible_at: Mapped[Moment]  # from when its fourteen days run
    spot: Mapped[Spot | None] = relationship()


class CoSign(Model):
    """That a neighbour wants it too. What is taken back leaves no row; a hidden idea keeps its own."""

    __tablename__ = "idea_cosign"
    __table_args__ = (UniqueConstraint("idea", "who"),)

    id: Mapped[Id]
    idea: Mapped[Key]  # its key
    who: Mapped[PlayerKey] = mapped_column(index=True)
    shows_name: Mapped[bool]
    at: Mapped[Moment]


class Merged(Model):
    """That an idea goes on in another one, as its last step says: its co-signs count there."""

    __tablename__ = "idea_merged"

    id: Mapped[Id]
    idea: Mapped[Key] = mapped_column(unique=True)  # its key
    into: Mapped[Key] = mapped_column(index=True)  # that of the other

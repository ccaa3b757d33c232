"""A gathering as everybody reads it, where it was moved to, who was there, and what was said."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot


class Gathering(Model):
    """Neighbours come together at a spot. That it was moved or cancelled say its steps (core/steps)."""

    __tablename__ = "gathering"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8))
    begins_at: Mapped[Moment]
    ends_at: Mapped[Moment] = mapped_column(index=True)
    shown_at: Mapped[Moment]
    spot: Mapped[Spot] = relationship()


class Move(Model):
    """Where and when a gathering is from a step on; the last one counts."""

    __tablename__ = "gathering_move"

    id: Mapped[Id]
    gathering: Mapped[Key] = mapped_column(index=True)
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"))
    begins_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    at: Mapped[Moment]


class Attendance(Model):
    """That somebody was there. What is taken back leaves no row, and nobody is asked who was not there."""

    __tablename__ = "gathering_attendance"
    __table_args__ = (UniqueConstraint("gathering", "who"),)

    id: Mapped[Id]
    gathering: Mapped[Key]
    who: Mapped[PlayerKey] = mapped_column(index=True)
    shows_name: Mapped[bool]
    at: Mapped[Moment]


class Others(Model):
    """How many were there without an account: a number, and no people."""

    __tablename__ = "gathering_others"

    gathering: Mapped[Key] = mapped_column(primary_key=True)
    many: Mapped[int]


class Report(Model):
    """What was said at a gathering, as everybody reads it. Whose words they are stands in `contribution` alone."""

    __tablename__ = "gathering_report"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    gathering: Mapped[Key] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    at: Mapped[Moment]

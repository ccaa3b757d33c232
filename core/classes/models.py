"""A class of one day, its crews, what they handed in and what was said to them. No pupil stands in any of it."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

KEPT = timedelta(days=30)  # after its day (docs/rules.md §7)
MOST_CREWS = 30


class Part(StrEnum):
    """What a crew does: out in the street, or inside with what the others send."""

    STREET = "street"
    NEWS = "news"


class SchoolClass(Model):
    """One class on one day, by one teacher. `activity` and `kind` say what it does (activities.py)."""

    __tablename__ = "school_class"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    teacher: Mapped[PlayerKey] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    activity: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(6), unique=True)
    day: Mapped[date] = mapped_column(index=True)
    opened_at: Mapped[Moment]
    paused_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    crews: Mapped[list["Crew"]] = relationship(order_by="Crew.number", viewonly=True)

    @property
    def gone_on(self) -> date:
        """The day on which all of it goes."""
        return self.day + KEPT

    @property
    def is_over(self) -> bool:
        """Whether its teacher ended it, or its day is past."""
        return self.ended_at is not None or clock.today() > self.day

    @property
    def is_to_come(self) -> bool:
        """Whether its day is still to come."""
        return clock.today() < self.day

    @property
    def is_open(self) -> bool:
        """Whether crews join and work now."""
        return not self.is_over and not self.is_to_come


class Crew(Model):
    """Three to five pupils on one device, or on paper. Of its secret only a hash lies here (tokens.py)."""

    __tablename__ = "school_crew"
    __table_args__ = (UniqueConstraint("class_id", "animal"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    number: Mapped[int]
    animal: Mapped[str] = mapped_column(String(20))  # in animals.py
    part: Mapped[Part] = mapped_column(String(10))
    turn: Mapped[int] = mapped_column(default=1)  # how often it got a secret: the one before opens nothing
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    on_paper: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[Moment | None]
    stop: Mapped[int] = mapped_column(default=1)  # at which they are, as they say
    heard: Mapped[int] = mapped_column(default=0)  # the id of the last message that they saw
    help_at: Mapped[Moment | None]
    seen_at: Mapped[Moment | None]  # when their device last reached us
    school_class: Mapped[SchoolClass] = relationship()


class Work(Model):
    """What a crew handed in for one task. Handed in again, it is a row of its own: the last counts, none is lost."""

    __tablename__ = "school_work"
    __table_args__ = (UniqueConstraint("crew_id", "twin"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    crew_id: Mapped[int] = mapped_column(ForeignKey("school_crew.id"))
    task: Mapped[str] = mapped_column(String(80))
    twin: Mapped[str] = mapped_column(String(40))  # the key that the device gave it: sent twice it is one
    said: Mapped[dict[str, Any]] = mapped_column(JSON)  # as its activity read it
    media: Mapped[str | None] = mapped_column(String(26))  # the key of its picture
    width: Mapped[int | None]  # of that picture, in pixels
    height: Mapped[int | None]
    at: Mapped[Moment]
    is_late: Mapped[bool] = mapped_column(default=False)  # it came after the end
    on_paper: Mapped[bool] = mapped_column(default=False)  # the teacher typed it from a sheet
    shown_at: Mapped[Moment | None]  # when the teacher let it into the gallery
    crew: Mapped[Crew] = relationship()


class Word(Model):
    """One of the fixed messages (words.py), to one crew or to all."""

    __tablename__ = "school_word"

    id: Mapped[Id]
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("school_crew.id"))
    says: Mapped[str] = mapped_column(String(10))
    at: Mapped[Moment]


class ClassGone(Model):
    """That a class went, so that no back-up of before brings it back: a random key that says nothing."""

    __tablename__ = "school_class_gone"

    key: Mapped[Key] = mapped_column(primary_key=True)
    at: Mapped[Moment] = mapped_column(index=True)

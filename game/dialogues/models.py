"""A professional, the hour they are there, and what was asked of them. What people say there: models_talk.py."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot


class Professional(Model):
    """A player who works here for an organisation. Their name stands there only with their own yes."""

    __tablename__ = "professional"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    who: Mapped[PlayerKey] = mapped_column(index=True)
    organisation: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(60))
    shows_name: Mapped[bool] = mapped_column(default=False)
    appointed_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class State(StrEnum):
    """How an hour stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Hour(Model):
    """A professional is somewhere, from then until then on one day, for whoever comes by."""

    __tablename__ = "dialogue_hour"
    __table_args__ = (Index(None, "neighbourhood_id", "ends"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    professional_id: Mapped[int] = mapped_column(ForeignKey("professional.id"), index=True)
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    theme: Mapped[str] = mapped_column(String(20))  # a name in cards.THEMES
    begins: Mapped[Moment]
    ends: Mapped[Moment]
    state: Mapped[State] = mapped_column(String(10), default=State.PLANNED)
    professional: Mapped[Professional] = relationship(lazy="joined")
    spot: Mapped[Spot] = relationship(lazy="joined")

    @property
    def last_moment(self) -> datetime:
        """Until when cards are answered on a phone: the end of its day, so that nobody has to hurry."""
        return clock.last_moment_of(clock.day_of(self.ends))

    @property
    def takes_cards(self) -> bool:
        """Whether somebody can draw a card there now."""
        return self.state == State.OPEN and clock.now() <= self.last_moment

    @property
    def takes_questions(self) -> bool:
        """Whether it was opened: from then on something can be asked, also later."""
        return self.state in (State.OPEN, State.CLOSED)

    @property
    def is_over(self) -> bool:
        """Whether nobody sits there any more."""
        return self.state in (State.CLOSED, State.CANCELLED) or clock.now() > self.last_moment


class Question(Model):
    """What somebody asked, as everybody reads it. How it stands say its steps (core/steps)."""

    __tablename__ = "question"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    hour_id: Mapped[int] = mapped_column(ForeignKey("dialogue_hour.id"), index=True)
    professional_id: Mapped[int] = mapped_column(ForeignKey("professional.id"), index=True)  # who answers it now
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    is_shown: Mapped[bool]  # else an editor hid it: who answers it and by when stays for when it comes back
    visible_at: Mapped[Moment]
    reply_by: Mapped[date] = mapped_column(Date)
    professional: Mapped[Professional] = relationship(lazy="joined")
    hour: Mapped[Hour] = relationship()

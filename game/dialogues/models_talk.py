"""A talk about one card, who sits there with what they answered, and what they learned under which all of them sign."""

import json
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Id, Key, Model, Moment, PlayerKey
from core.places.models import Spot
from game.dialogues.models import Hour

RESIDENT, PROFESSIONAL = "resident", "professional"  # at a card of an hour
OPENER, GUEST = "opener", "guest"  # at a theme table
TWO, FEWEST, MOST = 2, 3, 8  # at a talk of an hour; at least and at most at a theme table


class Talk(Model):
    """One card between people: the two of an hour, or those at a theme table, which belongs to no hour."""

    __tablename__ = "dialogue_talk"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    hour_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_hour.id"), index=True)
    spot_id: Mapped[int] = mapped_column(ForeignKey("spot.id"), index=True)
    card: Mapped[str] = mapped_column(String(20))  # a name in cards.json
    begun_at: Mapped[Moment]
    fewest: Mapped[int]  # people who must have signed what everybody reads
    hour: Mapped[Hour | None] = relationship()
    spot: Mapped[Spot] = relationship(lazy="joined")
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="talk", cascade="all, delete-orphan", order_by="Seat.id", lazy="selectin"
    )
    insight: Mapped["Insight | None"] = relationship(back_populates="talk", cascade="all, delete-orphan")

    @property
    def is_table(self) -> bool:
        """Whether it is a theme table."""
        return self.hour_id is None

    def seat_of(self, who: str) -> "Seat | None":
        """Where somebody sits."""
        return next((seat for seat in self.seats if seat.who == who), None)

    def seat_as(self, as_what: str) -> "Seat | None":
        """The first who sits there as that."""
        return next((seat for seat in self.seats if seat.as_what == as_what), None)

    @property
    def both_answered(self) -> bool:
        """Whether each of the two reads what the other said: both gave an answer, and nobody took it back."""
        return len(self.seats) == TWO and all(seat.words for seat in self.seats)


class Seat(Model):
    """Somebody who takes part in a talk, and what they answered; words that were taken back are no more."""

    __tablename__ = "dialogue_seat"
    __table_args__ = (UniqueConstraint("talk_id", "who"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    talk_id: Mapped[int] = mapped_column(ForeignKey("dialogue_talk.id"))
    who: Mapped[PlayerKey] = mapped_column(index=True)  # a player, or somebody without an account (a receipt)
    as_what: Mapped[str] = mapped_column(String(12))
    shows_name: Mapped[bool] = mapped_column(default=False)
    how: Mapped[str] = mapped_column(String(8), default="screen")  # or "paper"
    words: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    answered_at: Mapped[Moment | None]
    taken_back_at: Mapped[Moment | None]
    talk: Mapped[Talk] = relationship(back_populates="seats")


class Stands(StrEnum):
    """What an editor said of an insight that was reported."""

    FREE = "free"
    HIDDEN = "hidden"
    AWAY = "away"


class Insight(Model):
    """What they learned, in the words of one of them. Other words are another version, which nobody signed."""

    __tablename__ = "dialogue_insight"
    __table_args__ = (Index(None, "neighbourhood_id", "written_at"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    talk_id: Mapped[int] = mapped_column(ForeignKey("dialogue_talk.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))  # of the words in their language: what a signature is about
    by: Mapped[PlayerKey]  # who wrote these words
    written_at: Mapped[Moment]
    stands: Mapped[Stands] = mapped_column(String(8), default=Stands.FREE)
    talk: Mapped[Talk] = relationship(back_populates="insight")
    signatures: Mapped[list["Signature"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    def is_signed_by(self, seat: Seat) -> bool:
        """Whether somebody said yes to exactly these words."""
        return any(one.seat_id == seat.id and one.hash == self.hash for one in self.signatures)

    @property
    def is_signed(self) -> bool:
        """Whether all who sit there did, and enough do."""
        seats = self.talk.seats
        return len(seats) >= self.talk.fewest and all(self.is_signed_by(seat) for seat in seats)


class Signature(Model):
    """That somebody says yes to exactly this version."""

    __tablename__ = "dialogue_signature"

    insight_id: Mapped[int] = mapped_column(ForeignKey("dialogue_insight.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("dialogue_seat.id"), primary_key=True, index=True)
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[Moment]


class Gone(Model):
    """That an answer or an insight of this key was taken back: a restored back-up gives it back to nobody."""

    __tablename__ = "dialogue_gone"

    id: Mapped[Id]
    key: Mapped[Key]
    at: Mapped[Moment] = mapped_column(index=True)


def hash_of(words: str, language: str) -> str:
    """SHA-256 of what an insight says, in one spelling."""
    text = json.dumps([language, words], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

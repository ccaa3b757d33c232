"""A promise as everybody reads it, the days it was changed to, and who has to do with it."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment, PlayerKey


class Promise(Model):
    """Who does what, by when. How it stands say its steps (core/steps); whose it is stands in `contribution`."""

    __tablename__ = "promise"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)  # of what was handed in
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    gathering: Mapped[str] = mapped_column(String(26), default="", index=True)  # the key of where it was made
    what: Mapped[str] = mapped_column(String(120))
    to_whom: Mapped[str] = mapped_column(String(60))  # all who live here, or a group of them
    organisation: Mapped[str] = mapped_column(String(60), default="")  # which promises it, whoever works there
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8))
    due_on: Mapped[date] = mapped_column(Date)
    shown_at: Mapped[Moment]


class NewDay(Model):
    """By when it is from a step on; the last one counts."""

    __tablename__ = "promise_day"

    id: Mapped[Id]
    promise: Mapped[Key] = mapped_column(index=True)
    due_on: Mapped[date] = mapped_column(Date)
    before: Mapped[date] = mapped_column(Date)
    at: Mapped[Moment]


class Receiver(Model):
    """The player to whom it was promised, and whether their name may stand there: theirs to say."""

    __tablename__ = "promise_receiver"

    promise: Mapped[Key] = mapped_column(primary_key=True)
    who: Mapped[PlayerKey] = mapped_column(index=True)
    shows_name: Mapped[bool]


class Successor(Model):
    """Who keeps the promise of an organisation from now on, named by a coordinator."""

    __tablename__ = "promise_successor"

    promise: Mapped[Key] = mapped_column(primary_key=True)
    who: Mapped[PlayerKey] = mapped_column(index=True)
    at: Mapped[Moment]


class Against(Model):
    """That somebody would rather not have it so. They say it themselves; taken back it leaves no row."""

    __tablename__ = "promise_against"
    __table_args__ = (UniqueConstraint("promise", "who"),)

    id: Mapped[Id]
    promise: Mapped[Key]
    who: Mapped[PlayerKey] = mapped_column(index=True)
    shows_name: Mapped[bool]
    at: Mapped[Moment]

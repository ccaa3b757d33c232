"""Pauses: for some days somebody starts no meeting and says no yes; points and album stay (docs/rules.md §3)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, delete, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey, db
from core.people.models import Person


class Suspension(Model):
    """A pause of a player: it runs until its moment, or until an editor ends it before."""

    __tablename__ = "suspension"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    player: Mapped[PlayerKey] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(20))
    since: Mapped[Moment]
    until: Mapped[Moment]
    by: Mapped[PlayerKey]  # the editor
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[PlayerKey | None]

    @property
    def is_running(self) -> bool:
        """Whether it counts now."""
        return self.ended_at is None and clock.now() < self.until


def running(now: Any = None) -> ColumnElement[bool]:
    """For inside a question: it counts at a moment (a value or a parameter), without one now."""
    return and_(Suspension.ended_at.is_(None), Suspension.until > (clock.now() if now is None else now))


def any_of(*players: Any, but: Any = "", now: Any = None) -> ColumnElement[bool]:
    """Whether one of these player keys (columns or values), `but` for one, has a pause: for inside a question."""
    return exists().where(Suspension.player.in_(players), Suspension.player != but, running(now))


def is_on(player: str) -> bool:
    """Whether somebody has a pause now."""
    return bool(db.session.scalar(select(any_of(player))))


def of(player: str) -> Suspension | None:
    """The pause that somebody has now."""
    mine = select(Suspension).where(Suspension.player == player, running())
    return db.session.scalar(mine.order_by(Suspension.until.desc()).limit(1))


def ever(person: Person) -> Sequence[Suspension]:
    """All pauses that somebody had, the first one first."""
    mine = select(Suspension).where(Suspension.player == person.player_key)
    return db.session.scalars(mine.order_by(Suspension.id)).all()


def end(suspension: Suspension, editor: str) -> None:
    """It is over from now on; one that is over stays as it was."""
    if suspension.is_running:
        suspension.ended_at, suspension.ended_by = clock.now(), editor
        db.session.flush()


def forget(person: Person) -> None:
    """Take away every pause that somebody had: they are being erased."""
    db.session.execute(delete(Suspension).where(Suspension.player == person.player_key))

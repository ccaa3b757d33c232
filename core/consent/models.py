"""A yes to one use of one thing, where a thing came to be seen, and which copies of it must still go."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

STANDS = text("ended_at IS NULL")
NOT_DONE = text("done_at IS NULL")


class How(StrEnum):
    """How somebody said yes."""

    SCREEN = "screen"
    RECEIPT = "receipt"
    PAPER = "paper"
    SPOKEN = "spoken"


class Consent(Model):
    """Somebody's yes to one use of one thing: rows are added, and ended once. One of a sort stands at a time."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_standing", "kind", "thing", "who", "use", unique=True, sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_consent_standing", "kind", "thing", "use", "until", sqlite_where=STANDS, postgresql_where=STANDS),
        Index(None, "kind", "thing"),
        Index(None, "who"),
        Index(None, "until"),
    )  # fmt: skip

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))  # what it is a yes to: its name in things.py
    thing: Mapped[int]  # the id of the row in the table of its owner
    who: Mapped[PlayerKey]  # a player key, or the key of somebody without an account
    use: Mapped[str] = mapped_column(String(20))
    version: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of exactly what was agreed to
    how: Mapped[How] = mapped_column(String(10))
    given_at: Mapped[Moment]
    until: Mapped[Moment | None]  # it lapses then
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[PlayerKey | None]  # who ended it; None where it lapsed, or went with what it was a yes to

    @property
    def stands(self) -> bool:
        """Whether it counts now."""
        return self.ended_at is None and (self.until is None or self.until > clock.now())


class Showing(Model):
    """That a thing could be seen in one of its uses, since when and until when: what packs and screens must drop."""

    __tablename__ = "consent_showing"
    __table_args__ = (Index(None, "kind", "thing"), Index(None, "neighbourhood_id", "until"))

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    thing: Mapped[int]
    key: Mapped[Key]  # the public one that it had then
    use: Mapped[str] = mapped_column(String(20))
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    since: Mapped[Moment]
    until: Mapped[Moment | None]


class Due(Model):
    """That one surface must drop what it copied of a thing. It is tried until it is done, and then stays to tell so."""

    __tablename__ = "consent_due"
    __table_args__ = (Index(None, "due_at", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),)

    id: Mapped[Id]
    surface: Mapped[str] = mapped_column(String(40))  # its name in surfaces.py
    kind: Mapped[str] = mapped_column(String(20))
    thing: Mapped[int]
    key: Mapped[Key]
    use: Mapped[str] = mapped_column(String(20))
    withdrawn_at: Mapped[Moment]
    due_at: Mapped[Moment]  # of the next try
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[Moment | None]

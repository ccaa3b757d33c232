"""The ledger (rows are added, never changed), its running totals, and the pairs that met."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, UniqueConstraint, and_, false, or_
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Key, Model, Moment, PlayerKey

MEETING = "meeting"  # the reason of what a meeting gives at once


class Purse(StrEnum):
    """Where somebody's share went. The words are what the ledger stores."""

    OWN = "own"
    BUURT = "buurt"  # above what one can have in a week (sentence 6), or still waiting at the season's end


class LedgerEntry(Model):
    """A share of one player from one meeting, where it went, and why. A correction is an opposite row."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("meeting", "player", "reason", "purse"),
        Index("ix_ledger_entry_season_id_player", "season_id", "player"),
    )

    id: Mapped[Id]
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    player: Mapped[PlayerKey]
    meeting: Mapped[str] = mapped_column(String(26))
    reason: Mapped[str] = mapped_column(String(20))
    purse: Mapped[Purse] = mapped_column(String(10))
    points: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(JSON)  # [[rule name, points], …]
    week: Mapped[date]  # the Monday of the week it counts for
    at: Mapped[Moment]


class Held(Model):
    """A player's share of a meeting with somebody who was not yet known, and what waits of it until they are."""

    __tablename__ = "held_share"
    __table_args__ = (
        UniqueConstraint("meeting", "player"),
        Index("ix_held_share_season_id_player_week", "season_id", "player", "week"),
    )

    id: Mapped[Id]
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    meeting: Mapped[str] = mapped_column(String(26))
    player: Mapped[PlayerKey]
    about: Mapped[PlayerKey] = mapped_column(index=True)
    week: Mapped[date]  # the Monday of the week in which they met
    points: Mapped[int]
    settled_at: Mapped[Moment | None]  # None: it waits


class Known(Model):
    """Since when somebody is known, and by what: the row is the event, and nobody ceases to be."""

    __tablename__ = "known"

    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    how: Mapped[str] = mapped_column(String(10))  # a name of newcomers.WAYS
    at: Mapped[Moment]


class Vouch(Model):
    """That a meeting with somebody known counts for a newcomer: three in a season make them known.

    It says who met whom, so it goes when the season closes; who is known stays so.
    """

    __tablename__ = "vouch"
    __table_args__ = (Index("ix_vouch_voucher_week", "voucher", "week"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    newcomer: Mapped[PlayerKey] = mapped_column(primary_key=True)
    voucher: Mapped[PlayerKey] = mapped_column(primary_key=True)
    week: Mapped[date]


class What(StrEnum):
    """What a correction did. The words are what the database stores."""

    TAKEN = "taken"
    GIVEN = "given"  # back


class Correction(Model):
    """That what a meeting gave was taken away, or given back: a row each time, and the last one says how it stands."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("meeting", "number"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    meeting: Mapped[str] = mapped_column(String(26))
    number: Mapped[int]  # which one of this meeting it is, from 1 on
    what: Mapped[What] = mapped_column(String(5))
    reason: Mapped[str] = mapped_column(String(20))  # of corrections.REASONS
    by: Mapped[PlayerKey]
    at: Mapped[Moment]


class Question(Model):
    """That somebody asks whether what a meeting gave them is right, and what a coordinator said: once a meeting."""

    __tablename__ = "points_question"
    __table_args__ = (UniqueConstraint("meeting", "player"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    letters: Mapped[str] = mapped_column(String(6))  # by which the two can talk of it
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), index=True)
    meeting: Mapped[str] = mapped_column(String(26))
    player: Mapped[PlayerKey] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(20))  # of questions.REASONS
    at: Mapped[Moment]
    answered_at: Mapped[Moment | None]  # that it stays as it is, or was corrected


class Sort(StrEnum):
    """Which board of a season it is. The words are what the database stores."""

    STILL = "still"  # as it was 48 hours before the end
    FINAL = "final"


class Board(Model):
    """What everybody reads of a season, drawn up once and then read as it is: published numbers, and names of zones."""

    __tablename__ = "season_board"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    sort: Mapped[Sort] = mapped_column(String(5), primary_key=True)
    at: Mapped[Moment]
    says: Mapped[dict[str, Any]] = mapped_column(JSON)  # game/scoring/still.py


class Total(Model):
    """A player's own points of a week in a season: always the sum of their ledger entries."""

    __tablename__ = "total"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    points: Mapped[int]
    given: Mapped[int]  # what meetings gave in that week, also above what one can have


class Pair(Model):
    """Two players who met this season: since when, from which zones, and whether they met again."""

    __tablename__ = "pair"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    low: Mapped[PlayerKey] = mapped_column(primary_key=True)
    high: Mapped[PlayerKey] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    returned_on: Mapped[date | None]
    low_zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    high_zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    is_first_taken: Mapped[bool] = mapped_column(default=False, server_default=false())  # what their first meeting gave
    is_return_taken: Mapped[bool] = mapped_column(default=False, server_default=false())

    @classmethod
    def stands(cls) -> ColumnElement[bool]:
        """Whether they met for points that nobody took away, for inside a question."""
        return or_(~cls.is_first_taken, cls.has_returned())

    @classmethod
    def has_returned(cls) -> ColumnElement[bool]:
        """The same of meeting again."""
        return and_(cls.returned_on.is_not(None), ~cls.is_return_taken)

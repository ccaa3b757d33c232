"""The ledger (rows are added, never changed), its running totals, and the pairs that met."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Model, Moment, PlayerKey


class LedgerEntry(Model):
    """Points for one player from one meeting, with the lines that say why. A correction is an opposite row."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("meeting", "player", "reason"),
        Index("ix_ledger_entry_season_id_player", "season_id", "player"),
    )

    id: Mapped[Id]
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    player: Mapped[PlayerKey]
    meeting: Mapped[str] = mapped_column(String(26))
    reason: Mapped[str] = mapped_column(String(20))
    points: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(JSON)  # [[rule name, points], …]
    week: Mapped[date]  # the Monday of the week it counts for
    at: Mapped[Moment]


class Total(Model):
    """A player's points in a season: always the sum of their ledger entries."""

    __tablename__ = "total"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    points: Mapped[int]


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

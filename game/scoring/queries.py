"""Points of a person, and the neighbourhood's thermometer."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select

from core.database import db
from game.scoring.models import LedgerEntry, Pair, Total

STEP = 5  # published totals move in steps of five (docs/rules.md §4)


def published(count: int) -> int:
    """A total as the public sees it."""
    return count - count % STEP


def points(season_id: int, player: str) -> int:
    """A player's points this season."""
    return db.session.scalar(select(Total.points).where(Total.season_id == season_id, Total.player == player)) or 0


def has_entries(season_id: int) -> bool:
    """Whether anything was counted in a season."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.season_id == season_id).limit(1)) is not None


def entries(meeting: str, player: str) -> Sequence[LedgerEntry]:
    """What one meeting gave one player, with its lines."""
    return db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.meeting == meeting, LedgerEntry.player == player).order_by(LedgerEntry.id)
    ).all()


def pairs(season_id: int, before: date | None = None) -> int:
    """How many new pairs this season, or those that met before a day."""
    counted = select(func.count()).select_from(Pair).where(Pair.season_id == season_id)
    return db.session.scalar(counted.where(Pair.first_on < before) if before else counted) or 0


def returned_pairs(season_id: int) -> int:
    """How many pairs met again."""
    counted = select(func.count()).select_from(Pair).where(Pair.season_id == season_id, Pair.returned_on.is_not(None))
    return db.session.scalar(counted) or 0


def zone_pairs(season_id: int) -> dict[tuple[int, int], int]:
    """How many new pairs between each two zones: (lower id, higher id) → pairs."""
    in_order = Pair.low_zone_id < Pair.high_zone_id
    one = case((in_order, Pair.low_zone_id), else_=Pair.high_zone_id).label("one")
    other = case((in_order, Pair.high_zone_id), else_=Pair.low_zone_id).label("other")
    rows = db.session.execute(
        select(one, other, func.count())
        .where(Pair.season_id == season_id, Pair.low_zone_id.is_not(None), Pair.high_zone_id.is_not(None))
        .where(Pair.low_zone_id != Pair.high_zone_id)
        .group_by("one", "other")
    )
    return {(low, high): count for low, high, count in rows}

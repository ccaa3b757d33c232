"""What the ledger keeps about a person: points and pairs under the player key, which mean nobody once it is erased."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from core.database import db
from core.personal_data import SORTS, PersonalData
from game.scoring.models import LedgerEntry, Pair

POINTS = PersonalData(
    "points", frozenset({"ledger_entry", "total", "pair"}), lambda player: _points(player), lambda _player: None,
    label=_l("Your points"), about=_l("How many, when and why. After erasing they stay without a name."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    SORTS.add(app, POINTS.name, POINTS)


def _points(player: str) -> list[dict[str, Any]]:
    mine = select(LedgerEntry).where(LedgerEntry.player == player).order_by(LedgerEntry.id)
    met = (
        select(Pair.season_id, func.count())
        .where(or_(Pair.low == player, Pair.high == player))
        .group_by(Pair.season_id)
    )
    entries = [
        {"points": entry.points, "lines": entry.lines, "at": entry.at, "meeting": entry.meeting}
        for entry in db.session.scalars(mine)
    ]
    return entries + [{"season": season, "people met": count} for season, count in db.session.execute(met)]

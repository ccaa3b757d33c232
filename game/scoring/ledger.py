"""Writing down what somebody gets: rows of the ledger, and the running totals beside them (docs/rules.md §4).

How much of a share is one's own is decided in the statement that counts it, so two at one moment never have too much.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import case, insert, literal_column

from core import clock
from core.database import db, dialect, insert_into
from game.scoring.models import LedgerEntry, Purse, Total


@dataclass(frozen=True)
class Gift:
    """Points for a player: from which meeting, why, and when. `lines`: what its rules gave."""

    season_id: int
    player: str
    points: int
    meeting: str
    reason: str
    at: datetime
    lines: list[tuple[str, int]] = field(default_factory=list)

    @property
    def week(self) -> date:
        """The Monday of the week that it counts for."""
        return clock.week_of(clock.day_of(self.at))


def give(gifts: Sequence[Gift], a_week: int | None) -> None:
    """Give points of one season and week, in this order; what is above `a_week` of somebody's own goes to the buurt.

    Each meeting gives each player once for a reason. In the caller's transaction.
    """
    if gifts:
        had = _count_in(gifts, a_week)
        rows = []
        for gift in gifts:
            before, had[gift.player] = had[gift.player], had[gift.player] + gift.points
            own = _own(had[gift.player], a_week) - _own(before, a_week)
            rows.append(row(gift, Purse.OWN, own))
            if own < gift.points:
                rows.append(row(gift, Purse.BUURT, gift.points - own))
        write(rows)


def row(gift: Gift, purse: Purse, points: int) -> dict[str, Any]:
    """A row of the ledger: so much of a gift went there."""
    return {
        "season_id": gift.season_id, "player": gift.player, "meeting": gift.meeting, "reason": gift.reason,
        "purse": purse, "points": points, "lines": [list(line) for line in gift.lines], "week": gift.week,
        "at": gift.at,
    }  # fmt: skip


def row_of(entry: LedgerEntry) -> dict[str, Any]:
    """A row of the ledger as it stands, for writing its opposite."""
    return {column.key: getattr(entry, column.key) for column in COLUMNS}


def write(rows: Sequence[dict[str, Any]]) -> None:
    """Add rows to the ledger."""
    db.session.connection().execute(WRITE, rows)


def _count_in(gifts: Sequence[Gift], a_week: int | None) -> Counter[str]:
    """Add to the totals; what each player was given in that week before. In one order, whoever asks."""
    sums: Counter[str] = Counter()
    for gift in gifts:
        sums[gift.player] += gift.points
    of = {"season_id": gifts[0].season_id, "week": gifts[0].week}
    counted = [
        {**of, "player": player, "given": given, "points": _own(given, a_week)}
        for player, given in sorted(sums.items())
    ]
    now = db.session.connection().execute(_count(dialect(), a_week), counted).all()
    return Counter({player: given - sums[player] for player, given in now})


def _own(given: int, a_week: int | None) -> int:
    return given if a_week is None else min(given, a_week)


COLUMNS = [column for column in LedgerEntry.__mapper__.column_attrs if column.key != "id"]
WRITE = insert(LedgerEntry)  # built once, as what follows: building a statement costs more than running it


@cache
def _count(dialect: str, a_week: int | None) -> Any:
    add = insert_into(Total, dialect)
    more = add.excluded.given
    own = more if a_week is None else _what_fits(more, a_week)
    sums = {"given": Total.given + more, "points": Total.points + own}
    counted = add.on_conflict_do_update(index_elements=["season_id", "player", "week"], set_=sums)
    return counted.returning(Total.player, Total.given)


def _what_fits(more: Any, a_week: int) -> Any:
    most: Any = literal_column(str(a_week))
    return case((Total.given >= most, 0), (Total.given + more > most, most - Total.given), else_=more)

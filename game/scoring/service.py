"""Rewarding a meeting. Two phones may do it at the same moment: what is unique in the database decides, not a look."""

from functools import cache
from typing import Any

from sqlalchemy import select

from core.database import db, dialect, insert_into
from game.scoring import rules
from game.scoring.meeting import Judged, Meeting
from game.scoring.models import LedgerEntry, Pair, Total

MEETING = "meeting"


def award(meeting: Meeting, ruleset: str) -> None:
    """Give both players the price of their meeting, once however often it is asked (docs/rules.md §4).

    Ledger rows, the pair and the running totals are written in the caller's transaction.
    """
    lines = rules.lines(ruleset, _judge(meeting))
    price = sum(points for _name, points in lines)
    if price:
        _pay(meeting, price, lines)


def _judge(meeting: Meeting) -> Judged:
    low, high = meeting.pair
    zones = dict(zip(meeting.players, meeting.zones, strict=True))
    met = {
        "season_id": meeting.season_id, "low": low, "high": high, "first_on": meeting.day,
        "low_zone_id": zones[low], "high_zone_id": zones[high],
    }  # fmt: skip
    if db.session.connection().execute(_new_pair(dialect()), met).first():
        return Judged(meeting, first_on=meeting.day, is_first=True, has_returned=False)
    mine = (Pair.season_id == meeting.season_id, Pair.low == low, Pair.high == high)
    wanted = select(Pair).where(*mine).with_for_update().execution_options(populate_existing=True)
    pair = db.session.scalars(wanted).one()
    judged = Judged(meeting, first_on=pair.first_on, is_first=False, has_returned=pair.returned_on is not None)
    if judged.is_return:
        pair.returned_on = meeting.day
        db.session.flush()
    return judged


def _pay(meeting: Meeting, price: int, lines: list[tuple[str, int]]) -> None:
    row = {
        "season_id": meeting.season_id, "meeting": meeting.key, "reason": MEETING, "points": price,
        "lines": [list(line) for line in lines], "week": meeting.week, "at": meeting.moment,
    }  # fmt: skip
    connection, rows = db.session.connection(), [{**row, "player": player} for player in meeting.pair]
    paid = connection.scalars(_new_entries(dialect()), rows).all()
    if paid:
        totals = [{"season_id": meeting.season_id, "player": player, "points": price} for player in sorted(paid)]
        connection.execute(_more_points(dialect()), totals)


# The statements of every meeting, built once a dialect: building one costs more than running it.


@cache
def _new_pair(dialect: str) -> Any:
    return insert_into(Pair, dialect).on_conflict_do_nothing().returning(Pair.first_on)


@cache
def _new_entries(dialect: str) -> Any:
    entries = insert_into(LedgerEntry, dialect).on_conflict_do_nothing(index_elements=["meeting", "player", "reason"])
    return entries.returning(LedgerEntry.player)


@cache
def _more_points(dialect: str) -> Any:
    add = insert_into(Total, dialect)
    points = {"points": Total.points + add.excluded.points}
    return add.on_conflict_do_update(index_elements=["season_id", "player"], set_=points)

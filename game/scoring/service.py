"""Rewarding a meeting. Two phones may do it at the same moment: what is unique in the database decides, not a look."""

from functools import cache
from typing import Any

from sqlalchemy import select

from core.database import db, dialect, insert_into
from game.scoring import ledger, newcomers
from game.scoring.ledger import Gift
from game.scoring.meeting import Judged, Meeting
from game.scoring.models import MEETING, Pair
from game.scoring.rules import RULESETS


def award(meeting: Meeting, ruleset: str, both_known: bool = False) -> None:
    """Give both players the price of their meeting, once however often it is asked (docs/rules.md §4).

    Ledger rows, the pair and the running totals are written in the caller's transaction, which locked the two
    (`newcomers.lock`). `both_known`: the caller saw that already.
    """
    card = RULESETS[ruleset]
    lines = card.lines(_judge(meeting))
    price = sum(points for _name, points in lines)
    strange = set[str]() if both_known or card.at_once is None else newcomers.unknown(meeting.pair)
    shares = dict.fromkeys(meeting.pair, price)
    if price and strange and card.at_once is not None:
        shares = newcomers.pay_at_once(meeting, price, card.at_once, strange)
    if price:
        ledger.give([_gift(meeting, player, points, lines) for player, points in shares.items()], card.a_week)
    if strange:
        newcomers.vouch(meeting, strange)


def _gift(meeting: Meeting, player: str, points: int, lines: list[tuple[str, int]]) -> Gift:
    return Gift(meeting.season_id, player, points, meeting.key, MEETING, meeting.moment, lines)


def _judge(meeting: Meeting) -> Judged:
    """What the pair did before. The same meeting asked again was before itself, so it has no price."""
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


@cache
def _new_pair(dialect: str) -> Any:
    """Built once a dialect: building a statement costs more than running it."""
    return insert_into(Pair, dialect).on_conflict_do_nothing().returning(Pair.first_on)

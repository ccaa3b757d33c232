"""What the ledger keeps about a person: points and pairs under the player key, which mean nobody once it is erased.

Nothing here says who else is known, or by whom: what waits of a meeting waits without a name (docs/rules.md §4).
"""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, or_, select

from core.database import db
from core.personal_data import SORTS, PersonalData
from game.scoring.models import Correction, Held, Known, LedgerEntry, Pair, Question

POINTS = PersonalData(
    "points", frozenset({"ledger_entry", "total", "pair", "held_share", "correction"}),
    lambda player: _points(player), lambda _player: None,
    label=_l("Your points"), about=_l("How many, when and why. After erasing they stay without a name."),
)  # fmt: skip
KNOWN = PersonalData(
    "being known", frozenset({"known", "vouch"}), lambda player: _known(player), lambda _player: None,
    label=_l("That people here know you"), about=_l("Since when. After erasing it stays without a name."),
)  # fmt: skip
QUESTIONS = PersonalData(
    "questions about points", frozenset({"points_question"}), lambda player: _questions(player),
    lambda player: _forget_questions(player),
    label=_l("Your questions about points"), about=_l("Which you asked a coordinator, and when."),
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register what is kept."""
    for data in (POINTS, KNOWN, QUESTIONS):
        SORTS.add(app, data.name, data)


def _points(player: str) -> list[dict[str, Any]]:
    mine = select(LedgerEntry).where(LedgerEntry.player == player).order_by(LedgerEntry.id)
    met = (
        select(Pair.season_id, func.count())
        .where(or_(Pair.low == player, Pair.high == player))
        .group_by(Pair.season_id)
    )
    waits = select(Held).where(Held.player == player, Held.settled_at.is_(None)).order_by(Held.id)
    entries = [
        {
            "points": entry.points, "purse": entry.purse, "reason": entry.reason, "lines": entry.lines, "at": entry.at,
            "meeting": entry.meeting,
        }
        for entry in db.session.scalars(mine)
    ]  # fmt: skip
    entries += [
        {"points": held.points, "purse": "waits", "week": held.week.isoformat()} for held in db.session.scalars(waits)
    ]
    entries += _corrections(player)
    return entries + [{"season": season, "people met": count} for season, count in db.session.execute(met)]


def _corrections(player: str) -> list[dict[str, Any]]:
    met = select(LedgerEntry.meeting).where(LedgerEntry.player == player)
    mine = select(Correction).where(Correction.meeting.in_(met)).order_by(Correction.id)
    return [
        {"points": one.what, "why": one.reason, "at": one.at, "meeting": one.meeting}
        for one in db.session.scalars(mine)
    ]


def _known(player: str) -> list[dict[str, Any]]:
    event = db.session.get(Known, player)
    return [{"since": event.at}] if event else []


def _questions(player: str) -> list[dict[str, Any]]:
    mine = select(Question).where(Question.player == player).order_by(Question.id)
    return [
        {"meeting": one.meeting, "why": one.reason, "at": one.at, "answered": one.answered_at}
        for one in db.session.scalars(mine)
    ]


def _forget_questions(player: str) -> None:
    db.session.execute(delete(Question).where(Question.player == player))

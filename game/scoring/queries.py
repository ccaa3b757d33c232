"""Points of a person, and the neighbourhood's thermometer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from core import clock
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.staff.models import RoleLine
from game.scoring.models import MEETING, Board, Correction, Held, Known, LedgerEntry, Pair, Purse, Sort, Total, What
from game.seasons.models import Season

STEP = 5  # published totals move in steps of five (docs/rules.md §4)


def published(count: int) -> int:
    """A total as the public sees it."""
    return count - count % STEP


def points(season_id: int, player: str) -> int:
    """A player's points this season."""
    mine = (Total.season_id == season_id, Total.player == player)
    return db.session.scalar(select(func.sum(Total.points)).where(*mine)) or 0


def unknown_hosts() -> list[tuple[int, str]]:
    """Who has a role in a team and is not known yet: neighbourhood, player key."""
    of_team = select(Person.neighbourhood_id, PlayerKeyLine.key).join(PlayerKeyLine).join(RoleLine)
    found = of_team.where(RoleLine.ended_at.is_(None), Person.leaving_at.is_(None))
    unknown = found.where(~select(Known.player).where(Known.player == PlayerKeyLine.key).exists())
    return [(here, player) for here, player in db.session.execute(unknown.distinct())]


def has_entries(season_id: int) -> bool:
    """Whether anything was counted in a season."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.season_id == season_id).limit(1)) is not None


class Share(NamedTuple):
    """One player's share of a meeting: what its rules gave, and how much of it went where.

    `corrected`: the last time that it was taken away or given back; None where it never was.
    """

    meeting: str
    day: date
    lines: list[tuple[str, int]]
    own: int
    buurt: int
    waits: int
    corrected: Correction | None

    @property
    def price(self) -> int:
        """What the meeting was worth, the same for both."""
        return sum(points for _name, points in self.lines)

    @property
    def is_taken(self) -> bool:
        """Whether nothing of it stands."""
        return self.corrected is not None and self.corrected.what == What.TAKEN


def share(meeting: str, player: str) -> Share | None:
    """What one meeting gave one player; None where it gave nothing."""
    return next(iter(_shares(LedgerEntry.meeting == meeting, LedgerEntry.player == player)), None)


def shares(season_id: int, player: str, most: int) -> list[Share]:
    """What the last meetings of a season gave a player, the latest first."""
    mine = (LedgerEntry.season_id == season_id, LedgerEntry.player == player, LedgerEntry.reason == MEETING)
    latest = select(LedgerEntry.meeting).where(*mine).group_by(LedgerEntry.meeting)
    some = latest.order_by(func.min(LedgerEntry.id).desc()).limit(most)
    return _shares(LedgerEntry.player == player, LedgerEntry.meeting.in_(some))[::-1]


def _shares(*whose: ColumnElement[bool]) -> list[Share]:
    """In the order of the meetings."""
    found: dict[str, list[LedgerEntry]] = defaultdict(list)
    for row in db.session.scalars(select(LedgerEntry).where(*whose).order_by(LedgerEntry.id)):
        found[row.meeting].append(row)
    held = select(Held.meeting, Held.player, Held.points).where(Held.meeting.in_(found), Held.settled_at.is_(None))
    waits = {(meeting, player): points for meeting, player, points in db.session.execute(held)}
    corrected = select(Correction).where(Correction.meeting.in_(found)).order_by(Correction.number)
    last = {one.meeting: one for one in db.session.scalars(corrected)}
    return [
        Share(
            meeting, clock.day_of(rows[0].at), [(name, points) for name, points in rows[0].lines],
            sum(row.points for row in rows if row.purse == Purse.OWN),
            sum(row.points for row in rows if row.purse == Purse.BUURT),
            waits.get((meeting, rows[0].player), 0), last.get(meeting),
        )
        for meeting, rows in found.items()
    ]  # fmt: skip


def waiting(season_id: int, player: str) -> int:
    """How many of a player's points still wait this season."""
    held = select(func.sum(Held.points)).where(Held.season_id == season_id, Held.player == player)
    return db.session.scalar(held.where(Held.settled_at.is_(None))) or 0


def without_board(last: date) -> Sequence[int]:
    """Seasons that end by a day and of which the board was not drawn up for the last time."""
    final = select(Board.at).where(Board.season_id == Season.id, Board.sort == Sort.FINAL)
    ending = select(Season.id).where(Season.ends_on <= last, ~final.exists())
    return db.session.scalars(ending.order_by(Season.id)).all()


def still_wait(season_id: int) -> bool:
    """Whether points of anybody still wait in a season."""
    held = select(Held.id).where(Held.season_id == season_id, Held.settled_at.is_(None))
    return db.session.scalar(held.limit(1)) is not None


def given_to_buurt(season_id: int) -> int:
    """What went to the buurt this season, above what one can have in a week."""
    given = select(func.sum(LedgerEntry.points)).where(LedgerEntry.season_id == season_id)
    return db.session.scalar(given.where(LedgerEntry.purse == Purse.BUURT)) or 0


def pairs(season_id: int, before: date | None = None) -> int:
    """How many new pairs this season, or those that met before a day."""
    counted = select(func.count()).select_from(Pair).where(Pair.season_id == season_id, Pair.stands())
    return db.session.scalar(counted.where(Pair.first_on < before) if before else counted) or 0


def returned_pairs(season_id: int) -> int:
    """How many pairs met again."""
    counted = select(func.count()).select_from(Pair).where(Pair.season_id == season_id, Pair.has_returned())
    return db.session.scalar(counted) or 0


def zone_pairs(season_id: int) -> dict[tuple[int, int], int]:
    """How many new pairs between each two zones: (lower id, higher id) → pairs."""
    in_order = Pair.low_zone_id < Pair.high_zone_id
    one = case((in_order, Pair.low_zone_id), else_=Pair.high_zone_id).label("one")
    other = case((in_order, Pair.high_zone_id), else_=Pair.low_zone_id).label("other")
    rows = db.session.execute(
        select(one, other, func.count())
        .where(Pair.season_id == season_id, Pair.low_zone_id.is_not(None), Pair.high_zone_id.is_not(None))
        .where(Pair.low_zone_id != Pair.high_zone_id, Pair.stands())
        .group_by("one", "other")
    )
    return {(low, high): count for low, high, count in rows}

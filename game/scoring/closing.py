"""What a season that closes keeps of its points: of each player a row a purse, and one total (docs/rules.md §4)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from core import clock, codes
from core.database import db, some_at_a_time
from game.scoring import ledger, newcomers, queries
from game.scoring.ledger import Gift
from game.scoring.models import Board, Correction, Held, Known, LedgerEntry, Pair, Purse, Question, Sort, Total, Vouch
from game.seasons import queries as seasons
from game.seasons.models import Season

CLOSED = "closed"


def waits(season: Season) -> bool:
    """Whether it is too early: its board was not drawn up for the last time, or points still wait."""
    return db.session.get(Board, (season.id, Sort.FINAL)) is None or queries.still_wait(season.id)


def leave(season: Season, players: Collection[str]) -> None:
    """Sums take the place of the rows; who met whom, who vouched and when somebody became known go.

    `players`: whoever met somebody. Raises ValueError, and changes nothing, where totals are not the sums.
    """
    before = _sums(season)
    _sum_up(season)
    if _sums(season) != before or any(row[0] != row[2] for row in before.values()):
        raise ValueError(f"the totals of season {season.id} are not the sums of its ledger")
    for table in (Pair, Held, Vouch, Correction, Question):
        db.session.execute(delete(table).where(table.season_id == season.id))
    _is_known_since_its_end(season, players)


def _sum_up(season: Season) -> None:
    """In the order of player keys, which are by chance; with the season's last moment and its first week for all."""
    mine = LedgerEntry.season_id == season.id
    summed = select(LedgerEntry.player, LedgerEntry.purse, func.sum(LedgerEntry.points)).where(mine)
    rows = db.session.execute(summed.group_by(LedgerEntry.player, LedgerEntry.purse)).all()
    at, week = clock.last_moment_of(season.ends_on), clock.week_of(season.starts_on)
    entries = [
        ledger.row(Gift(season.id, player, points, codes.new_key(), CLOSED, at), Purse(purse), points) | {"week": week}
        for player, purse, points in sorted(rows)
    ]
    totals = [
        {"season_id": season.id, "player": player, "week": week, "points": points, "given": given}
        for player, (points, given, _own, _buurt) in sorted(_sums(season).items())
        if points is not None
    ]
    db.session.execute(delete(LedgerEntry).where(mine))
    db.session.execute(delete(Total).where(Total.season_id == season.id))
    if entries:
        ledger.write(entries)
    if totals:
        db.session.execute(insert(Total), totals)


def _sums(season: Season) -> dict[str, list[Any]]:
    """Of each player the total, what meetings gave, and the sum of the rows in each purse."""
    found: dict[str, list[Any]] = {}
    totals = select(Total.player, func.sum(Total.points), func.sum(Total.given)).where(Total.season_id == season.id)
    for player, points, given in db.session.execute(totals.group_by(Total.player)):
        found[player] = [points, given, 0, 0]
    rows = select(LedgerEntry.player, LedgerEntry.purse, func.sum(LedgerEntry.points))
    mine = rows.where(LedgerEntry.season_id == season.id).group_by(LedgerEntry.player, LedgerEntry.purse)
    for player, purse, points in db.session.execute(mine):
        found.setdefault(player, [0, 0, 0, 0])[2 if purse == Purse.OWN else 3] = points
    return found


def _is_known_since_its_end(season: Season, players: Collection[str]) -> None:
    """Whoever became known in it, or since the one before, is so from its end on: the day said whom they met."""
    last = clock.last_moment_of(season.ends_on)
    since = seasons.end_of_the_one_before(season)
    later = Known.at > clock.last_moment_of(since) if since else Known.at.is_not(None)
    for some in some_at_a_time(players):
        known = update(Known).where(Known.player.in_(some), later, Known.at <= last)
        db.session.execute(known.values(how=newcomers.BEFORE, at=last))

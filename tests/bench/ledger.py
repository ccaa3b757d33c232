"""P6: the ranking of a season with ten million rows in its ledger, against the sum of those rows by player."""

import time
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import func, insert, select, text

from core import clock, codes
from core.database import db, writing
from core.people import service as people
from game.ranking import queries, service
from game.ranking.models import Entrant
from game.scoring.meeting import Meeting
from game.scoring.models import LedgerEntry, Purse
from game.scoring.rules import SIX
from game.scoring.service import award
from game.seasons.models import Season
from tests import make
from tests.bench import site
from tests.bench.line import Line, medians, middle

ROWS, PLAYERS, ENTRANTS = 10_000_000, 100_000, 500
AT_ONCE, MEETINGS, ROUNDS, TIMES = 1_000_000, 200, 3, 100
GOAL, FLOOR = 10_000, 1_000
LAY = text("""
    INSERT INTO ledger_entry (season_id, player, meeting, reason, purse, points, lines, week, at)
    WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :first + :many)
    SELECT :season, bench_player.key, printf('%026d', i / 2), 'meeting', 'own', 5 + 5 * (i * 2654435761 / 8192 % 3),
           '[]', date(:monday, printf('-%d days', 7 * (i / :players % 4))), :now
    FROM n JOIN bench_player ON bench_player.n = i * 7919 % :players
""")  # each of the players has a hundred rows, over four weeks
ADD_UP = text(
    "INSERT INTO total SELECT season_id, player, week, SUM(points), SUM(points) FROM ledger_entry GROUP BY 1, 2, 3"
)
DIFFER = text("""
    SELECT count(*) FROM (
        SELECT season_id, player, week, SUM(points) FROM ledger_entry WHERE purse = 'own' GROUP BY 1, 2, 3
        EXCEPT SELECT season_id, player, week, points FROM total
    )
""")


def lines() -> Iterator[Line]:
    """The seconds of the places that everybody reads, and of the sum. Raises when a total is not its rows' sum."""
    with site.scratch() as ours, ours.app.app_context():
        yield measure(ROWS, PLAYERS)


def measure(rows: int, players: int) -> Line:
    """Lay the rows, let some meet through the services, draw the ranking up, and read it both ways in turn."""
    season_id = _lay(rows, players)
    _meet(season_id)
    if db.session.scalar(DIFFER):
        raise RuntimeError("a total is not the sum of its rows")
    started = time.perf_counter()
    with writing():
        service.draw(db.session.get_one(Season, season_id))
    drawing = time.perf_counter() - started
    rounds = [_round(season_id) for _ in range(ROUNDS)]
    ours, reference = middle(rounds)
    return Line(
        f"P6 top of {rows:,}", f"{1000 * ours:.2f} ms", f"{1000 * reference:.0f} ms", reference / ours, GOAL, FLOOR,
        True, [f"each round: {', '.join(f'{sums / top:,.0f}×' for top, sums in rounds)}; "
               f"drawn up once a day in {drawing:.1f} s, of which everybody waits for none"],
    )  # fmt: skip


def _round(season_id: int) -> tuple[float, float]:
    reading = [_timed(lambda: queries.top(season_id)) for _time in range(TIMES)]
    best = select(LedgerEntry.player, func.sum(LedgerEntry.points).label("sum")).group_by(LedgerEntry.player)
    mine = best.where(LedgerEntry.season_id == season_id, LedgerEntry.purse == Purse.OWN)
    adding = [_timed(lambda: db.session.execute(mine.order_by(text("sum DESC")).limit(50)).all())]
    return medians(reading, adding)


def _timed(work) -> float:
    db.session.rollback()
    db.session.expunge_all()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _lay(rows: int, players: int) -> int:
    """So many rows, and the totals that they come to. The first of the players are people who stand in the ranking."""
    with writing():
        here = make.neighbourhood("bench")
        season = make.season(here)
        keys = [make.person(here, people.offer_name(here)).player_key for _number in range(ENTRANTS)]
        db.session.execute(insert(Entrant), [{"player": key, "since": clock.now()} for key in keys])
        db.session.execute(text("CREATE TABLE bench_player (n INTEGER PRIMARY KEY, key TEXT)"))
        named = [{"n": n, "key": keys[n] if n < ENTRANTS else codes.new_key()} for n in range(players)]
        db.session.execute(text("INSERT INTO bench_player VALUES (:n, :key)"), named)
        season_id = season.id
    monday, now = clock.week_of(clock.today()).isoformat(), clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")
    given = {"season": season_id, "players": players, "monday": monday, "now": now}
    for first in range(0, rows, AT_ONCE):
        with writing():
            db.session.execute(LAY, {**given, "first": first, "many": min(AT_ONCE, rows - first)})
    with writing():
        db.session.execute(ADD_UP)
    if db.session.scalar(select(func.count()).select_from(LedgerEntry)) != rows:
        raise RuntimeError("not every row was laid")
    return season_id


def _meet(season_id: int) -> None:
    """Some meet on top of that, so that totals are added to as they are in play."""
    keys = db.session.scalars(text("SELECT key FROM bench_player ORDER BY n LIMIT :many"), {"many": MEETINGS + 1}).all()
    for number, (one, other) in enumerate(pairwise(keys)):
        with writing():
            met = Meeting(f"bench-{number}", season_id, (one, other), (1, 2), clock.now(), challenge=1)
            award(met, SIX, both_known=True)

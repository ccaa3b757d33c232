"""P3: the board as a visitor reads it, warm, and one's own points right after a score, against "ok" of the same server.

Neither is ever older than what was committed: the bench stops where one is.
"""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from sqlalchemy import select

from core.database import db
from core.neighbourhoods.models import Neighbourhood
from game.scoring.queries import published
from tests import postgres
from tests.bench import meetings, site
from tests.bench.line import Line, medians, middle

ROUNDS, TIMES, YESES, WARM = 3, 150, 30, 10
OK = "/healthz"
PAIRS = re.compile(rb'<p class="buurt-figure">(\d+)</p>')
PRICE = 15  # of a first meeting of two from different zones


class Seen(NamedTuple):
    """One round, in seconds: the median of the board, of own points after a score, and of "ok" beside each."""

    board: float
    ok_beside_board: float
    points: float
    ok_beside_points: float


def lines() -> Iterator[Line]:
    """On SQLite and on PostgreSQL."""
    yield from _of("SQLite", "")
    with postgres.database() as url:
        yield from _of("PostgreSQL", url)


def _of(name: str, database_url: str) -> Iterator[Line]:
    rounds = list(_rounds(database_url))
    board = middle([(one.board, one.ok_beside_board) for one in rounds])
    points = middle([(one.points, one.ok_beside_points) for one in rounds])
    yield _line(f"P3 board, {name}", board, 0.8, 0.5)
    yield _line(f"P3 own points, {name}", points, 0.2, 0.1)


def _line(name: str, measured: tuple[float, float], goal: float, floor: float) -> Line:
    ours, ok = measured
    spent = f"{1000 * ours:.2f} ms against {1000 * ok:.2f} ms, the median of many one after the other"
    return Line(name, f"{1 / ours:.0f}/s", f"{1 / ok:.0f}/s", ok / ours, goal, floor, True, [spent])


def _rounds(database_url: str) -> Iterator[Seen]:
    with site.scratch(database_url) as ours:
        with ours.app.app_context():
            todo = meetings.waiting(WARM + ROUNDS * YESES)
            slug = db.session.scalar(select(Neighbourhood.slug))
        with site.serving(site.OURS, ours.environment, 1) as web, closing(site.Phone(web.port)) as phone:
            players = Players(phone, f"/w/{slug}")
            for one in todo[:WARM]:
                players.score(one)
            for number in range(ROUNDS):
                board = [(players.board(), phone.get(OK).seconds) for _time in range(TIMES)]
                points = [players.score(one) for one in todo[WARM + number * YESES :][:YESES]]
                yield Seen(*medians(*zip(*board, strict=True)), *medians(*zip(*points, strict=True)))


class Players:
    """Who says yes, reads their points, and reads the board; and how many scored by then."""

    def __init__(self, phone: site.Phone, here: str) -> None:
        self._phone, self._here = phone, here
        self._pairs = 0
        self._points: dict[str, int] = {}

    def board(self) -> float:
        """The seconds of the board. RuntimeError when it is older than the last yes."""
        seen = self._phone.get(f"{self._here}/thermometer")
        found = PAIRS.search(seen.body)
        if not found or int(found[1]) != published(self._pairs):
            raise RuntimeError(f"the board is not of {self._pairs} pairs: {found}")
        return seen.seconds

    def score(self, waiting: meetings.Waiting) -> tuple[float, float]:
        """A yes; the seconds of one's own points right after it, and of "ok". RuntimeError when they lag behind."""
        _seconds, status = self._phone.post(f"/e/{waiting.key}/yes", b"photo=with", waiting.token)
        self._pairs += 1
        mine = self._points[waiting.token] = self._points.get(waiting.token, 0) + PRICE
        seen = self._phone.get(f"{self._here}/me/points", waiting.token)
        if status != 303 or json.loads(seen.body)["points"] != mine:
            raise RuntimeError(f"a yes was answered with {status}, and points with {seen.body!r} for {mine}")
        return seen.seconds, self._phone.get(OK).seconds

"""P2: a yes that scores while 16 clients send them to 4 workers: its p99, against what bare Flask's insert takes.

That insert raises one running total, as a yes does, so that all wait for each other. What it takes is its mean: on
SQLite the bare one waits in a lottery, whose median says how lucky most were (docs/decisions/0068-a-yes-under-load.md).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from statistics import fmean, median

from tests import postgres
from tests.bench import meetings, site
from tests.bench.line import Line, middle

ROUNDS, CLIENTS, WORKERS, EACH, WARM = 3, 16, 4, 25, 3
GOAL, FLOOR = 6, 12
Send = Callable[[site.Phone, meetings.Waiting], float]


def lines() -> Iterator[Line]:
    """On SQLite and on PostgreSQL. An answer that is none stops the bench."""
    yield _load("SQLite", "")
    with postgres.database() as url:
        yield _load("PostgreSQL", url)


def _load(name: str, database_url: str) -> Line:
    rounds = list(_rounds(database_url))
    ours, reference = middle([(_p99(yeses), fmean(inserts)) for yeses, inserts in rounds])
    spent = [
        f"yes p50 {1000 * median(yeses):.0f} p99 {1000 * _p99(yeses):.0f} ms, "
        f"insert mean {1000 * fmean(inserts):.0f} p50 {1000 * median(inserts):.0f} p99 {1000 * _p99(inserts):.0f} ms"
        for yeses, inserts in rounds
    ]
    return Line(
        f"P2 p99, {name}", f"{1000 * ours:.0f} ms", f"{1000 * reference:.0f} ms", ours / reference, GOAL, FLOOR,
        notes=spent,
    )  # fmt: skip


def _rounds(database_url: str) -> Iterator[tuple[list[float], list[float]]]:
    with _both(database_url) as (todo, web, reference):
        _all_at_once(web, [one[:WARM] for one in todo], _say_yes)
        _all_at_once(reference, [one[:WARM] for one in todo], _insert)
        for number in range(ROUNDS):
            now = [one[WARM + number * EACH :][:EACH] for one in todo]
            yield _all_at_once(web, now, _say_yes), _all_at_once(reference, now, _insert)


@contextmanager
def _both(database_url: str) -> Iterator[tuple[list[list[meetings.Waiting]], int, int]]:
    """What each client has to answer, as a person of its own; and both servers, by their ports."""
    with site.scratch(database_url) as ours:
        with ours.app.app_context():
            everything = meetings.waiting((WARM + ROUNDS * EACH) * meetings.COMPANIONS)
        bare = {**ours.environment, "BUURT_DATABASE_URL": database_url or f"sqlite:///{ours.folder / 'bare.db'}"}
        with (
            site.serving(site.OURS, ours.environment, WORKERS) as web,
            site.serving(site.BARE, bare, WORKERS) as reference,
        ):
            yield [_of(everything, client) for client in range(CLIENTS)], web.port, reference.port


def _of(everything: list[meetings.Waiting], client: int) -> list[meetings.Waiting]:
    """The meetings of one companion, each client's with another starter first: nobody meets sixteen at once."""
    mine = everything[client :: meetings.COMPANIONS]
    first = client * len(mine) // CLIENTS
    return mine[first:] + mine[:first]


def _all_at_once(port: int, todo: list[list[meetings.Waiting]], send: Send) -> list[float]:
    """The seconds of each answer, of all clients together."""

    def client(mine: list[meetings.Waiting]) -> list[float]:
        with closing(site.Phone(port)) as phone:
            return [send(phone, one) for one in mine]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [seconds for of_one in pool.map(client, todo) for seconds in of_one]


def _say_yes(phone: site.Phone, waiting: meetings.Waiting) -> float:
    return _timed(phone, f"/e/{waiting.key}/yes", b"photo=with", waiting.token, 303)


def _insert(phone: site.Phone, _waiting: meetings.Waiting) -> float:
    return _timed(phone, "/counted-note", b"", "", 200)


def _timed(phone: site.Phone, path: str, body: bytes, token: str, wanted: int) -> float:
    seconds, status = phone.post(path, body, token)
    if status != wanted:
        raise RuntimeError(f"{path} was answered with {status}")
    return seconds


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[int(0.99 * len(seconds))]

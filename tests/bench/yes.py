"""P1: a yes that scores, through the real server, against bare Flask that inserts one row."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests import postgres
from tests.bench import meetings, site, stages
from tests.bench.line import Line, medians, middle

ROUNDS, YESES, WARM = 3, 150, 30
GOAL, FLOOR, QUERIES = 0.30, 0.20, 12


def lines() -> Iterator[Line]:
    """On SQLite and on PostgreSQL; then how many queries, with the table of stages."""
    yield _speed("SQLite", "")
    with postgres.database() as url:
        yield _speed("PostgreSQL", url)
    seen = stages.measure()
    queries = sum(stage.queries for stage in seen)
    yield Line("P1 queries of a yes", f"{queries:.0f}", f"{QUERIES}", queries / QUERIES, 1, 1, notes=stages.table(seen))


def _speed(name: str, database_url: str) -> Line:
    ours, reference = middle(list(_rounds(database_url)))
    spent = f"{1000 * ours:.1f} ms against {1000 * reference:.1f} ms, the median of {YESES} one after the other"
    return Line(
        f"P1 yes, {name}", f"{1 / ours:.0f}/s", f"{1 / reference:.0f}/s", reference / ours, GOAL, FLOOR, True, [spent]
    )


def _rounds(database_url: str) -> Iterator[tuple[float, float]]:
    with _both(database_url) as (todo, phone, other):
        for waiting in todo[:WARM]:
            _say_yes(phone, waiting)
            _insert(other)
        for number in range(ROUNDS):
            ours, reference = [], []
            for waiting in todo[WARM + number * YESES :][:YESES]:
                ours.append(_say_yes(phone, waiting))
                reference.append(_insert(other))
            yield medians(ours, reference)


@contextmanager
def _both(database_url: str) -> Iterator[tuple[list[meetings.Waiting], site.Phone, site.Phone]]:
    """Both servers with one worker on databases of one kind, and a connection to each."""
    with site.scratch(database_url) as ours:
        with ours.app.app_context():
            todo = meetings.waiting(WARM + ROUNDS * YESES)
        bare = {**ours.environment, "BUURT_DATABASE_URL": database_url or f"sqlite:///{ours.folder / 'bare.db'}"}
        with (
            site.serving(site.OURS, ours.environment, 1) as web,
            site.serving(site.BARE, bare, 1) as reference,
            closing(site.Phone(web.port)) as phone,
            closing(site.Phone(reference.port)) as other,
        ):
            yield todo, phone, other


def _say_yes(phone: site.Phone, waiting: meetings.Waiting) -> float:
    seconds, status = phone.post(f"/e/{waiting.key}/yes", b"photo=with", waiting.token)
    if status != 303:
        raise RuntimeError(f"a yes was answered with {status}")
    return seconds


def _insert(phone: site.Phone) -> float:
    seconds, status = phone.post("/note")
    if status != 200:
        raise RuntimeError(f"an insert was answered with {status}")
    return seconds

"""P7: each page asks the database equally often at 1, 100 and 10,000 rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from core import clock
from core.database import db
from tests.bench import crowd, site
from tests.bench.line import Line

SIZES = (1, 100, 10_000)
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
NO_PAGES = {  # files; no rows; a demo of fixed size; on to another page; what one reads of oneself alone
    "static", "encounters.surprise", "encounters.instead", "encounters.letters",
    "maps.drawing", "maps.tiles", "pages.healthz", "pages.readyz", "demo.enter",
}  # fmt: skip


def lines() -> Iterator[Line]:
    """How many pages of how many keep their number of queries."""
    with site.scratch() as ours:
        by_size = [pages_at(ours.app, size) for size in SIZES]
    pages = {name: [counts[name] for counts in by_size] for name in by_size[0]}
    same = [name for name, counts in pages.items() if len(set(counts)) == 1]
    yield Line(
        "P7 pages that keep theirs", f"{len(same)}", f"{len(pages)}", len(same) / len(pages), 1, 1, True,
        notes=[f"{name:<28}{' '.join(f'{count:>5}' for count in counts)}" for name, counts in sorted(pages.items())],
    )  # fmt: skip


def pages_at(app: Flask, size: int) -> dict[str, int]:
    """How often each page asks the database when each list in it is so long. Adds the rows that lack."""
    with app.app_context():
        addresses, token = crowd.grow(size)
    phone, stranger = app.test_client(), app.test_client()
    phone.set_cookie("device", token)
    phone.set_cookie("staff", "1")
    with _still():
        return {
            name: count(app, stranger if name == crowd.VISITOR else phone, address)
            for name, address in addresses.items()
        }


@contextmanager
def _still() -> Iterator[None]:
    """The clock stands still: what a session notes once in five minutes belongs to no page, however slow this is."""
    clock.set(clock.now())
    try:
        yield
    finally:
        clock.real()


def count(app: Flask, phone: FlaskClient, address: str) -> int:
    """The queries of one page, asked for twice so that nothing is counted that only a first request does."""
    phone.get(address).close()
    with counted(app) as asked:
        answer = phone.get(address)
    answer.close()
    if answer.status_code != 200:
        raise RuntimeError(f"{address} was answered with {answer.status_code}")
    return len(asked)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The queries of a block, as they are sent; BEGIN and its like are none."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(CONTROL):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)

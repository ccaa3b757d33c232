"""The site under test: one database a run, emptied before each test; a forgetful client; a clock to set."""

import contextvars
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import CompoundSelect, exists, literal, select, union_all
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

import core.clock
import game
import tours
from core import create_app
from core.database import db
from core.security import limiter
from core.staff import passwords
from tests import make, postgres

pytest_plugins = ["tests.cast"]

NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)  # a Tuesday, twelve o'clock in Amsterdam
COUNT_AGAIN = (
    "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
    " WHERE last_value IS NOT NULL"
)
BREAK = re.compile(r"(?:\s*\n\s*|\s{2,})")  # where a template goes on, on another line


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="what the tests run on")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2id at its least cost, for all who sign in; tests/core/staff/test_passwords.py has the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", cache(lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_spaces() -> Iterator[None]:
    """Answers read as text have ordinary spaces in them; tests/core/test_unbroken.py looks at the others.

    Nor do they show over which lines a template lies: no reader sees that.
    """
    read = Response.get_data

    def plain(answer: Response, as_text: bool = False) -> Any:
        if not as_text:
            return read(answer)
        text = read(answer, as_text=True).replace("\u00a0", " ")
        return on_its_lines(text) if answer.mimetype == "text/html" else text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestResponse, "get_data", plain, raising=False)
        yield


def on_its_lines(page: str) -> str:
    """A page without the line ends and indents of its templates; what somebody typed in a long field stays."""
    parts = re.split(r"(<textarea.*?</textarea>)", page, flags=re.DOTALL)
    return "".join(part if part.startswith("<textarea") else _joined(part) for part in parts)


def _joined(page: str) -> str:
    """Gone between two tags and at the edge of an element; inside a tag and in a sentence it is a space."""
    page = re.sub(r"<[a-z][^<>]*>", lambda tag: BREAK.sub(" ", tag[0]).replace(" >", ">"), page)
    page = re.sub(rf"(?<=>){BREAK.pattern}(?=<)|(<[a-z][^<>]*>){BREAK.pattern}|{BREAK.pattern}(?=</)", r"\1", page)
    return BREAK.sub(" ", page)


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this run: a real SQLite file, since threads share it, or one on a real PostgreSQL."""
    if request.config.getoption("--database") == "postgres":
        with postgres.database() as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'buurtspoor.db'}"


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole app, built once. Tests take `app`, which is the same one with nothing in it."""
    folder = tmp_path_factory.mktemp("site")
    app = create_app(
        parts=(game, tours),
        settings={
            "database_url": database_url,
            "media": str(folder / "media"),
            "maps": str(folder / "maps"),
            "queue_url": f"sqlite:///{folder / 'queue.db'}",
            "secret": "a secret of the tests",
            "limits": False,
            "testing": True,
        },
    )
    app.test_client_class = Phone
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(site: Flask) -> Flask:
    """The whole app with an empty database and no files, and without limits whatever another test's app said."""
    empty(site)
    limiter.enabled = site.config["BUURT"].limits
    return site


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Flask]:
    """An app of its own with limits in force and the cast in Lombok."""
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'limits.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": True},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        make.world()
    limiter.reset()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """An app context, for tests that call services and queries themselves. Requests never share it."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A phone that never was here before."""
    return app.test_client()


@pytest.fixture
def clock() -> Iterator["Clock"]:
    """The clock, standing still at NOON until the test moves it."""
    hands = Clock()
    hands.set(NOON)
    yield hands
    core.clock.real()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder with real photos and extracts."""
    folder = os.environ.get("BUURT_SAMPLES", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("BUURT_SAMPLES names no folder with real photos")
    return Path(folder)


class Phone(FlaskClient):
    """A client whose requests open an app context of their own, whatever a fixture holds open.

    Else the session of a test would hide a forgotten commit.
    """

    def open(self, *arguments: Any, **more: Any) -> Any:
        return contextvars.Context().run(super().open, *arguments, **more)


class Clock:
    """The injectable clock in a test's hand."""

    def set(self, moment: datetime) -> None:
        """Stop at a moment."""
        core.clock.set(moment)

    def advance(self, **passed: float) -> None:
        """Let time pass: clock.advance(hours=72)."""
        core.clock.set(core.clock.now() + timedelta(**passed))


def empty(app: Flask) -> None:
    """Remove every row and every file."""
    with app.app_context(), db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Not TRUNCATE: it makes new files for each table, seconds for all of them.
            full = set(connection.scalars(_with_rows()))
            connection.exec_driver_sql(COUNT_AGAIN)
        else:
            full = set(db.metadata.tables)
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in reversed(db.metadata.sorted_tables):
            if table.name in full:
                connection.execute(table.delete())
    media = Path(app.config["BUURT"].media)
    shutil.rmtree(media, ignore_errors=True)
    (media.parent / "forgotten.jsonl").unlink(missing_ok=True)
    shutil.rmtree(app.config["BUURT"].maps, ignore_errors=True)


@cache
def _with_rows() -> CompoundSelect[tuple[str]]:
    """The names of the tables that have a row."""
    each = db.metadata.tables.items()
    return union_all(*(select(literal(name)).where(exists().select_from(table)) for name, table in each))

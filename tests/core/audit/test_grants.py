"""On PostgreSQL, with the two roles of docs/deploy.md: the web plays on, and cannot touch the log."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

import game
import tours
from core import create_app
from core.audit import service
from core.database import db, writing
from tests import make, postgres

pytestmark = pytest.mark.both
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "deploy.md"
FORBIDDEN = (
    "UPDATE audit_entry SET about = 'another'", "DELETE FROM audit_entry", "TRUNCATE audit_entry",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL", "DROP TRIGGER audit_entry_stays ON audit_entry",
    "DROP TABLE audit_entry",
)  # fmt: skip


@pytest.fixture
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The app as the role that serves people, after what the guide says was done."""
    if request.config.getoption("--database") != "postgres":
        pytest.skip("SQLite has no roles")
    own = secrets.token_hex(4)
    first, last = (block.replace("buurt_", f"buurt_{own}_") for block in _blocks())
    with postgres.database() as url:
        server = url.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(server, autocommit=True) as boss, _roles(boss, own):
            boss.execute(first)
            with _app(url, f"buurt_{own}_owner", "one secret", tmp_path):
                flask_migrate.upgrade()
            boss.execute(last)
            with _app(url, f"buurt_{own}_web", "another secret", tmp_path) as app:
                yield app


def _blocks() -> list[str]:
    """The two pieces of SQL in the guide."""
    return re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.DOTALL)


@contextmanager
def _roles(boss: psycopg.Connection, own: str) -> Iterator[None]:
    """The two roles go at the end, with what they own."""
    try:
        yield
    finally:
        for name in (f"buurt_{own}_web", f"buurt_{own}_owner"):
            boss.execute(f"DROP OWNED BY {name} CASCADE; DROP ROLE {name}")


@contextmanager
def _app(url: str, user: str, password: str, folder: Path) -> Iterator[Flask]:
    settings = {
        "database_url": make_url(url).set(username=user, password=password).render_as_string(hide_password=False),
        "media": str(folder), "queue_url": "memory://", "secret": "x", "testing": True, "limits": False,
    }  # fmt: skip
    app = create_app((game, tours), settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_web_adds_to_the_log_and_can_do_nothing_else_with_it(web: Flask):
    with writing():
        service.record("photo.clear", "a photo", None)
    for attempt in FORBIDDEN:
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), writing():
            db.session.execute(text(attempt))
        db.session.rollback()
    assert service.length() == 1
    assert list(service.faults()) == []


def test_the_web_serves_people_with_those_rights(web: Flask):
    make.world()
    phone = web.test_client()
    assert phone.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"}).status_code == 303
    assert phone.get("/w/lombok/me").status_code == 200
    assert web.test_cli_runner().invoke(args=["sweep"]).exit_code == 0

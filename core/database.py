"""The database: one `db`, typed models, UTC moments, and the one way to write."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import click
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, String, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, mapped_column

from core.line import in_line

T = TypeVar("T")
IN_ONE = 500
MIGRATIONS = Path(__file__).parent / "migrations"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone: it is given back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Key = Annotated[str, mapped_column(String(26))]  # 128 random bits in base32: what may stand in a URL
OF_THIS_SITE = "of this site"  # in the info of a table: a back-up does without it
PlayerKey = Annotated[str, mapped_column(String(26))]  # who, in rows that outlive the person (docs/rules.md §4)


class Model(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Model)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def init_app(app: Flask) -> None:
    """Connect the app to its database, with pragmas and transactions that hold under two phones at once."""
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["BUURT"].database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(app.config["BUURT"].database_url)
    db.init_app(app)
    app.extensions["migrate"] = _Migrations(app)
    app.cli.add_command(_Commands("db", help="Bring the database to another version of its tables."))
    with app.app_context():
        if dialect() == "sqlite":
            _use_sqlite_well(db.engine, app.config["BUURT"].database_sync)
        else:
            from core import postgres  # where there is none, its driver is not loaded

            postgres.use_well(db.engine)


@contextmanager
def writing() -> Iterator[None]:
    """The one transaction of a request, sweep or command that writes; commits at its end, rolls back on any error.

    It ends the read that went before: what is judged inside must be read again inside. Raises RuntimeError inside
    another one. On SQLite all who write wait in line for it: its own waiting is a lottery that some lose.
    """
    if _writing.get():
        raise RuntimeError("one transaction is at work already")
    db.session.rollback()
    with in_line(_line()) if dialect() == "sqlite" else nullcontext():
        token = _writing.set(True)
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _writing.reset(token)


def _line() -> Path:
    """The folder beside the file of SQLite in which its line is kept."""
    file = Path(str(db.engine.url.database))
    return file.with_name(f"line-{file.stem}")


def dialect() -> str:
    """Which database this is: sqlite or postgresql."""
    return str(db.engine.dialect.name)


def leave_no_traces() -> None:
    """The file of SQLite written anew, for it writes zeros over what is deleted, but not over what it left behind when
    it moved rows to another page; then the write-ahead log emptied, which has the old pages.

    Who reads at this very moment keeps the log from being emptied: then the next sweeps try again. Nothing is done on
    another database.
    """
    db.session.rollback()
    if dialect() != "sqlite":
        return
    raw = db.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def insert_into(model: type[Model], dialect: str) -> Any:
    """An INSERT of this dialect that knows ON CONFLICT. It makes no objects."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(model.__table__)


def some_at_a_time(ids: Collection[T]) -> Iterator[list[T]]:
    """As many of these as one question asks for: databases allow only so many values in one."""
    every = list(ids)
    for start in range(0, len(every), IN_ONE):
        yield every[start : start + IN_ONE]


class _Migrations:
    """Flask-Migrate from the first command that needs it: Alembic takes 9 MB of each process that only serves."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=str(MIGRATIONS), render_as_batch=True)  # it takes this one's place
        return getattr(self._app.extensions["migrate"], name)


class _Commands(click.Command):
    """The group of commands of Flask-Migrate, which takes this one's place when it is called."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        from flask_migrate.cli import db as commands

        return cast(click.Context, commands.make_context(*arguments, **more))


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {}
    return {"pool_size": 16, "pool_use_lifo": True}  # a lost connection is one 503; the last used knows most plans


def _use_sqlite_well(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # the driver never sends BEGIN by itself
        pragmas = ("busy_timeout=10000", "journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON")
        for pragma in (*pragmas, "secure_delete=ON"):  # what is deleted is written over with zeros
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")

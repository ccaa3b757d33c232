"""What P1 and P9 compare with: bare Flask that inserts one row, on the same server, driver and database settings.

It knows nothing of Buurtspoor, so the settings of core/database.py stand here once more.
"""

import os
import sys
from pathlib import Path
from types import ModuleType

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

sys.modules["core"] = alone = ModuleType("core")  # the intake, without all of Buurtspoor around it
alone.__path__ = [str(Path(__file__).parents[2] / "core")]
from core.serving.intake import Intake  # noqa: E402


class Model(DeclarativeBase):
    """The base of the one table."""


db = SQLAlchemy(model_class=Model)


class Note(Model):
    """A row."""

    __tablename__ = "bench_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class Total(Model):
    """How many there are; one row."""

    __tablename__ = "bench_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    notes: Mapped[int]


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["BUURT_DATABASE_URL"]
if not os.environ["BUURT_DATABASE_URL"].startswith("sqlite"):
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 16, "pool_pre_ping": True}
db.init_app(app)
intake = Intake(app, lambda _method, _path: 256 * 1024, 20)


@app.get("/healthz")
def healthz():
    return "ok"


@app.post("/note")
def note():
    db.session.add(Note(text="x"))
    db.session.commit()
    return "ok"


@app.post("/counted-note")
def counted_note():
    """Beside the row a running total in the same transaction: what every insert waits for that keeps one."""
    db.session.add(Note(text="x"))
    db.session.flush()
    db.session.execute(update(Total).values(notes=Total.notes + 1))
    db.session.commit()
    return "ok"


def _settle(raw, _record):
    raw.isolation_level = None
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")


with app.app_context():
    if db.engine.dialect.name == "sqlite":
        event.listen(db.engine, "connect", _settle)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with db.engine.begin() as connection:  # one of two workers is first
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
        db.metadata.create_all(connection)
        if connection.execute(select(Total.id)).first() is None:
            connection.execute(insert(Total).values(notes=0))
    db.engine.dispose()  # workers are forked from here: a connection belongs to one process

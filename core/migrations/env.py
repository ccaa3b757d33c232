"""How Alembic reaches the app's database: through Flask-Migrate, in one transaction.

SQLite makes a table anew to take a column away, which rows that point at it would forbid: while migrating it asks for
foreign keys at the end instead of at each step.
"""

from alembic import context
from flask import current_app


def _is_ours(name: str | None, _sort: str, _parents: object) -> bool:
    """Not what a part made beside its models: a search has tables and indexes of its own."""
    beside = tuple(config.db.metadata.info.get("beside", ()))
    return not (name and beside and name.startswith(beside))


config = current_app.extensions["migrate"]
with config.db.engine.connect() as connection:
    raw = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw:
        raw.execute("PRAGMA foreign_keys=OFF")  # past SQLAlchemy: inside a transaction it would do nothing
    try:
        context.configure(
            connection=connection, target_metadata=config.db.metadata, include_name=_is_ours, **config.configure_args
        )
        with context.begin_transaction():
            context.run_migrations()
            if raw and (dangling := raw.execute("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"rows that point at nothing: {dangling[:5]}")
    finally:
        if raw:
            raw.execute("PRAGMA foreign_keys=ON")

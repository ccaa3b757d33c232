"""PostgreSQL by psycopg: a transaction that only read ends with a COMMIT.

psycopg forgets the statements it prepared at each ROLLBACK, so that PostgreSQL plans every question of the next request
anew, which takes longer than answering it (docs/decisions/0017-a-read-ends-with-commit.md). Imported only where
BUURT_DATABASE_URL names a PostgreSQL: the driver takes memory.
"""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

READ = ("SELECT", "SHOW")  # what the server says it did; anything else may have written


class Connection(psycopg.Connection[Any]):
    """A connection that knows whether its transaction wrote."""

    has_written = False

    def rollback(self) -> None:
        """Undo what the transaction wrote; when it wrote nothing and nothing failed, just end it."""
        only_read = not self.has_written and self.info.transaction_status == TransactionStatus.INTRANS
        self.has_written = False
        (super().commit if only_read else super().rollback)()

    def commit(self) -> None:
        """Keep what the transaction wrote."""
        self.has_written = False
        super().commit()


def use_well(engine: Engine) -> None:
    """Have an engine connect by `Connection`."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, arguments: Any, settings: Any) -> Connection:
        return Connection.connect(*arguments, **settings)

    @event.listens_for(engine, "after_cursor_execute")
    def _note(connection: Any, cursor: Any, *_more: Any) -> None:
        if not (cursor.statusmessage or "").startswith(READ):
            connection.connection.dbapi_connection.has_written = True

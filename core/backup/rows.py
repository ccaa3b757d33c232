"""Tables as lines of JSON and back, the same on SQLite and PostgreSQL: a line with the columns, then a line a row."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, Table, func, select, text
from sqlalchemy.types import TypeDecorator

from core.database import OF_THIS_SITE, Model

BATCH = 500
LONGEST = 16 * 2**20  # bytes of a line


class Unreadable(ValueError):
    """A line that is no row of its table."""


def tables() -> Sequence[Table]:
    """Every table, each after those that it points at; without those of which a site makes its own."""
    return [table for table in Model.metadata.sorted_tables if not table.info.get(OF_THIS_SITE)]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """A table as it is now."""
    yield _line([column.name for column in table.columns])
    rows = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=BATCH).execute(rows):
        yield _line([_plain(value) for value in row])


def put(connection: Connection, table: Table, said: Iterable[bytes]) -> int:
    """Fill an empty table; how many rows. Raises Unreadable."""
    rows = _rows(table, iter(said))
    itself = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    later: list[tuple[Any, dict[str, Any]]] = []
    many = 0
    while batch := list(islice(rows, BATCH)):
        for row in batch if itself else ():  # rows that point at rows of their own table: those come first
            later.append((row["id"], {column.name: row[column.name] for column in itself}))
            row |= {column.name: None for column in itself}
        connection.execute(table.insert(), batch)
        many += len(batch)
    for id_, pointing in later:
        if any(pointing.values()):
            connection.execute(table.update().where(table.c.id == id_).values(pointing))
    return many


def count_on(connection: Connection, table: Table) -> None:
    """Let the next row get a number that none has. SQLite does so by itself."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        last = connection.scalar(select(func.max(table.c.id)))
        counter = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        if last and counter:
            connection.execute(select(func.setval(counter, last)))


def plan_on(connection: Connection) -> None:
    """Let PostgreSQL see at once how much there is: by itself it would a minute later, and plan badly until then."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return not any(connection.scalar(select(select(table).exists())) for table in tables())


def _rows(table: Table, said: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    columns = list(table.columns)
    if _read(next(said, b"")) != [column.name for column in columns]:
        raise Unreadable(table.name)
    for line in said:
        values = _read(line)
        if len(values) != len(columns):
            raise Unreadable(table.name)
        yield {column.name: _valued(column, value) for column, value in zip(columns, values, strict=True)}


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> list[Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if not isinstance(values, list):
        raise Unreadable("not a row")
    return values


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def _valued(column: Column[Any], value: Any) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    try:
        if value is not None and isinstance(kind, DateTime):
            return datetime.fromisoformat(value)
        if value is not None and isinstance(kind, Date):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(column.name) from None
    return value

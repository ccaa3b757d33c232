"""Finding words in stories: FTS5 of SQLite or tsvector of PostgreSQL, over the one folded text (`Story.found`).

The database itself keeps what it looks through, in the transaction that changes a story: PostgreSQL by an index,
SQLite by triggers. So nothing that writes a story can forget it (docs/decisions/0024-search.md).
"""

from sqlalchemy import ColumnElement, Connection, column, event, func, literal_column, select, table, text, true
from sqlalchemy.exc import DatabaseError

from core.database import Model, db, dialect
from tours.stories.folding import wanted
from tours.stories.models import Story

SIMPLE: ColumnElement[str] = literal_column("'simple'")  # it takes words as they are: folding.py did all there is to do
WORDS = func.to_tsvector(SIMPLE, Story.found)
LONGEST = 60  # signs of a word: PostgreSQL refuses one of thousands
NAME = "story_words"
TABLE = f"""CREATE VIRTUAL TABLE {NAME} USING fts5(
found, content='story', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)"""
OUT = f"INSERT INTO {NAME} ({NAME}, rowid, found) VALUES ('delete', old.id, old.found)"
IN = f"INSERT INTO {NAME} (rowid, found) VALUES (new.id, new.found)"
POSTGRES = f"CREATE INDEX {NAME} ON story USING gin (to_tsvector('simple', found))"
SQLITE = (
    TABLE,
    f"CREATE TRIGGER {NAME}_come AFTER INSERT ON story BEGIN {IN}; END",
    f"CREATE TRIGGER {NAME}_go AFTER DELETE ON story BEGIN {OUT}; END",
    f"CREATE TRIGGER {NAME}_change AFTER UPDATE OF found ON story BEGIN {OUT}; {IN}; END",
)

Model.metadata.info.setdefault("beside", set()).add(NAME)  # and all whose name begins so: FTS5's own tables


@event.listens_for(Story.__table__, "after_create")
def _make(_table: object, connection: Connection, **_more: object) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else (POSTGRES,):
        connection.exec_driver_sql(statement)


@event.listens_for(Story.__table__, "after_drop")
def _take_away(_table: object, connection: Connection, **_more: object) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {NAME}")


def has(words: str) -> ColumnElement[bool]:
    """Whether a story has all of these words, the last one as the beginning of a word. Nothing but words counts."""
    looked_for = [word[:LONGEST] for word in wanted(words)]
    if not looked_for:
        return true()
    if dialect() == "sqlite":
        match = column(NAME).op("MATCH")(" ".join(f'"{word}"' for word in looked_for) + "*")
        return Story.id.in_(select(column("rowid")).select_from(table(NAME)).where(match))
    return WORDS.op("@@")(func.to_tsquery(SIMPLE, " & ".join(looked_for) + ":*"))


def forget() -> None:
    """Let the words of what was withdrawn leave the file: FTS5 keeps them until its parts are made one.

    PostgreSQL's vacuum does so by itself.
    """
    if dialect() == "sqlite":
        db.session.execute(text(f"INSERT INTO {NAME} ({NAME}) VALUES ('optimize')"))


def is_true() -> bool:
    """Whether the words that are looked through are those of the stories."""
    if dialect() != "sqlite":
        return True  # an index of PostgreSQL cannot be anything else
    try:
        db.session.execute(text(f"INSERT INTO {NAME} ({NAME}, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError:
        return False
    return True

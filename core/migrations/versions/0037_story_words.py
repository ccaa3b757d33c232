"""What the search looks through: FTS5 with its triggers on SQLite, a GIN index on PostgreSQL."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

WORDS = "story_words"
OUT = f"INSERT INTO {WORDS} ({WORDS}, rowid, found) VALUES ('delete', old.id, old.found)"
IN = f"INSERT INTO {WORDS} (rowid, found) VALUES (new.id, new.found)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX story_words ON story USING gin (to_tsvector('simple', found))")
        return
    op.execute(
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(\n"
        "found, content='story', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)"
    )
    op.execute(f"CREATE TRIGGER {WORDS}_come AFTER INSERT ON story BEGIN {IN}; END")
    op.execute(f"CREATE TRIGGER {WORDS}_go AFTER DELETE ON story BEGIN {OUT}; END")
    op.execute(f"CREATE TRIGGER {WORDS}_change AFTER UPDATE OF found ON story BEGIN {OUT}; {IN}; END")
    op.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX story_words")
        return
    for what in ("come", "go", "change"):
        op.execute(f"DROP TRIGGER {WORDS}_{what}")
    op.execute(f"DROP TABLE {WORDS}")

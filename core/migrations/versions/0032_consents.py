"""A yes is a yes to whatever sort of thing, and what was shown goes with it; what was withdrawn is due at each surface.

A consent keeps its id, to which decisions of the desk point. What was set aside keeps the yeses of its people, who did
not end them.
"""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

CONSENTS = """
INSERT INTO consent (id, kind, thing, who, use, how, given_at, ended_at)
SELECT photo_consent.id, 'photo', photo_id, player, scope, 'screen', given_at, CASE WHEN {aside} THEN NULL ELSE withdrawn_at END
FROM photo_consent JOIN photo ON photo.id = photo_consent.photo_id
"""
ASIDE = """
withdrawn_at = photo.forgotten_at
AND EXISTS (SELECT 1 FROM media WHERE media.key = photo.key AND let_go_at > photo.forgotten_at AND gone_at IS NULL)
AND (scope = 'own album' OR EXISTS (
    SELECT 1 FROM desk_decision
    WHERE desk_decision.kind = 'photo' AND about = photo.key AND verdict = 'away' AND undone_at IS NULL
))
"""
SHOWINGS = """
INSERT INTO consent_showing (kind, thing, key, use, neighbourhood_id, since, until)
SELECT 'photo', photo_id, photo_showing.key, scope, neighbourhood_id, since, until
FROM photo_showing JOIN photo ON photo.id = photo_showing.photo_id ORDER BY photo_showing.id
"""
CONSENTS_BACK = """
INSERT INTO photo_consent (id, photo_id, player, scope, given_at, withdrawn_at)
SELECT consent.id, thing, who, use, given_at, COALESCE(ended_at, forgotten_at)
FROM consent JOIN photo ON photo.id = thing WHERE kind = 'photo'
"""
SHOWINGS_BACK = """
INSERT INTO photo_showing (photo_id, key, scope, since, until)
SELECT thing, key, use, since, until FROM consent_showing WHERE kind = 'photo' ORDER BY id
"""
GO_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)"
STANDS, WITHDRAWN, NOT_DONE = (sa.text(f"{column} IS NULL") for column in ("ended_at", "withdrawn_at", "done_at"))


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=True),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=26), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_table(
        "consent_showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"],
            name=op.f("fk_consent_showing_neighbourhood_id_neighbourhood"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_showing")),
    )
    op.create_table(
        "consent_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_due")),
    )
    op.execute(CONSENTS.format(aside=ASIDE))
    _go_on("consent")
    op.execute(SHOWINGS)
    op.create_index(
        "uq_consent_standing", "consent", ["kind", "thing", "who", "use"], unique=True, sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index(op.f("ix_consent_kind_thing"), "consent", ["kind", "thing"], unique=False)
    op.create_index(op.f("ix_consent_who"), "consent", ["who"], unique=False)
    op.create_index(op.f("ix_consent_until"), "consent", ["until"], unique=False)
    op.create_index(op.f("ix_consent_showing_kind_thing"), "consent_showing", ["kind", "thing"], unique=False)
    op.create_index(
        op.f("ix_consent_showing_neighbourhood_id_until"), "consent_showing", ["neighbourhood_id", "until"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consent_due_due_at"), "consent_due", ["due_at"], unique=False, sqlite_where=NOT_DONE,
        postgresql_where=NOT_DONE,
    )
    op.drop_table("photo_consent")
    op.drop_table("photo_showing")


def downgrade() -> None:
    op.create_table(
        "photo_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_consent_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_consent")),
    )
    op.create_table(
        "photo_showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_showing_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_showing")),
    )
    op.execute(CONSENTS_BACK)
    _go_on("photo_consent")
    op.execute(SHOWINGS_BACK)
    op.create_index(op.f("ix_photo_consent_photo_id"), "photo_consent", ["photo_id"], unique=False)
    op.create_index(op.f("ix_photo_consent_player"), "photo_consent", ["player"], unique=False)
    op.create_index(
        "uq_photo_consent_standing", "photo_consent", ["photo_id", "player", "scope"], unique=True,
        sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN,
    )
    op.create_index(op.f("ix_photo_showing_photo_id"), "photo_showing", ["photo_id"], unique=False)
    op.create_index(op.f("ix_photo_showing_until"), "photo_showing", ["until"], unique=False)
    for table in ("consent_due", "consent_showing", "consent"):
        op.drop_table(table)


def _go_on(table: str) -> None:
    """New rows take the ids after those that were copied."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(GO_ON.format(table=table))

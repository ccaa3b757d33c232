"""Scopes, an editor's yes, where a photo could be seen."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDS = sa.text("withdrawn_at IS NULL")
ONCE = "uq_photo_consent_photo_id_player_scope"


def upgrade() -> None:
    op.add_column("photo", sa.Column("people", sa.Integer(), nullable=False, server_default="2"))
    op.add_column("photo", sa.Column("cleared_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("photo", sa.Column("cleared_by", sa.String(length=26), nullable=True))
    op.create_index(op.f("ix_photo_neighbourhood_id_cleared_at"), "photo", ["neighbourhood_id", "cleared_at"])
    with op.batch_alter_table("photo_consent", schema=None) as batch_op:
        batch_op.drop_constraint(ONCE, type_="unique")
    op.create_index(
        "uq_photo_consent_standing", "photo_consent", ["photo_id", "player", "scope"], unique=True,
        sqlite_where=STANDS, postgresql_where=STANDS,
    )
    for column in ("photo_id", "player"):
        op.create_index(op.f(f"ix_photo_consent_{column}"), "photo_consent", [column])
    op.create_table(
        "photo_showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_showing_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_showing")),
    )
    op.create_index(op.f("ix_photo_showing_photo_id"), "photo_showing", ["photo_id"])
    op.create_index(op.f("ix_photo_showing_until"), "photo_showing", ["until"])


def downgrade() -> None:
    op.drop_table("photo_showing")
    for column in ("photo_id", "player"):
        op.drop_index(op.f(f"ix_photo_consent_{column}"), "photo_consent")
    op.drop_index("uq_photo_consent_standing", "photo_consent")
    op.execute(  # of a consent that was given again only the last row has a place
        "DELETE FROM photo_consent WHERE EXISTS (SELECT 1 FROM photo_consent AS later WHERE later.id > photo_consent.id"
        " AND later.photo_id = photo_consent.photo_id AND later.player = photo_consent.player"
        " AND later.scope = photo_consent.scope)"
    )
    with op.batch_alter_table("photo_consent", schema=None) as batch_op:
        batch_op.create_unique_constraint(ONCE, ["photo_id", "player", "scope"])
    op.drop_index(op.f("ix_photo_neighbourhood_id_cleared_at"), "photo")
    for column in ("cleared_by", "cleared_at", "people"):
        op.drop_column("photo", column)  # not in a batch: SQLite would drop and rebuild a table that others point to

"""Bytes have a table of their own, whoever keeps them."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

INTO = "INSERT INTO media (key, owner, kept_at, let_go_at, gone_at, tries) "
OF_PHOTOS = """
SELECT key, 'photo', kept_at, CASE WHEN forgotten_at IS NULL THEN NULL ELSE COALESCE(bytes_stay_until, forgotten_at) END,
    bytes_gone_at, tries
FROM photo
"""
OF_EARLIER_ONES = """
SELECT photo_before.key, 'photo', photo.kept_at,
    CASE WHEN photo.forgotten_at < photo_before.bytes_stay_until
        THEN photo.forgotten_at ELSE photo_before.bytes_stay_until END,
    photo_before.bytes_gone_at, photo_before.tries
FROM photo_before JOIN photo ON photo.id = photo_before.photo_id
"""
BACK = """
UPDATE {table} SET bytes_stay_until = (SELECT let_go_at FROM media WHERE media.key = {table}.key),
    bytes_gone_at = (SELECT gone_at FROM media WHERE media.key = {table}.key),
    tries = (SELECT tries FROM media WHERE media.key = {table}.key)
"""


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("let_go_at", UtcDateTime(), nullable=True),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("key", name=op.f("uq_media_key")),
    )
    op.create_index(op.f("ix_media_let_go_at"), "media", ["let_go_at"], unique=False)
    op.execute(INTO + OF_PHOTOS)
    op.execute(INTO + OF_EARLIER_ONES)
    for table in ("photo", "photo_before"):
        for column in ("bytes_stay_until", "bytes_gone_at", "tries"):
            op.drop_column(table, column)


def downgrade() -> None:
    for table in ("photo", "photo_before"):
        op.add_column(table, sa.Column("bytes_stay_until", UtcDateTime(), nullable=True))
        op.add_column(table, sa.Column("bytes_gone_at", UtcDateTime(), nullable=True))
        op.add_column(table, sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        op.execute(BACK.format(table=table))
    op.execute("UPDATE photo SET bytes_stay_until = NULL WHERE bytes_stay_until <= forgotten_at")
    with op.batch_alter_table("photo_before") as batch:
        batch.alter_column("bytes_stay_until", existing_type=UtcDateTime(), nullable=False)
    op.drop_index(op.f("ix_media_let_go_at"), table_name="media")
    op.drop_table("media")

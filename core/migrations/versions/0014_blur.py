"""What a photo was before an editor made part of it unrecognisable, and the key under which it was seen."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_before",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes_stay_until", UtcDateTime(), nullable=False),
        sa.Column("bytes_gone_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_before_photo_id_photo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_before")),
        sa.UniqueConstraint("key", name=op.f("uq_photo_before_key")),
    )
    op.create_index(op.f("ix_photo_before_photo_id"), "photo_before", ["photo_id"], unique=False)
    op.add_column("photo_showing", sa.Column("key", sa.String(length=26), nullable=True))
    op.execute("UPDATE photo_showing SET key = (SELECT photo.key FROM photo WHERE photo.id = photo_showing.photo_id)")
    with op.batch_alter_table("photo_showing") as batch:
        batch.alter_column("key", existing_type=sa.String(length=26), nullable=False)


def downgrade() -> None:
    op.drop_column("photo_showing", "key")
    op.drop_index(op.f("ix_photo_before_photo_id"), table_name="photo_before")
    op.drop_table("photo_before")

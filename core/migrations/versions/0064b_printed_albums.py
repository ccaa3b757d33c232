"""Which album was opened to print on which day, and which photos stood on which of its pages."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0064b"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album_printed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["season_id"], ["season.id"], name="fk_album_printed_season_id_season", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_album_printed"),
        sa.UniqueConstraint("season_id", "printed_on", name="uq_album_printed_season_id_printed_on"),
    )
    op.create_table(
        "album_printed_photo",
        sa.Column("printed_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printed_id"], ["album_printed.id"], name="fk_album_printed_photo_printed_id_album_printed",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name="fk_album_printed_photo_photo_id_photo"),
        sa.PrimaryKeyConstraint("printed_id", "photo_id", name="pk_album_printed_photo"),
    )
    op.create_index("ix_album_printed_photo_photo_id", "album_printed_photo", ["photo_id"])


def downgrade() -> None:
    op.drop_table("album_printed_photo")
    op.drop_table("album_printed")

"""Signals that ask for a look, and how far the last look came."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_signal_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint("key", name=op.f("uq_signal_key")),
        sa.UniqueConstraint("season_id", "player", "name", "at", name=op.f("uq_signal_season_id_player_name_at")),
    )
    op.create_index(op.f("ix_signal_player"), "signal", ["player"], unique=False)
    op.create_table(
        "signal_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_look")),
    )
    op.create_index(
        op.f("ix_photo_neighbourhood_id_sha256"), "photo", ["neighbourhood_id", "sha256"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_photo_neighbourhood_id_sha256"), table_name="photo")
    op.drop_table("signal_look")
    op.drop_index(op.f("ix_signal_player"), table_name="signal")
    op.drop_table("signal")

"""What the wall is for, when a season was shown at its party, and boards that were drawn up once."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0055"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("season", sa.Column("reward_at", sa.Integer(), nullable=True))
    op.add_column("season", sa.Column("revealed_at", UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "season_board",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=5), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_season_board_season_id_season")),
        sa.PrimaryKeyConstraint("season_id", "sort", name=op.f("pk_season_board")),
    )


def downgrade() -> None:
    op.drop_table("season_board")
    op.drop_column("season", "revealed_at")
    op.drop_column("season", "reward_at")

"""What was counted of the people of a season, once a week."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "week_count",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.String(length=20), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("exact", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["season_id"], ["season.id"], name="fk_week_count_season_id_season", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("season_id", "count", "drawn_on", name="pk_week_count"),
    )


def downgrade() -> None:
    op.drop_table("week_count")

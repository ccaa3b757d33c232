"""The ranking: who chose to stand in it, and the places of its last drawing."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0063"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranking_entrant",
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("player", name="pk_ranking_entrant"),
    )
    op.create_table(
        "ranking",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name="fk_ranking_season_id_season"),
        sa.PrimaryKeyConstraint("season_id", name="pk_ranking"),
    )
    op.create_table(
        "ranking_place",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name="fk_ranking_place_season_id_season"),
        sa.PrimaryKeyConstraint("season_id", "player", name="pk_ranking_place"),
    )
    op.create_index("ix_ranking_place_season_id_place", "ranking_place", ["season_id", "place"])


def downgrade() -> None:
    for table in ("ranking_place", "ranking", "ranking_entrant"):
        op.drop_table(table)

"""Editions of what is measured; they take the place of the counts for the team."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_measure_edition_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measure_edition"),
        sa.UniqueConstraint(
            "neighbourhood_id", "first", "until", name="uq_measure_edition_neighbourhood_id_first_until"
        ),
    )
    op.create_table(
        "measure_figure",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("cell", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["measure_edition.id"], name="fk_measure_figure_edition_id_measure_edition",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "measure", "cell", name="pk_measure_figure"),
    )  # fmt: skip
    op.drop_table("week_count")


def downgrade() -> None:
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
    op.drop_table("measure_figure")
    op.drop_table("measure_edition")

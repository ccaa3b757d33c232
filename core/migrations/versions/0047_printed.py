"""Which sheets of which walk were printed, and which stories stand on them."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tour_printed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_tour_printed_tour_id_tour"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_printed")),
        sa.UniqueConstraint("tour_id", "sheet", "version", "printed_on", name=op.f("uq_tour_printed_tour_id_sheet_version_printed_on")),
    )
    op.create_table(
        "tour_printed_story",
        sa.Column("printed_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("in_full", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printed_id"], ["tour_printed.id"], name=op.f("fk_tour_printed_story_printed_id_tour_printed"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_tour_printed_story_story_id_story")),
        sa.PrimaryKeyConstraint("printed_id", "story_id", name=op.f("pk_tour_printed_story")),
    )
    op.create_index(op.f("ix_tour_printed_story_story_id"), "tour_printed_story", ["story_id"])


def downgrade() -> None:
    op.drop_table("tour_printed_story")
    op.drop_table("tour_printed")

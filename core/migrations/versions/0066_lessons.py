"""Lesson kits: what a class does along a walk."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0066"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson_kit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("maker", sa.String(length=26), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_lesson_kit_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name="fk_lesson_kit_tour_id_tour"),
        sa.PrimaryKeyConstraint("id", name="pk_lesson_kit"),
        sa.UniqueConstraint("key", name="uq_lesson_kit_key"),
        sa.UniqueConstraint("neighbourhood_id", "slug", name="uq_lesson_kit_neighbourhood_id_slug"),
    )
    op.create_index("ix_lesson_kit_maker", "lesson_kit", ["maker"])
    op.create_index("ix_lesson_kit_tour_id", "lesson_kit", ["tour_id"])
    op.create_index(
        "ix_lesson_kit_neighbourhood_id_file_maker", "lesson_kit", ["neighbourhood_id", "file", "maker"], unique=True
    )


def downgrade() -> None:
    op.drop_table("lesson_kit")

"""A pupil's story on its way, and of a story that a pupil told it."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0076"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_of_pupil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("guardian", sa.String(length=26), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("became", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name="fk_story_of_pupil_class_id_school_class"),
        sa.ForeignKeyConstraint(["work_id"], ["school_work.id"], name="fk_story_of_pupil_work_id_school_work"),
        sa.PrimaryKeyConstraint("id", name="pk_story_of_pupil"),
        sa.UniqueConstraint("key", name="uq_story_of_pupil_key"),
        sa.UniqueConstraint("work_id", name="uq_story_of_pupil_work_id"),
    )
    for column in ("became", "class_id", "guardian"):
        op.create_index(f"ix_story_of_pupil_{column}", "story_of_pupil", [column])
    op.add_column("story", sa.Column("pupil", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("story", "pupil")  # not in a batch: a new table would lose the triggers of the search
    op.drop_table("story_of_pupil")

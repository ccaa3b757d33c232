"""Who cares for a young teller, a story that rests for a while, and what shows a yes on paper or aloud."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story_telling", sa.Column("guardian", sa.String(length=26), nullable=True))
    op.add_column("story_telling", sa.Column("wish", sa.String(length=300), nullable=False, server_default=""))
    op.create_index(op.f("ix_story_telling_guardian"), "story_telling", ["guardian"])
    op.create_table(
        "story_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("version_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_pause_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_pause")),
    )
    op.create_index(op.f("ix_story_pause_story_id_until"), "story_pause", ["story_id", "until"])
    op.create_table(
        "story_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("version_hash", sa.String(length=64), nullable=False),
        sa.Column("as_what", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("sheet", sa.String(length=26), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_story_evidence_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_evidence")),
    )  # fmt: skip
    op.create_index(op.f("ix_story_evidence_contribution_id"), "story_evidence", ["contribution_id"])


def downgrade() -> None:
    """What rested is read again: nothing there knows a pause."""
    op.drop_table("story_evidence")
    op.drop_table("story_pause")
    op.drop_index(op.f("ix_story_telling_guardian"), table_name="story_telling")
    op.drop_column("story_telling", "wish")
    op.drop_column("story_telling", "guardian")

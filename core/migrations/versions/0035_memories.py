"""What neighbours know too of a story, and what they ask each other; a name that is not a player's."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

LEFT = "kind IN ('reaction', 'prompt')"  # what only this version knows


def upgrade() -> None:
    op.add_column("contribution", sa.Column("called", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("story", sa.Column("prompt", sa.String(length=26), nullable=False, server_default=""))
    op.create_index(op.f("ix_story_prompt"), "story", ["prompt"])
    op.create_table(
        "story_reaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_reaction_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_reaction")),
        sa.UniqueConstraint("key", name=op.f("uq_story_reaction_key")),
    )
    op.create_index(op.f("ix_story_reaction_story_id"), "story_reaction", ["story_id"])
    op.create_table(
        "story_prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=140), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_story_prompt_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_story_prompt_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_prompt")),
        sa.UniqueConstraint("key", name=op.f("uq_story_prompt_key")),
    )
    for column in ("neighbourhood_id", "spot_id"):
        op.create_index(op.f(f"ix_story_prompt_{column}"), "story_prompt", [column])


def downgrade() -> None:
    """What neighbours remembered and asked goes: nothing there knows it."""
    those = f"SELECT id FROM contribution WHERE {LEFT}"
    versions = f"SELECT id FROM contribution_version WHERE contribution_id IN ({those})"
    op.execute(f"DELETE FROM contribution_approval WHERE version_id IN ({versions})")
    op.execute(f"DELETE FROM contribution_version WHERE contribution_id IN ({those})")
    op.execute(f"DELETE FROM contribution WHERE {LEFT}")
    op.drop_table("story_prompt")
    op.drop_table("story_reaction")
    op.drop_index(op.f("ix_story_prompt"), table_name="story")
    op.drop_column("story", "prompt")
    op.drop_column("contribution", "called")

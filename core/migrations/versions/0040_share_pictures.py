"""The picture that other sites show beside a link to a story."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_card_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_card")),
        sa.UniqueConstraint("key", name=op.f("uq_story_card_key")),
        sa.UniqueConstraint("story_id", name=op.f("uq_story_card_story_id")),
    )


def downgrade() -> None:
    """Its bytes go: nothing there knows whose they are."""
    op.execute("UPDATE media SET let_go_at = CURRENT_TIMESTAMP WHERE owner = 'share picture' AND gone_at IS NULL")
    op.drop_table("story_card")

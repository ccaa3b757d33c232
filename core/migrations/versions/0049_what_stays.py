"""Who is erased can leave what they told under a receipt: how to undo that for a day, and what stays there for good."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("erasure", sa.Column("stays", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "contribution_handed_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_handed_over")),
        sa.UniqueConstraint("key", name=op.f("uq_contribution_handed_over_key")),
    )
    op.create_index(op.f("ix_contribution_handed_over_at"), "contribution_handed_over", ["at"])


def downgrade() -> None:
    op.drop_table("contribution_handed_over")
    op.drop_column("erasure", "stays")

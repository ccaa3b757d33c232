"""What was taken back, by key: a restored back-up gives it back to nobody."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contribution_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_taken_back")),
    )
    op.create_index(op.f("ix_contribution_taken_back_at"), "contribution_taken_back", ["at"])


def downgrade() -> None:
    op.drop_table("contribution_taken_back")

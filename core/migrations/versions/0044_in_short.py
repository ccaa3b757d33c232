"""A story can have a summary beside its words."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("in_short", sa.String(length=600), nullable=False, server_default=""))


def downgrade() -> None:
    """What was handed in keeps it."""
    op.drop_column("story", "in_short")

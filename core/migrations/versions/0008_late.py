"""What was handed in late; how often the sweep tried to remove a photo."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("encounter", sa.Column("taken_on", sa.Date(), nullable=True))
    op.add_column("photo", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("encounter", "taken_on")
    op.drop_column("photo", "tries")  # not in a batch: SQLite would drop and rebuild a table that others point to

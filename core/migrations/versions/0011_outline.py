"""The border of a neighbourhood and of its zones; a spot that was taken off the map."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("neighbourhood", sa.Column("border", sa.JSON(), nullable=True))
    op.add_column("zone", sa.Column("border", sa.JSON(), nullable=True))
    op.add_column("spot", sa.Column("removed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("spot", "removed_at")
    op.drop_column("zone", "border")
    op.drop_column("neighbourhood", "border")

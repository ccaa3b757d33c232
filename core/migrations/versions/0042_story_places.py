"""A story can lie at a point of its own, beside or without a place of the list."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("lat", sa.Double(), nullable=True))
    op.add_column("story", sa.Column("lon", sa.Double(), nullable=True))
    op.add_column("story", sa.Column("address", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    """What was handed in keeps its pin."""
    for column in ("address", "lon", "lat"):
        op.drop_column("story", column)

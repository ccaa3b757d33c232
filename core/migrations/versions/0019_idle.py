"""When a device of staff was last in use."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_session", sa.Column("used_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff_session", "used_at")

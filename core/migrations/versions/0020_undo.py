"""What an undo at the desk puts back; and who wrote a challenge's words last."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desk_decision", sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("challenge", sa.Column("changed_by", sa.String(length=26), nullable=True))


def downgrade() -> None:
    op.drop_column("challenge", "changed_by")
    op.drop_column("desk_decision", "before")

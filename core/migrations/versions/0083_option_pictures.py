"""A picture of an option, with what is seen in it."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("choice_option", sa.Column("picture", sa.String(length=26), nullable=True))
    op.add_column("choice_option", sa.Column("seen", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("choice_option", sa.Column("width", sa.Integer(), nullable=True))
    op.add_column("choice_option", sa.Column("height", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("height", "width", "seen", "picture"):  # not in a batch: others point at this table
        op.drop_column("choice_option", name)

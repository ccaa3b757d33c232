"""Which commit wrote last to what everybody reads."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )


def downgrade() -> None:
    op.drop_table("edition")

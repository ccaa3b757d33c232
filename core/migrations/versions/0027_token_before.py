"""A token that was renewed counts until the phone shows the new one."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("token_before", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_device_token_before"), "device", ["token_before"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_device_token_before"), table_name="device")
    op.drop_column("device", "token_before")

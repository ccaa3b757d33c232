"""Receipts of people without an account."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=26), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_receipt_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_receipt_code_hash")),
        sa.UniqueConstraint("key", name=op.f("uq_receipt_key")),
        sa.UniqueConstraint("subject", name=op.f("uq_receipt_subject")),
    )
    op.create_index(op.f("ix_receipt_neighbourhood_id"), "receipt", ["neighbourhood_id"])


def downgrade() -> None:
    op.drop_table("receipt")

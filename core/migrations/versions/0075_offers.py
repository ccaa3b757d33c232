"""Offers and wishes, and which two of them a host brought together."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0075"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("is_wish", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["neighbourhood.id"], name="fk_offer_neighbourhood_id_neighbourhood"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_offer_zone_id_zone"),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sa.UniqueConstraint("key", name="uq_offer_key"),
    )
    op.create_index("ix_offer_neighbourhood_id", "offer", ["neighbourhood_id"])
    op.create_table(
        "offer_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("offer", sa.String(length=26), nullable=False),
        sa.Column("wish", sa.String(length=26), nullable=False),
        sa.Column("offer_says", sa.Boolean(), nullable=True),
        sa.Column("wish_says", sa.Boolean(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_offer_match_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offer_match"),
        sa.UniqueConstraint("key", name="uq_offer_match_key"),
        sa.UniqueConstraint("offer", "wish", name="uq_offer_match_offer_wish"),
    )
    op.create_index("ix_offer_match_neighbourhood_id", "offer_match", ["neighbourhood_id"])
    op.create_index("ix_offer_match_wish", "offer_match", ["wish"])


def downgrade() -> None:
    for table in ("offer_match", "offer"):
        op.drop_table(table)

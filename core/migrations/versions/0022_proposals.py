"""Places that residents propose."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spot_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("street", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_spot_proposal_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_spot_proposal_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_proposal")),
        sa.UniqueConstraint("key", name=op.f("uq_spot_proposal_key")),
    )
    op.create_index(
        op.f("ix_spot_proposal_neighbourhood_id_state_sent_at"), "spot_proposal",
        ["neighbourhood_id", "state", "sent_at"], unique=False,
    )
    op.create_index(op.f("ix_spot_proposal_player"), "spot_proposal", ["player"], unique=False)
    op.create_index(op.f("ix_spot_proposal_spot_id"), "spot_proposal", ["spot_id"], unique=False)


def downgrade() -> None:
    op.drop_table("spot_proposal")

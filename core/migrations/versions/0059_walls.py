"""Screens in the house; and meetings are found by when they were confirmed."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0059"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_wall_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
        sa.UniqueConstraint("key", name=op.f("uq_wall_key")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_wall_code_hash")),
    )
    op.create_index(op.f("ix_wall_neighbourhood_id"), "wall", ["neighbourhood_id"])
    with op.batch_alter_table("encounter") as batch:
        batch.create_index(op.f("ix_encounter_neighbourhood_id_confirmed_at"), ["neighbourhood_id", "confirmed_at"])


def downgrade() -> None:
    with op.batch_alter_table("encounter") as batch:
        batch.drop_index(op.f("ix_encounter_neighbourhood_id_confirmed_at"))
    op.drop_table("wall")

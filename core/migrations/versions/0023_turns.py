"""Whose turn it is among the challenges: fixed when a day begins."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenge_day",
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_challenge_day_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_day_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("neighbourhood_id", name=op.f("pk_challenge_day")),
    )
    op.create_index(op.f("ix_challenge_day_challenge_id"), "challenge_day", ["challenge_id"], unique=False)


def downgrade() -> None:
    op.drop_table("challenge_day")

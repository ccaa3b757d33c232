"""What a team answers in the mirror."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0081"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mirror_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("factor", sa.String(length=12), nullable=False),
        sa.Column("does", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("to_do", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_mirror_answer_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mirror_answer"),
    )
    op.create_index(
        "ix_mirror_answer_neighbourhood_id_factor_at", "mirror_answer", ["neighbourhood_id", "factor", "at"]
    )
    op.create_index("ix_mirror_answer_by", "mirror_answer", ["by"])


def downgrade() -> None:
    op.drop_table("mirror_answer")

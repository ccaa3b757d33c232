"""How often walks are walked: what goes on for a day, and the sums of weeks."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tour_walking",
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("walk", sa.String(length=64), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("heard", sa.BigInteger(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tour_id"], ["tour.id"], name=op.f("fk_tour_walking_tour_id_tour"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tour_id", "walk", name=op.f("pk_tour_walking")),
    )
    op.create_index(op.f("ix_tour_walking_since"), "tour_walking", ["since"])
    op.create_table(
        "tour_walked",
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("finishes", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_tour_walked_tour_id_tour"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tour_id", "week", name=op.f("pk_tour_walked")),
    )


def downgrade() -> None:
    op.drop_table("tour_walked")
    op.drop_index(op.f("ix_tour_walking_since"), table_name="tour_walking")
    op.drop_table("tour_walking")

"""The picture that other sites show beside a link to a walk."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tour_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_tour_card_tour_id_tour"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_card")),
        sa.UniqueConstraint("key", name=op.f("uq_tour_card_key")),
        sa.UniqueConstraint("tour_id", name=op.f("uq_tour_card_tour_id")),
    )


def downgrade() -> None:
    """Its bytes go: nothing there knows whose they are."""
    ours = "SELECT key FROM tour_card"
    op.execute(f"UPDATE media SET let_go_at = CURRENT_TIMESTAMP WHERE gone_at IS NULL AND key IN ({ours})")
    op.drop_table("tour_card")

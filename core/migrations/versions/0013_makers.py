"""Challenges have makers, days and an end; one is chosen for a week."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEW = ("first_day", "last_day", "state", "retired_at", "maker", "named", "sent_at")


def upgrade() -> None:
    with op.batch_alter_table("challenge") as batch:
        batch.add_column(sa.Column("first_day", sa.Date(), nullable=True))
        batch.add_column(sa.Column("last_day", sa.Date(), nullable=True))
        batch.add_column(sa.Column("state", sa.String(length=10), nullable=False, server_default="shown"))
        batch.add_column(sa.Column("retired_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("maker", sa.String(length=26), nullable=True))
        batch.add_column(sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("sent_at", UtcDateTime(), nullable=True))
        batch.create_index(batch.f("ix_challenge_maker"), ["maker"], unique=False)
    op.create_table(
        "challenge_week",
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_challenge_week_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_week_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("neighbourhood_id", "week", name=op.f("pk_challenge_week")),
    )
    op.create_index(op.f("ix_challenge_week_challenge_id"), "challenge_week", ["challenge_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_challenge_week_challenge_id"), table_name="challenge_week")
    op.drop_table("challenge_week")
    op.drop_index(op.f("ix_challenge_maker"), table_name="challenge")
    for name in reversed(NEW):
        op.drop_column("challenge", name)

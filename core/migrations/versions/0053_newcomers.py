"""Who is known, who vouched, and the points that wait until then. Whoever is here already is known."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known",
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("player", name="pk_known"),
    )
    op.create_table(
        "vouch",
        sa.Column("newcomer", sa.String(length=26), nullable=False),
        sa.Column("voucher", sa.String(length=26), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("newcomer", "voucher", name="pk_vouch"),
    )
    op.create_index("ix_vouch_voucher_week", "vouch", ["voucher", "week"])
    op.create_table(
        "held_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name="fk_held_share_season_id_season"),
        sa.PrimaryKeyConstraint("id", name="pk_held_share"),
        sa.UniqueConstraint("meeting", "player", name="uq_held_share_meeting_player"),
    )
    op.create_index("ix_held_share_about", "held_share", ["about"])
    op.create_index("ix_held_share_season_id_player_week", "held_share", ["season_id", "player", "week"])
    op.execute(
        "INSERT INTO known (player, how, at) SELECT player_key.key, 'before', person.joined_at "
        "FROM player_key JOIN person ON person.id = player_key.person_id"
    )


def downgrade() -> None:
    op.drop_table("held_share")
    op.drop_table("vouch")
    op.drop_table("known")

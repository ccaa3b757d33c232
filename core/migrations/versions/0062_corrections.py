"""Corrections: what was taken away of a meeting or given back, which pairs stand then, and who asks for one."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0062"
down_revision = "0057"
branch_labels = None
depends_on = None
NEW = ("is_first_taken", "is_return_taken")


def upgrade() -> None:
    for name in NEW:
        op.add_column("pair", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=5), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_correction_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("key", name=op.f("uq_correction_key")),
        sa.UniqueConstraint("meeting", "number", name=op.f("uq_correction_meeting_number")),
    )
    op.create_index(op.f("ix_correction_season_id"), "correction", ["season_id"])
    op.create_table(
        "points_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("letters", sa.String(length=6), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_points_question_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_question")),
        sa.UniqueConstraint("key", name=op.f("uq_points_question_key")),
        sa.UniqueConstraint("meeting", "player", name=op.f("uq_points_question_meeting_player")),
    )
    for name in ("season_id", "player"):
        op.create_index(op.f(f"ix_points_question_{name}"), "points_question", [name])


def downgrade() -> None:
    op.drop_table("points_question")
    op.drop_table("correction")
    for name in NEW:
        op.drop_column("pair", name)

"""Visits, evidence, on-site questions and what two said at a talk card."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_site", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("picture", sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f("ix_challenge_spot_id"), ["spot_id"], unique=False)
    with op.batch_alter_table("yes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence", sa.String(length=60), nullable=False, server_default=""))
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_visit_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("player", "spot_id", "on", name=op.f("uq_visit_player_spot_id_on")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_spot_id"), ["spot_id"], unique=False)
    op.create_table(
        "talk_answer",
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("words", sa.String(length=280), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["encounter_id"], ["encounter.id"], name=op.f("fk_talk_answer_encounter_id_encounter")),
        sa.PrimaryKeyConstraint("encounter_id", "player", name=op.f("pk_talk_answer")),
    )


def downgrade() -> None:
    op.drop_table("talk_answer")
    op.drop_table("visit")
    with op.batch_alter_table("yes", schema=None) as batch_op:
        batch_op.drop_column("evidence")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_spot_id"))
        batch_op.drop_column("picture")
        batch_op.drop_column("on_site")

"""The desk: decisions, who was told, and reports."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("appealed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_desk_decision_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_decision")),
        sa.UniqueConstraint("key", name=op.f("uq_desk_decision_key")),
    )
    op.create_index(op.f("ix_desk_decision_kind_about"), "desk_decision", ["kind", "about"], unique=False)
    op.create_index(
        op.f("ix_desk_decision_neighbourhood_id_at"), "desk_decision", ["neighbourhood_id", "at"], unique=False
    )
    op.create_table(
        "desk_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_desk_report_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_report")),
    )
    op.create_index(op.f("ix_desk_report_kind_about"), "desk_report", ["kind", "about"], unique=False)
    op.create_index(op.f("ix_desk_report_neighbourhood_id"), "desk_report", ["neighbourhood_id"], unique=False)
    op.create_table(
        "desk_told",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["desk_decision.id"], name=op.f("fk_desk_told_decision_id_desk_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", "player", name=op.f("pk_desk_told")),
    )
    op.create_index(op.f("ix_desk_told_player"), "desk_told", ["player"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_desk_told_player"), table_name="desk_told")
    op.drop_table("desk_told")
    op.drop_index(op.f("ix_desk_report_neighbourhood_id"), table_name="desk_report")
    op.drop_index(op.f("ix_desk_report_kind_about"), table_name="desk_report")
    op.drop_table("desk_report")
    op.drop_index(op.f("ix_desk_decision_neighbourhood_id_at"), table_name="desk_decision")
    op.drop_index(op.f("ix_desk_decision_kind_about"), table_name="desk_decision")
    op.drop_table("desk_decision")

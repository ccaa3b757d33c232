"""Gatherings: where and when, where they were moved to, who was there, and what was said."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gathering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("begins_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("shown_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_gathering_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name="fk_gathering_spot_id_spot"),
        sa.PrimaryKeyConstraint("id", name="pk_gathering"),
        sa.UniqueConstraint("key", name="uq_gathering_key"),
    )
    for column in ("neighbourhood_id", "spot_id", "ends_at"):
        op.create_index(f"ix_gathering_{column}", "gathering", [column])
    op.create_table(
        "gathering_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gathering", sa.String(length=26), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name="fk_gathering_move_spot_id_spot"),
        sa.PrimaryKeyConstraint("id", name="pk_gathering_move"),
    )
    op.create_index("ix_gathering_move_gathering", "gathering_move", ["gathering"])
    op.create_table(
        "gathering_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gathering", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gathering_attendance"),
        sa.UniqueConstraint("gathering", "who", name="uq_gathering_attendance_gathering_who"),
    )
    op.create_index("ix_gathering_attendance_who", "gathering_attendance", ["who"])
    op.create_table(
        "gathering_others",
        sa.Column("gathering", sa.String(length=26), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gathering", name="pk_gathering_others"),
    )
    op.create_table(
        "gathering_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("gathering", sa.String(length=26), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gathering_report"),
        sa.UniqueConstraint("key", name="uq_gathering_report_key"),
    )
    op.create_index("ix_gathering_report_gathering", "gathering_report", ["gathering"])


def downgrade() -> None:
    for table in ("gathering_report", "gathering_others", "gathering_attendance", "gathering_move", "gathering"):
        op.drop_table(table)

"""Classes of one day: their crews, what they handed in, what was said to them; and that a class went."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0067"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("teacher", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("activity", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("paused_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_school_class_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_class")),
        sa.UniqueConstraint("key", name=op.f("uq_school_class_key")),
        sa.UniqueConstraint("code", name=op.f("uq_school_class_code")),
    )
    for column in ("neighbourhood_id", "teacher", "day"):
        op.create_index(op.f(f"ix_school_class_{column}"), "school_class", [column])
    op.create_table(
        "school_crew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("animal", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("help_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_school_crew_class_id_school_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_crew")),
        sa.UniqueConstraint("key", name=op.f("uq_school_crew_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_school_crew_token_hash")),
        sa.UniqueConstraint("class_id", "animal", name=op.f("uq_school_crew_class_id_animal")),
    )
    op.create_table(
        "school_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=80), nullable=False),
        sa.Column("twin", sa.String(length=40), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("media", sa.String(length=26), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("shown_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_school_work_class_id_school_class")),
        sa.ForeignKeyConstraint(["crew_id"], ["school_crew.id"], name=op.f("fk_school_work_crew_id_school_crew")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_work")),
        sa.UniqueConstraint("key", name=op.f("uq_school_work_key")),
        sa.UniqueConstraint("crew_id", "twin", name=op.f("uq_school_work_crew_id_twin")),
    )
    op.create_index(op.f("ix_school_work_class_id"), "school_work", ["class_id"])
    op.create_table(
        "school_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("says", sa.String(length=10), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_school_word_class_id_school_class")),
        sa.ForeignKeyConstraint(["crew_id"], ["school_crew.id"], name=op.f("fk_school_word_crew_id_school_crew")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_word")),
    )
    op.create_index(op.f("ix_school_word_class_id"), "school_word", ["class_id"])
    op.create_table(
        "school_class_gone",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_school_class_gone")),
    )
    op.create_index(op.f("ix_school_class_gone_at"), "school_class_gone", ["at"])


def downgrade() -> None:
    for table in ("school_class_gone", "school_word", "school_work", "school_crew", "school_class"):
        op.drop_table(table)

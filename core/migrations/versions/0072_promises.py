"""Promises: who does what by when, the days they were changed to, and who has to do with them."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0072"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("gathering", sa.String(length=26), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("to_whom", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("shown_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_promise_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sa.UniqueConstraint("key", name="uq_promise_key"),
    )
    op.create_index("ix_promise_neighbourhood_id", "promise", ["neighbourhood_id"])
    op.create_index("ix_promise_gathering", "promise", ["gathering"])
    op.create_table(
        "promise_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(length=26), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promise_day"),
    )
    op.create_index("ix_promise_day_promise", "promise_day", ["promise"])
    op.create_table(
        "promise_receiver",
        sa.Column("promise", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("promise", name="pk_promise_receiver"),
    )
    op.create_table(
        "promise_successor",
        sa.Column("promise", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("promise", name="pk_promise_successor"),
    )
    op.create_table(
        "promise_against",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promise_against"),
        sa.UniqueConstraint("promise", "who", name="uq_promise_against_promise_who"),
    )
    for table in ("promise_receiver", "promise_successor", "promise_against"):
        op.create_index(f"ix_{table}_who", table, ["who"])


def downgrade() -> None:
    for table in ("promise_against", "promise_successor", "promise_receiver", "promise_day", "promise"):
        op.drop_table(table)

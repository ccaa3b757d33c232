"""Households, blocks, hosts, witnesses and erasure."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("leaving_at", UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("yes") as batch_op:
        batch_op.add_column(sa.Column("household", sa.String(length=26), nullable=True))
    with op.batch_alter_table("photo") as batch_op:
        batch_op.add_column(sa.Column("bytes_stay_until", UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "household",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_household")),
    )
    op.create_table(
        "household_member",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("household_key", sa.String(length=26), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_household_member_person_id_person")),
        sa.ForeignKeyConstraint(
            ["household_key"], ["household.key"], name=op.f("fk_household_member_household_key_household")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_household_member")),
    )
    op.create_index(op.f("ix_household_member_household_key"), "household_member", ["household_key"])
    op.create_table(
        "household_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.String(length=6), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("declined_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_household_ask_asker_id_person")),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name=op.f("fk_household_ask_asked_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_ask")),
        sa.UniqueConstraint("key", name=op.f("uq_household_ask_key")),
        sa.UniqueConstraint("asker_id", "asked_id", name=op.f("uq_household_ask_asker_id_asked_id")),
    )
    op.create_index(op.f("ix_household_ask_asked_id"), "household_ask", ["asked_id"])
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("other", sa.String(length=26), nullable=False),
        sa.Column("by_letters", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("key", name=op.f("uq_block_key")),
        sa.UniqueConstraint("player", "other", name=op.f("uq_block_player_other")),
    )
    op.create_index(op.f("ix_block_other"), "block", ["other"])
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_host_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_host_person_id"), "host", ["person_id"])
    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["encounter_id"], ["encounter.id"], name=op.f("fk_witness_encounter_id_encounter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("encounter_id", "host", name=op.f("uq_witness_encounter_id_host")),
    )
    op.create_index(op.f("ix_witness_host"), "witness", ["host"])
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("player", name=op.f("uq_erasure_player")),
    )
    op.create_index(op.f("ix_erasure_due_at"), "erasure", ["due_at"])


def downgrade() -> None:
    for table in ("erasure", "witness", "host", "block", "household_ask", "household_member", "household"):
        op.drop_table(table)
    with op.batch_alter_table("photo") as batch_op:
        batch_op.drop_column("bytes_stay_until")
    with op.batch_alter_table("yes") as batch_op:
        batch_op.drop_column("household")
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("leaving_at")

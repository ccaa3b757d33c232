"""Player cards, e-mail links and what else belongs to signing in."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("lang", sa.String(length=8), nullable=True))
    op.create_table(
        "way_back",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_way_back_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_way_back")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_way_back_code_hash")),
    )
    op.create_table(
        "zone_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_zone_change_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_change")),
    )
    op.create_index(op.f("ix_zone_change_person_id"), "zone_change", ["person_id"])
    op.create_table(
        "email_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_email_address_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_email_address")),
    )
    op.create_index(op.f("ix_email_address_address"), "email_address", ["address"])
    op.create_table(
        "email_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_email_ask_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_email_ask_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_ask")),
    )
    op.create_index(op.f("ix_email_ask_person_id"), "email_ask", ["person_id"])
    op.create_index(op.f("ix_email_ask_due_at"), "email_ask", ["due_at"])
    op.create_table(
        "email_link",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("valid_until", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_email_link_person_id_person")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_email_link")),
    )
    op.create_index(op.f("ix_email_link_person_id"), "email_link", ["person_id"])
    op.create_index(op.f("ix_email_link_valid_until"), "email_link", ["valid_until"])


def downgrade() -> None:
    for table in ("email_link", "email_ask", "email_address", "zone_change", "way_back"):
        op.drop_table(table)
    op.drop_column("person", "lang")  # no batch: that makes the table anew, which rows that point at it forbid

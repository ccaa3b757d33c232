"""Challenges of which people say what they found out, and those that have hours."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None
NEW = (("answer", sa.String(length=10)), ("from_hour", sa.Integer()), ("until_hour", sa.Integer()))


def upgrade() -> None:
    for name, kind in NEW:
        op.add_column("challenge", sa.Column(name, kind, nullable=True))
    op.create_table(
        "challenge_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=True),
        sa.Column("said", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_finding_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_finding")),
        sa.UniqueConstraint("challenge_id", "who", name=op.f("uq_challenge_finding_challenge_id_who")),
    )
    op.create_index(op.f("ix_challenge_finding_who"), "challenge_finding", ["who"])
    op.create_table(
        "challenge_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_note_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_note")),
        sa.UniqueConstraint("key", name=op.f("uq_challenge_note_key")),
    )
    op.create_index(op.f("ix_challenge_note_challenge_id"), "challenge_note", ["challenge_id"])


def downgrade() -> None:
    op.drop_table("challenge_note")
    op.drop_table("challenge_finding")
    for name, _kind in reversed(NEW):
        op.drop_column("challenge", name)

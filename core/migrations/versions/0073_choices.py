"""Choices: options, who may vote, what was counted, what became of it, and reasons for and against."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0073"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("fixed", sa.Text(), nullable=False),
        sa.Column("undecided", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=6), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("counted_by", sa.String(length=26), nullable=True),
        sa.Column("counted_too", sa.String(length=26), nullable=True),
        sa.Column("emptied_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_choice_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_choice"),
        sa.UniqueConstraint("key", name="uq_choice_key"),
    )
    for column in ("neighbourhood_id", "by", "closes_at"):
        op.create_index(f"ix_choice_{column}", "choice", [column])
    op.create_table(
        "choice_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_option_choice_id_choice"),
        sa.PrimaryKeyConstraint("id", name="pk_choice_option"),
        sa.UniqueConstraint("choice_id", "number", name="uq_choice_option_choice_id_number"),
        sa.UniqueConstraint("key", name="uq_choice_option_key"),
    )
    op.create_table(
        "choice_count",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_count_choice_id_choice"),
        sa.ForeignKeyConstraint(["option_id"], ["choice_option.id"], name="fk_choice_count_option_id_choice_option"),
        sa.PrimaryKeyConstraint("option_id", name="pk_choice_count"),
    )
    op.create_index("ix_choice_count_choice_id", "choice_count", ["choice_id"])
    op.create_table(
        "choice_voter",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("voted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_voter_choice_id_choice"),
        sa.PrimaryKeyConstraint("choice_id", "who", name="pk_choice_voter"),
    )
    op.create_index("ix_choice_voter_who", "choice_voter", ["who"])
    op.create_table(
        "choice_vote",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_vote_choice_id_choice"),
        sa.ForeignKeyConstraint(["option_id"], ["choice_option.id"], name="fk_choice_vote_option_id_choice_option"),
        sa.PrimaryKeyConstraint("choice_id", "who", name="pk_choice_vote"),
    )
    op.create_index("ix_choice_vote_who", "choice_vote", ["who"])
    op.create_table(
        "choice_paper",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_paper_choice_id_choice"),
        sa.PrimaryKeyConstraint("choice_id", name="pk_choice_paper"),
    )
    op.create_index("ix_choice_paper_by", "choice_paper", ["by"])
    op.create_table(
        "choice_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_outcome_choice_id_choice"),
        sa.ForeignKeyConstraint(["option_id"], ["choice_option.id"], name="fk_choice_outcome_option_id_choice_option"),
        sa.PrimaryKeyConstraint("id", name="pk_choice_outcome"),
        sa.UniqueConstraint("choice_id", "number", name="uq_choice_outcome_choice_id_number"),
    )
    op.create_index("ix_choice_outcome_by", "choice_outcome", ["by"])
    op.create_table(
        "choice_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["choice_id"], ["choice.id"], name="fk_choice_reason_choice_id_choice"),
        sa.ForeignKeyConstraint(["option_id"], ["choice_option.id"], name="fk_choice_reason_option_id_choice_option"),
        sa.PrimaryKeyConstraint("id", name="pk_choice_reason"),
        sa.UniqueConstraint("key", name="uq_choice_reason_key"),
    )
    op.create_index("ix_choice_reason_choice_id", "choice_reason", ["choice_id"])


def downgrade() -> None:
    for table in (
        "choice_reason", "choice_outcome", "choice_paper", "choice_vote", "choice_voter", "choice_count",
        "choice_option", "choice",
    ):  # fmt: skip
        op.drop_table(table)

"""Teams, letters with a code, and the team in which somebody was at their yes."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0061"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["neighbourhood.id"], name="fk_team_neighbourhood_id_neighbourhood"),
        sa.PrimaryKeyConstraint("key", name="pk_team"),
    )
    op.create_index("ix_team_neighbourhood_id", "team", ["neighbourhood_id"])
    op.create_table(
        "team_member",
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("team_key", sa.String(length=26), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_key"], ["team.key"], name="fk_team_member_team_key_team"),
        sa.PrimaryKeyConstraint("player", name="pk_team_member"),
    )
    op.create_index("ix_team_member_team_key", "team_member", ["team_key"])
    op.create_table(
        "letter_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("team_key", sa.String(length=26), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_letter_sheet_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["team_key"], ["team.key"], name="fk_letter_sheet_team_key_team"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_sheet"),
        sa.UniqueConstraint("key", name="uq_letter_sheet_key"),
    )
    op.create_index("ix_letter_sheet_neighbourhood_id", "letter_sheet", ["neighbourhood_id"])
    op.create_table(
        "letter_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("joins", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["letter_sheet.id"], name="fk_letter_code_sheet_id_letter_sheet"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_code"),
        sa.UniqueConstraint("code_hash", name="uq_letter_code_code_hash"),
    )
    op.create_index("ix_letter_code_sheet_id", "letter_code", ["sheet_id"])
    op.add_column("yes", sa.Column("team", sa.String(length=26), nullable=True))


def downgrade() -> None:
    op.drop_column("yes", "team")
    for table in ("letter_code", "letter_sheet", "team_member", "team"):
        op.drop_table(table)

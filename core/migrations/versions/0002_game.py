"""Seasons, challenges, encounters and the ledger."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "season",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ruleset", sa.String(length=10), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_season_days")),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_season_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season")),
        sa.UniqueConstraint("neighbourhood_id", "starts_on", name=op.f("uq_season_neighbourhood_id_starts_on")),
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("icon", sa.String(length=30), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("faceless", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=True),
        sa.Column("spot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_challenge_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_challenge_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("neighbourhood_id", "key", name=op.f("uq_challenge_neighbourhood_id_key")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("meeting", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_ledger_entry_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("meeting", "player", "reason", name=op.f("uq_ledger_entry_meeting_player_reason")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_season_id_player", ["season_id", "player"], unique=False)
    op.create_table(
        "pair",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("low", sa.String(length=26), nullable=False),
        sa.Column("high", sa.String(length=26), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("low_zone_id", sa.Integer(), nullable=True),
        sa.Column("high_zone_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["high_zone_id"], ["zone.id"], name=op.f("fk_pair_high_zone_id_zone")),
        sa.ForeignKeyConstraint(["low_zone_id"], ["zone.id"], name=op.f("fk_pair_low_zone_id_zone")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_pair_season_id_season")),
        sa.PrimaryKeyConstraint("season_id", "low", "high", name=op.f("pk_pair")),
    )
    op.create_table(
        "total",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_total_season_id_season")),
        sa.PrimaryKeyConstraint("season_id", "player", name=op.f("pk_total")),
    )
    op.create_table(
        "encounter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=True),
        sa.Column("starter", sa.String(length=26), nullable=False),
        sa.Column("companion", sa.String(length=26), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("once", sa.String(length=90), nullable=True),
        sa.Column("client_key", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer_by", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("scores", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_encounter_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["encounter.id"], name=op.f("fk_encounter_merged_into_id_encounter")
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_encounter_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_encounter_season_id_season")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encounter")),
        sa.UniqueConstraint("key", name=op.f("uq_encounter_key")),
        sa.UniqueConstraint("once", name=op.f("uq_encounter_once")),
        sa.UniqueConstraint("starter", "client_key", name=op.f("uq_encounter_starter_client_key")),
    )
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_encounter_answer_by"), ["answer_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_encounter_companion"), ["companion"], unique=False)
        batch_op.create_index(batch_op.f("ix_encounter_starter"), ["starter"], unique=False)
    op.create_table(
        "encounter_code",
        sa.Column("letters", sa.String(length=6), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_encounter_code_encounter_id_encounter")
        ),
        sa.PrimaryKeyConstraint("letters", name=op.f("pk_encounter_code")),
    )
    with op.batch_alter_table("encounter_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_encounter_code_encounter_id"), ["encounter_id"], unique=False)
    op.create_table(
        "encounter_photo",
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounter.id"], name=op.f("fk_encounter_photo_encounter_id_encounter")
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_encounter_photo_photo_id_photo")),
        sa.PrimaryKeyConstraint("encounter_id", "photo_id", name=op.f("pk_encounter_photo")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_encounter_photo_photo_id")),
    )
    op.create_table(
        "yes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("encounter_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("is_on_this_phone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["encounter_id"], ["encounter.id"], name=op.f("fk_yes_encounter_id_encounter")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_yes_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yes")),
        sa.UniqueConstraint("encounter_id", "player", name=op.f("uq_yes_encounter_id_player")),
    )


def downgrade() -> None:
    op.drop_table("yes")
    op.drop_table("encounter_photo")
    with op.batch_alter_table("encounter_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounter_code_encounter_id"))
    op.drop_table("encounter_code")
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounter_starter"))
        batch_op.drop_index(batch_op.f("ix_encounter_companion"))
        batch_op.drop_index(batch_op.f("ix_encounter_answer_by"))
    op.drop_table("encounter")
    op.drop_table("total")
    op.drop_table("pair")
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entry_season_id_player")
    op.drop_table("ledger_entry")
    op.drop_table("challenge")
    op.drop_table("season")

"""Professionals, their hours, talk cards, what people learned, and questions."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0070"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment, key = UtcDateTime(timezone=True), sa.String(length=26)
    op.create_table(
        "professional",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("who", key, nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("appointed_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_professional_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_professional"),
        sa.UniqueConstraint("key", name="uq_professional_key"),
    )
    op.create_index("ix_professional_neighbourhood_id", "professional", ["neighbourhood_id"])
    op.create_index("ix_professional_who", "professional", ["who"])
    op.create_table(
        "dialogue_hour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("professional_id", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("begins", moment, nullable=False),
        sa.Column("ends", moment, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_dialogue_hour_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(
            ["professional_id"], ["professional.id"], name="fk_dialogue_hour_professional_id_professional"
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name="fk_dialogue_hour_spot_id_spot"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue_hour"),
        sa.UniqueConstraint("key", name="uq_dialogue_hour_key"),
    )
    op.create_index("ix_dialogue_hour_neighbourhood_id_ends", "dialogue_hour", ["neighbourhood_id", "ends"])
    op.create_index("ix_dialogue_hour_professional_id", "dialogue_hour", ["professional_id"])
    op.create_index("ix_dialogue_hour_spot_id", "dialogue_hour", ["spot_id"])
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("hour_id", sa.Integer(), nullable=False),
        sa.Column("professional_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("visible_at", moment, nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_question_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["hour_id"], ["dialogue_hour.id"], name="fk_question_hour_id_dialogue_hour"),
        sa.ForeignKeyConstraint(
            ["professional_id"], ["professional.id"], name="fk_question_professional_id_professional"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
        sa.UniqueConstraint("key", name="uq_question_key"),
    )
    for column in ("neighbourhood_id", "hour_id", "professional_id"):
        op.create_index(f"ix_question_{column}", "question", [column])
    op.create_table(
        "dialogue_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("hour_id", sa.Integer(), nullable=True),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("card", sa.String(length=20), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_dialogue_talk_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["hour_id"], ["dialogue_hour.id"], name="fk_dialogue_talk_hour_id_dialogue_hour"),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name="fk_dialogue_talk_spot_id_spot"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue_talk"),
        sa.UniqueConstraint("key", name="uq_dialogue_talk_key"),
    )
    for column in ("neighbourhood_id", "hour_id", "spot_id"):
        op.create_index(f"ix_dialogue_talk_{column}", "dialogue_talk", [column])
    op.create_table(
        "dialogue_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("who", key, nullable=False),
        sa.Column("as_what", sa.String(length=12), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("taken_back_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["talk_id"], ["dialogue_talk.id"], name="fk_dialogue_seat_talk_id_dialogue_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue_seat"),
        sa.UniqueConstraint("key", name="uq_dialogue_seat_key"),
        sa.UniqueConstraint("talk_id", "who", name="uq_dialogue_seat_talk_id_who"),
    )
    op.create_index("ix_dialogue_seat_who", "dialogue_seat", ["who"])
    op.create_table(
        "dialogue_insight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("by", key, nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("stands", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_dialogue_insight_neighbourhood_id_neighbourhood"
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["dialogue_talk.id"], name="fk_dialogue_insight_talk_id_dialogue_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue_insight"),
        sa.UniqueConstraint("key", name="uq_dialogue_insight_key"),
        sa.UniqueConstraint("talk_id", name="uq_dialogue_insight_talk_id"),
    )
    op.create_index(
        "ix_dialogue_insight_neighbourhood_id_written_at", "dialogue_insight", ["neighbourhood_id", "written_at"]
    )
    op.create_table(
        "dialogue_signature",
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["dialogue_insight.id"], name="fk_dialogue_signature_insight_id_dialogue_insight"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["dialogue_seat.id"], name="fk_dialogue_signature_seat_id_dialogue_seat"),
        sa.PrimaryKeyConstraint("insight_id", "seat_id", name="pk_dialogue_signature"),
    )
    op.create_index("ix_dialogue_signature_seat_id", "dialogue_signature", ["seat_id"])
    op.create_table(
        "dialogue_gone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue_gone"),
    )
    op.create_index("ix_dialogue_gone_at", "dialogue_gone", ["at"])


def downgrade() -> None:
    for table in ("dialogue_gone", "dialogue_signature", "dialogue_insight", "dialogue_seat", "dialogue_talk",
                  "question", "dialogue_hour", "professional"):  # fmt: skip
        op.drop_table(table)

"""Waves of the survey, how often each answer was given, and what a wave came to."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=6), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_survey_wave_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_survey_wave"),
        sa.UniqueConstraint("key", name="uq_survey_wave_key"),
    )
    is_open = sa.text("closed_on IS NULL")
    op.create_index(
        "uq_survey_wave_open", "survey_wave", ["neighbourhood_id"], unique=True, sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "survey_answer",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=12), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_answer_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("wave_id", "item", "value", name="pk_survey_answer"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_sent",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("twin", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_sent_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("wave_id", "twin", name="pk_survey_sent"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_outcome",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=12), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_outcome_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("wave_id", "item", name="pk_survey_outcome"),
    )


def downgrade() -> None:
    for table in ("survey_outcome", "survey_sent", "survey_answer", "survey_wave"):
        op.drop_table(table)

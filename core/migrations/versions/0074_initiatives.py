"""How ideas came in and which go on in another; initiatives, who takes part, and what they need."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0074"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("idea") as idea:
        idea.add_column(sa.Column("channel", sa.String(length=8), nullable=False, server_default="phone"))
    with op.batch_alter_table("idea") as idea:
        idea.alter_column("channel", existing_type=sa.String(length=8), server_default=None)
    op.create_table(
        "idea_merged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=26), nullable=False),
        sa.Column("into", sa.String(length=26), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idea_merged"),
        sa.UniqueConstraint("idea", name="uq_idea_merged_idea"),
    )
    op.create_index("ix_idea_merged_into", "idea_merged", ["into"])
    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=26), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_words", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("changed_by", sa.String(length=26), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_initiative_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_initiative"),
        sa.UniqueConstraint("key", name="uq_initiative_key"),
        sa.UniqueConstraint("idea", name="uq_initiative_idea"),
    )
    op.create_index("ix_initiative_neighbourhood_id", "initiative", ["neighbourhood_id"])
    op.create_table(
        "initiative_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("would_lead", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_initiative_person_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_initiative_person"),
        sa.UniqueConstraint("key", name="uq_initiative_person_key"),
        sa.UniqueConstraint("initiative_id", "who", name="uq_initiative_person_initiative_id_who"),
    )
    op.create_index("ix_initiative_person_who", "initiative_person", ["who"])
    op.create_table(
        "initiative_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name="fk_initiative_need_initiative_id_initiative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_initiative_need"),
        sa.UniqueConstraint("key", name="uq_initiative_need_key"),
    )
    op.create_index("ix_initiative_need_initiative_id", "initiative_need", ["initiative_id"])
    op.create_table(
        "initiative_taker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["initiative_need.id"], name="fk_initiative_taker_need_id_initiative_need"),
        sa.PrimaryKeyConstraint("id", name="pk_initiative_taker"),
        sa.UniqueConstraint("need_id", "who", name="uq_initiative_taker_need_id_who"),
    )
    op.create_index("ix_initiative_taker_who", "initiative_taker", ["who"])


def downgrade() -> None:
    for table in ("initiative_taker", "initiative_need", "initiative_person", "initiative", "idea_merged"):
        op.drop_table(table)
    with op.batch_alter_table("idea") as idea:
        idea.drop_column("channel")

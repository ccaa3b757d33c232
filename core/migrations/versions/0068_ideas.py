"""Steps, ideas, and who signs them too."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0068"
down_revision = "0064b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("as_what", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("kind", "about", "number", name="uq_step_kind_about_number"),
    )
    op.create_index("ix_step_by", "step", ["by"])
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=True),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("visible_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["neighbourhood.id"], name="fk_idea_neighbourhood_id_neighbourhood"),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name="fk_idea_spot_id_spot"),
        sa.PrimaryKeyConstraint("id", name="pk_idea"),
        sa.UniqueConstraint("key", name="uq_idea_key"),
    )
    op.create_index("ix_idea_neighbourhood_id", "idea", ["neighbourhood_id"])
    op.create_index("ix_idea_spot_id", "idea", ["spot_id"])
    op.create_table(
        "idea_cosign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=26), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idea_cosign"),
        sa.UniqueConstraint("idea", "who", name="uq_idea_cosign_idea_who"),
    )
    op.create_index("ix_idea_cosign_who", "idea_cosign", ["who"])


def downgrade() -> None:
    for table in ("idea_cosign", "idea", "step"):
        op.drop_table(table)

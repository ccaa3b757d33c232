"""Walks strung from stories, their stops, and what tellers refused."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_loop", sa.Boolean(), nullable=False),
        sa.Column("order", sa.String(length=14), nullable=False),
        sa.Column("profile", sa.String(length=10), nullable=False),
        sa.Column("maker", sa.String(length=26), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=60), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("legs", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("past", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_tour_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour")),
        sa.UniqueConstraint("neighbourhood_id", "key", name=op.f("uq_tour_neighbourhood_id_key")),
    )
    for column in ("maker", "due_at"):
        op.create_index(op.f(f"ix_tour_{column}"), "tour", [column])
    op.create_table(
        "tour_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("bridge", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("leg", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_tour_stop_tour_id_tour"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_tour_stop_spot_id_spot")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_tour_stop_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_stop")),
    )
    for column in ("tour_id", "spot_id", "story_id"):
        op.create_index(op.f(f"ix_tour_stop_{column}"), "tour_stop", [column])
    op.create_table(
        "tour_refused",
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tour_id"], ["tour.id"], name=op.f("fk_tour_refused_tour_id_tour"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_tour_refused_story_id_story")),
        sa.PrimaryKeyConstraint("tour_id", "story_id", name=op.f("pk_tour_refused")),
    )
    op.create_index(op.f("ix_tour_refused_story_id"), "tour_refused", ["story_id"])


def downgrade() -> None:
    """Walks go, and with them what tellers said of them: nothing there knows either."""
    op.drop_table("tour_refused")
    op.drop_table("tour_stop")
    op.drop_table("tour")

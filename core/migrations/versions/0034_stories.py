"""Stories, who tells them, and their pictures."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("story",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("key", sa.String(length=26), nullable=False),
    sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
    sa.Column("contribution_id", sa.Integer(), nullable=True),
    sa.Column("spot_id", sa.Integer(), nullable=True),
    sa.Column("title", sa.String(length=80), nullable=False),
    sa.Column("words", sa.Text(), nullable=False),
    sa.Column("language", sa.String(length=8), nullable=False),
    sa.Column("called", sa.String(length=60), nullable=False),
    sa.Column("theme", sa.String(length=20), nullable=False),
    sa.Column("warning", sa.String(length=120), nullable=False),
    sa.Column("when", sa.String(length=80), nullable=False),
    sa.Column("edtf", sa.String(length=30), nullable=True),
    sa.Column("first_year", sa.Integer(), nullable=True),
    sa.Column("sound_key", sa.String(length=26), nullable=True),
    sa.Column("milliseconds", sa.Integer(), nullable=True),
    sa.Column("cues", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("found", sa.Text(), nullable=False),
    sa.Column("version_hash", sa.String(length=64), nullable=False),
    sa.Column("published_at", UtcDateTime(), nullable=False),
    sa.Column("hidden_at", UtcDateTime(), nullable=True),
    sa.Column("gone_at", UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_story_contribution_id_contribution"), ondelete="SET NULL"),
    sa.ForeignKeyConstraint(["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_story_neighbourhood_id_neighbourhood")),
    sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_story_spot_id_spot")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    sa.UniqueConstraint("contribution_id", name=op.f("uq_story_contribution_id")),
    sa.UniqueConstraint("key", name=op.f("uq_story_key"))
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_neighbourhood_id_first_year"), ["neighbourhood_id", "first_year"], unique=False)
        batch_op.create_index(batch_op.f("ix_story_spot_id"), ["spot_id"], unique=False)

    op.create_table("story_telling",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("contribution_id", sa.Integer(), nullable=False),
    sa.Column("called", sa.String(length=60), nullable=False),
    sa.Column("way", sa.String(length=10), nullable=False),
    sa.Column("helper", sa.String(length=26), nullable=True),
    sa.Column("note", sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_story_telling_contribution_id_contribution"), ondelete="CASCADE"),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_story_telling")),
    sa.UniqueConstraint("contribution_id", name=op.f("uq_story_telling_contribution_id"))
    )
    op.create_table("story_picture",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("story_id", sa.Integer(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("key", sa.String(length=26), nullable=False),
    sa.Column("role", sa.String(length=10), nullable=False),
    sa.Column("about", sa.String(length=200), nullable=False),
    sa.Column("when", sa.String(length=80), nullable=False),
    sa.Column("credit", sa.String(length=120), nullable=False),
    sa.Column("width", sa.Integer(), nullable=False),
    sa.Column("height", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_picture_story_id_story")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_story_picture")),
    sa.UniqueConstraint("key", name=op.f("uq_story_picture_key"))
    )
    with op.batch_alter_table("story_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_picture_story_id"), ["story_id"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("story_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_picture_story_id"))

    op.drop_table("story_picture")
    op.drop_table("story_telling")
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_spot_id"))
        batch_op.drop_index(batch_op.f("ix_story_neighbourhood_id_first_year"))

    op.drop_table("story")

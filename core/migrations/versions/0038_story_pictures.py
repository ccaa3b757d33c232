"""Of a picture of a story: when it was made, what may be done with it, and who stands in it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those that are shown nobody said who stands in them: they wait until their teller does."""
    op.execute("DELETE FROM story_picture")
    op.add_column("story_picture", sa.Column("edtf", sa.String(length=30), nullable=True))
    op.add_column("story_picture", sa.Column("rights", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("story_picture", sa.Column("people", sa.String(length=14), nullable=False, server_default=""))


def downgrade() -> None:
    for column in ("people", "rights", "edtf"):
        op.drop_column("story_picture", column)

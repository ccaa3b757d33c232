"""A walk remembers which file it was made of, so that the same file becomes one walk."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None
INDEX = "ix_tour_neighbourhood_id_file"


def upgrade() -> None:
    op.add_column("tour", sa.Column("file", sa.String(length=64), nullable=True))
    op.create_index(INDEX, "tour", ["neighbourhood_id", "file"], unique=True)


def downgrade() -> None:
    op.drop_index(INDEX, "tour")
    op.drop_column("tour", "file")

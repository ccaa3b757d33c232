"""A list of thousands of stories: which yes stands is read from an index alone, and the newest need no sorting."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_consent_standing",
        "consent",
        ["kind", "thing", "use", "until"],
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index(op.f("ix_story_neighbourhood_id_published_at"), "story", ["neighbourhood_id", "published_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_story_neighbourhood_id_published_at"), table_name="story")
    op.drop_index("ix_consent_standing", table_name="consent")

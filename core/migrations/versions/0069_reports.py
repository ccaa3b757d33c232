"""Reports that became one with a meeting are found by it: without that, taking meetings away reads all of them."""

from alembic import op

revision = "0069"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_encounter_merged_into_id", "encounter", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index("ix_encounter_merged_into_id", "encounter")

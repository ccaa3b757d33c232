"""A report points at the decision that answered it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ANSWERED = """
UPDATE desk_report SET decision_id = (
    SELECT max(desk_decision.id) FROM desk_decision
    WHERE desk_decision.kind = desk_report.kind AND desk_decision.about = desk_report.about
        AND desk_decision.at = desk_report.closed_at
)
"""


def upgrade() -> None:
    with op.batch_alter_table("desk_report") as batch:
        batch.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_desk_report_decision_id_desk_decision"), "desk_decision", ["decision_id"], ["id"]
        )
        batch.create_index(batch.f("ix_desk_report_decision_id"), ["decision_id"], unique=False)
    op.execute(ANSWERED)


def downgrade() -> None:
    with op.batch_alter_table("desk_report") as batch:
        batch.drop_index(batch.f("ix_desk_report_decision_id"))
        batch.drop_constraint(batch.f("fk_desk_report_decision_id_desk_decision"), type_="foreignkey")
        batch.drop_column("decision_id")

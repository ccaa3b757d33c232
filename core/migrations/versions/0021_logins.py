"""Names to sign in with are those of a neighbourhood: none learns which names exist in another."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FROM_PERSON = """
UPDATE staff_account
SET neighbourhood_id = (SELECT neighbourhood_id FROM person WHERE person.id = staff_account.person_id)
"""
# on the way back a name serves once on the machine: who has it in another neighbourhood gets a number behind it
ONCE = """
UPDATE staff_account SET login = substr(login, 1, 48) || '-' || id
WHERE EXISTS (SELECT 1 FROM staff_account other WHERE other.login = staff_account.login AND other.id < staff_account.id)
"""


def upgrade() -> None:
    op.add_column("staff_account", sa.Column("neighbourhood_id", sa.Integer(), nullable=True))
    op.execute(FROM_PERSON)
    with op.batch_alter_table("staff_account") as batch:
        batch.alter_column("neighbourhood_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            batch.f("fk_staff_account_neighbourhood_id_neighbourhood"), "neighbourhood", ["neighbourhood_id"], ["id"]
        )
        batch.drop_constraint("uq_staff_account_login", type_="unique")
        batch.create_unique_constraint(batch.f("uq_staff_account_neighbourhood_id_login"), ["neighbourhood_id", "login"])


def downgrade() -> None:
    op.execute(ONCE)
    with op.batch_alter_table("staff_account") as batch:
        batch.drop_constraint("uq_staff_account_neighbourhood_id_login", type_="unique")
        batch.create_unique_constraint(batch.f("uq_staff_account_login"), ["login"])
        batch.drop_constraint("fk_staff_account_neighbourhood_id_neighbourhood", type_="foreignkey")
        batch.drop_column("neighbourhood_id")

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
LONGEST = 60  # of a name to sign in with


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
    _let_each_name_serve_once()
    with op.batch_alter_table("staff_account") as batch:
        batch.drop_constraint("uq_staff_account_neighbourhood_id_login", type_="unique")
        batch.create_unique_constraint(batch.f("uq_staff_account_login"), ["login"])
        batch.drop_constraint("fk_staff_account_neighbourhood_id_neighbourhood", type_="foreignkey")
        batch.drop_column("neighbourhood_id")


def _let_each_name_serve_once() -> None:
    """On the machine: who has it in another neighbourhood gets a number behind it, one that nobody signs in with."""
    accounts = sa.table("staff_account", sa.column("id", sa.Integer), sa.column("login", sa.String))
    there = op.get_bind().execute(sa.select(accounts.c.id, accounts.c.login).order_by(accounts.c.id)).all()
    taken, first = {login for _id, login in there}, set()
    for account, login in there:
        if login not in first:
            first.add(login)
            continue
        ends = (f"-{number}" for number in range(account, account + len(taken) + 1))
        free = next(name for end in ends if (name := login[: LONGEST - len(end)] + end) not in taken)
        taken.add(free)
        op.execute(sa.update(accounts).where(accounts.c.id == account).values(login=free))

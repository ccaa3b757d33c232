"""What fits the challenge of the week, how much one can have in a week, and where the rest goes."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None
ONE = ["meeting", "player", "reason"]
SUMS = (
    "INSERT INTO total (season_id, player{week}, points{given}) SELECT season_id, player{week}, sum(points){sums} "
    "FROM ledger_entry WHERE purse = 'own' GROUP BY season_id, player{week}"
)
NEW_CARD = "UPDATE season SET ruleset = 'six' WHERE id NOT IN (SELECT season_id FROM ledger_entry)"


def upgrade() -> None:
    op.add_column("encounter", sa.Column("fits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("ledger_entry", sa.Column("purse", sa.String(length=10), nullable=False, server_default="own"))
    _unique(ONE, [*ONE, "purse"])
    op.drop_table("total")
    _totals(sa.Column("week", sa.Date(), nullable=False), sa.Column("given", sa.Integer(), nullable=False))
    op.execute(SUMS.format(week=", week", given=", given", sums=", sum(points)"))
    op.execute(NEW_CARD)  # whoever met in a season plays on by the card that it began with


def downgrade() -> None:
    op.execute("UPDATE season SET ruleset = '2026'")
    op.drop_table("total")
    _totals()
    op.execute(SUMS.format(week="", given="", sums=""))
    op.execute("DELETE FROM ledger_entry WHERE purse <> 'own'")
    _unique([*ONE, "purse"], ONE)
    op.drop_column("ledger_entry", "purse")
    op.drop_column("encounter", "fits")


def _unique(old: list[str], new: list[str]) -> None:
    with op.batch_alter_table("ledger_entry") as batch:
        batch.drop_constraint(f"uq_ledger_entry_{'_'.join(old)}", type_="unique")
        batch.create_unique_constraint(f"uq_ledger_entry_{'_'.join(new)}", new)


def _totals(*more: sa.Column) -> None:
    week = [column.name for column in more if column.name == "week"]
    op.create_table(
        "total",
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        *more,
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name="fk_total_season_id_season"),
        sa.PrimaryKeyConstraint("season_id", "player", *week, name="pk_total"),
    )

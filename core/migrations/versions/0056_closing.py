"""When a season was closed, copies of photos that are one's own, and vouches that count within a season."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0066"
branch_labels = None
depends_on = None

WEEK = sa.text(  # of each vouch the season in which the two met: the last that had begun by the end of that week
    "SELECT vouch.newcomer, vouch.voucher, vouch.week, season.id AS season, season.starts_on AS first FROM vouch "
    "JOIN pair ON pair.low = CASE WHEN vouch.newcomer < vouch.voucher THEN vouch.newcomer ELSE vouch.voucher END "
    "AND pair.high = CASE WHEN vouch.newcomer < vouch.voucher THEN vouch.voucher ELSE vouch.newcomer END "
    "JOIN season ON season.id = pair.season_id ORDER BY season.starts_on"
).columns(week=sa.Date(), first=sa.Date())


def upgrade() -> None:
    op.add_column("season", sa.Column("closed_on", sa.Date(), nullable=True))
    with op.batch_alter_table("photo") as photo:
        photo.add_column(sa.Column("stays", sa.Boolean(), server_default=sa.false(), nullable=False))
        photo.add_column(sa.Column("copy_of_id", sa.Integer(), nullable=True))
        photo.create_foreign_key(op.f("fk_photo_copy_of_id_photo"), "photo", ["copy_of_id"], ["id"])
        photo.create_unique_constraint(op.f("uq_photo_copy_of_id_maker"), ["copy_of_id", "maker"])
    with op.batch_alter_table("photo") as photo:
        photo.alter_column("stays", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    _vouches(of_a_season=True)


def downgrade() -> None:
    _vouches(of_a_season=False)
    with op.batch_alter_table("photo") as photo:
        photo.drop_constraint(op.f("uq_photo_copy_of_id_maker"), type_="unique")
        photo.drop_constraint(op.f("fk_photo_copy_of_id_photo"), type_="foreignkey")
        photo.drop_column("copy_of_id")
        photo.drop_column("stays")
    op.drop_column("season", "closed_on")


def _vouches(of_a_season: bool) -> None:
    """A table with other keys is made anew: who vouched for somebody in two seasons did so once, the first time."""
    names = ["season_id", "newcomer", "voucher", "week"] if of_a_season else ["newcomer", "voucher", "week"]
    rows = _of_their_season() if of_a_season else _once()
    op.drop_table("vouch")
    of_season = (
        [
            sa.Column("season_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_vouch_season_id_season")),
        ]
        if of_a_season
        else []
    )
    vouch = op.create_table(
        "vouch",
        *of_season,
        sa.Column("newcomer", sa.String(length=26), nullable=False),
        sa.Column("voucher", sa.String(length=26), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(*names[:-1], name=op.f("pk_vouch")),
    )
    op.create_index("ix_vouch_voucher_week", "vouch", ["voucher", "week"])
    op.bulk_insert(vouch, [dict(zip(names, row, strict=True)) for row in rows])


def _of_their_season() -> list[tuple[object, ...]]:
    found = {}
    for row in op.get_bind().execute(WEEK):
        if not found.get((row.newcomer, row.voucher)) or (row.first - row.week).days <= 6:
            found[row.newcomer, row.voucher] = (row.season, row.newcomer, row.voucher, row.week)
    return list(found.values())


def _once() -> list[tuple[object, ...]]:
    week = sa.text("SELECT newcomer, voucher, min(week) AS week FROM vouch GROUP BY newcomer, voucher")
    return [tuple(row) for row in op.get_bind().execute(week.columns(week=sa.Date()))]

"""Plates, borders, hours and facts of spots."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("spot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("border", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("hours", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_index(batch_op.f("ix_spot_lat_lon"), ["lat", "lon"], unique=False)
    op.create_table(
        "plate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("letters", sa.String(length=6), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_plate_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plate")),
        sa.UniqueConstraint("key", name=op.f("uq_plate_key")),
        sa.UniqueConstraint("letters", name=op.f("uq_plate_letters")),
    )
    with op.batch_alter_table("plate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plate_spot_id"), ["spot_id"], unique=False)
    op.create_table(
        "plate_key",
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_plate_key_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("neighbourhood_id", "version", name=op.f("pk_plate_key")),
    )
    op.create_table(
        "plate_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.String(length=6), nullable=False),
        sa.Column("wrong", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_plate_report_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plate_report")),
        sa.UniqueConstraint(
            "spot_id", "letters", "wrong", "on", name=op.f("uq_plate_report_spot_id_letters_wrong_on")
        ),
    )


def downgrade() -> None:
    op.drop_table("plate_report")
    op.drop_table("plate_key")
    op.drop_table("plate")
    with op.batch_alter_table("spot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spot_lat_lon"))
    for name in ("facts", "hours", "border"):  # not in a batch: a table that others point at cannot be made anew
        op.drop_column("spot", name)

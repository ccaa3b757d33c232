"""Themes of challenges, and the zone that a challenge is in."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEW = {"theme_id": "challenge_theme", "zone_id": "zone"}


def upgrade() -> None:
    op.create_table(
        "challenge_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_challenge_theme_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_theme")),
        sa.UniqueConstraint("neighbourhood_id", "key", name=op.f("uq_challenge_theme_neighbourhood_id_key")),
    )
    for name, other in NEW.items():  # in one statement: a batch makes the table anew, which encounters forbid
        points_at = f"CONSTRAINT fk_challenge_{name}_{other} REFERENCES {other} (id)"
        op.execute(f"ALTER TABLE challenge ADD COLUMN {name} INTEGER {points_at}")
        op.create_index(op.f(f"ix_challenge_{name}"), "challenge", [name], unique=False)


def downgrade() -> None:
    for name in NEW:
        op.drop_index(op.f(f"ix_challenge_{name}"), table_name="challenge")
        op.drop_column("challenge", name)
    op.drop_table("challenge_theme")

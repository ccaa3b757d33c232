"""Which ask a decision answers is a number, and no moments are compared; who is told goes by any key.

The way back needs nothing of it: the moments are still there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ANSWERED = (  # what a decision of before answered: the last ask there was by then
    "UPDATE challenge SET asks = 1 WHERE sent_at IS NOT NULL",
    """
    UPDATE desk_decision SET ask = 1 WHERE kind = 'challenge' AND EXISTS (
        SELECT 1 FROM challenge WHERE challenge.sent_at <= desk_decision.at
            AND desk_decision.about = CAST(challenge.neighbourhood_id AS VARCHAR(11)) || '-' || challenge.key
    )
    """,
    """
    UPDATE desk_decision SET ask = 1 WHERE kind = 'place' AND EXISTS (
        SELECT 1 FROM spot_proposal
        WHERE spot_proposal.key = desk_decision.about AND spot_proposal.sent_at <= desk_decision.at
    )
    """,
    """
    UPDATE desk_decision SET ask = COALESCE((
        SELECT MAX(photo_consent.id) FROM photo_consent JOIN photo ON photo.id = photo_consent.photo_id
        WHERE photo.key = desk_decision.about AND photo_consent.scope != 'own album'
            AND photo_consent.given_at <= desk_decision.at
    ), 0) WHERE kind = 'photo'
    """,
    """
    UPDATE desk_decision SET ask = COALESCE((
        SELECT MAX(seen.id) FROM signal JOIN signal AS seen
            ON seen.season_id = signal.season_id AND seen.player = signal.player
        WHERE signal.key = desk_decision.about AND seen.found_at <= desk_decision.at
    ), 0) WHERE kind = 'look'
    """,
)


def upgrade() -> None:
    op.add_column("desk_decision", sa.Column("ask", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("spot_proposal", sa.Column("asks", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("challenge", sa.Column("asks", sa.Integer(), nullable=False, server_default="0"))
    for statement in ANSWERED:
        op.execute(statement)
    _call("player", "who")


def downgrade() -> None:
    _call("who", "player")
    op.drop_column("challenge", "asks")
    op.drop_column("spot_proposal", "asks")
    op.drop_column("desk_decision", "ask")


def _call(old: str, new: str) -> None:
    op.drop_index(f"ix_desk_told_{old}", table_name="desk_told")
    op.execute(f"ALTER TABLE desk_told RENAME COLUMN {old} TO {new}")
    op.create_index(f"ix_desk_told_{new}", "desk_told", [new], unique=False)

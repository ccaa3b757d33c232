"""What a photo was before an editor made part of it unrecognisable."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """To be filled."""


def downgrade() -> None:
    """To be filled."""

"""Signals that ask for a look."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """To be filled."""


def downgrade() -> None:
    """To be filled."""

"""Hosts are staff; the languages of a neighbourhood."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """To be filled."""


def downgrade() -> None:
    """To be filled."""

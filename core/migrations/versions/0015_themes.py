"""Themes of challenges."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """To be filled."""


def downgrade() -> None:
    """To be filled."""

"""What other slices add to home."""

from collections.abc import Callable

from markupsafe import Markup

from core.registry import Registry

PANELS: Registry[Callable[[], str | None]] = Registry("panels of home")
"""Each draws a piece of the page; None draws nothing."""


def drawn() -> list[Markup]:
    """The panels of home, drawn, in order."""
    return [Markup(piece) for draw in PANELS.all() if (piece := draw())]  # nosec: from our own templates

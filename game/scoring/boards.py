"""What stands under the wall on the page of the thermometer: a part adds a board of its own."""

from collections.abc import Callable

from markupsafe import Markup

from core.registry import Registry
from game.seasons.models import Season

BOARDS: Registry[Callable[[Season], str | None]] = Registry("boards of a season")
"""Each draws a piece of the page, of the season that it shows; None draws nothing."""


def drawn(season: Season) -> list[Markup]:
    """The boards of a season, drawn, in order."""
    return [Markup(piece) for draw in BOARDS.all() if (piece := draw(season))]  # nosec: from our own templates

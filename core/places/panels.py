"""What other slices put on a spot's page."""

from collections.abc import Callable

from markupsafe import Markup

from core.places.models import Spot
from core.registry import Registry

PANELS: Registry[Callable[[Spot, str | None], str | None]] = Registry("panels of a spot")
"""Each draws a piece of the page, of the spot and the code of the plate that led there if one did; None draws nothing.
A form in it carries that code on as the hidden field `plate`."""


def drawn(spot: Spot, plate: str | None) -> list[Markup]:
    """The panels of a spot, drawn, in order."""
    return [Markup(piece) for draw in PANELS.all() if (piece := draw(spot, plate))]  # nosec: our own templates

"""What other slices put on a spot's page: a registry of panels."""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup

from core.places.models import Spot

Draw = Callable[[Spot, str | None], str | None]


def add(app: Flask, order: int, draw: Draw) -> None:
    """Put a panel on every spot's page. `draw` gets the spot, and the code of the plate that led there if one did;
    None draws nothing. A form in it carries that code on as the hidden field `plate`."""
    app.extensions.setdefault("spot panels", []).append((order, draw))


def drawn(spot: Spot, plate: str | None) -> list[Markup]:
    """The panels of a spot, drawn, in order."""
    panels = sorted(current_app.extensions.get("spot panels", []), key=lambda panel: panel[0])
    return [Markup(piece) for _order, draw in panels if (piece := draw(spot, plate))]  # nosec: our own templates

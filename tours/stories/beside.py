"""What other slices put on a teller's own page of a story."""

from collections.abc import Callable

from markupsafe import Markup

from core.contributions.models import Contribution
from core.registry import Registry

BESIDE: Registry[Callable[[Contribution], str | None]] = Registry("what stands on a teller's page")
"""Each draws a piece of the page, of what was handed in; None draws nothing."""


def drawn(one: Contribution) -> list[Markup]:
    """The pieces, drawn, in order."""
    return [Markup(piece) for draw in BESIDE.all() if (piece := draw(one))]  # nosec: our own templates

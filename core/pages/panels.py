"""What other slices add to home and to every page: a registry of panels, and one of what waits for you."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, g
from markupsafe import Markup

from core.people.models import Person


@dataclass(frozen=True)
class Panel:
    """A piece of the home page: where it comes, and how it is drawn."""

    order: int
    draw: Callable[[], str | None]


def add(app: Flask, panel: Panel) -> None:
    """Put a panel on home."""
    app.extensions.setdefault("panels", []).append(panel)


def wait_for(app: Flask, count: Callable[[Person], int]) -> None:
    """Add something that may wait for a person's answer: shown as a strip on every page."""
    app.extensions.setdefault("waiting", []).append(count)


def drawn() -> list[Markup]:
    """The panels of home, drawn, in order."""
    panels = sorted(current_app.extensions.get("panels", []), key=lambda panel: panel.order)
    return [Markup(piece) for panel in panels if (piece := panel.draw())]  # nosec: from our own templates


def waiting() -> int:
    """How many things wait for the person who is asking."""
    person = g.get("person")
    return sum(count(person) for count in current_app.extensions.get("waiting", [])) if person else 0

"""What the poster asks people to do this week: a registry that parts fill, since core knows no challenge."""

from collections.abc import Callable, Mapping

from flask import Flask, current_app

Task = Mapping[str, str]  # the words of something to do together: {"title", "lang"}
Ask = Callable[[int], Task | None]


def ask_with(app: Flask, ask: Ask) -> None:
    """Let a part say what there is to do until Sunday: `ask(neighbourhood_id)`."""
    app.extensions.setdefault("poster", []).append(ask)


def task(neighbourhood_id: int) -> Task | None:
    """What there is to do this week; None when no part has anything."""
    asked = (ask(neighbourhood_id) for ask in current_app.extensions.get("poster", []))
    return next((found for found in asked if found), None)

"""What the poster asks people to do: a registry that parts fill, since core knows no challenge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Task:
    """Something to do together: its words {"title", "lang"}, and whether it stands for the whole week."""

    words: Mapping[str, str]
    is_weeks: bool


Ask = Callable[[int], Task | None]


def ask_with(app: Flask, ask: Ask) -> None:
    """Let a part say what there is to do: `ask(neighbourhood_id)`."""
    app.extensions.setdefault("poster", []).append(ask)


def task(neighbourhood_id: int) -> Task | None:
    """What there is to do now; None when no part has anything."""
    asked = (ask(neighbourhood_id) for ask in current_app.extensions.get("poster", []))
    return next((found for found in asked if found), None)

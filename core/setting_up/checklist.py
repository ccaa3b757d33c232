"""What a neighbourhood still needs before its first season: a registry that parts add to."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString


@dataclass(frozen=True)
class Item:
    """So many of something: `have(neighbourhood_id)` counts them, `endpoint` is where one makes more."""

    order: int
    label: LazyString
    wanted: int
    have: Callable[[int], int]
    endpoint: str | None = None


@dataclass(frozen=True)
class Line:
    """An item as it stands in one neighbourhood."""

    item: Item
    have: int

    @property
    def is_done(self) -> bool:
        """Whether there are enough."""
        return self.have >= self.item.wanted


def add(app: Flask, item: Item) -> None:
    """Put an item on the list."""
    app.extensions.setdefault("checklist", []).append(item)


def of(neighbourhood_id: int) -> list[Line]:
    """The list of a neighbourhood, in order."""
    items = sorted(current_app.extensions.get("checklist", []), key=lambda item: item.order)
    return [Line(item, item.have(neighbourhood_id)) for item in items]

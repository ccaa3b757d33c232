"""What hangs on the wall beside its map and its photo: parts draw it, since core knows no game."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from markupsafe import Markup

from core.registry import Registry


class Place(StrEnum):
    """Where a piece hangs."""

    UNDER = "under"  # the map, over its whole width
    SIDE = "side"  # under the photo


class Piece(NamedTuple):
    """A piece of the wall. `draw` names nobody, and ranks no person; None draws nothing."""

    place: Place
    draw: Callable[[], str | None]


PIECES: Registry[Piece] = Registry("pieces of the wall")


def drawn(place: Place) -> dict[str, Markup]:
    """The pieces of one place, drawn, in order, each by its name; an empty one too, for it may fill later."""
    hung = {name: piece for name, piece in PIECES.named().items() if piece.place == place}
    return {name: Markup(piece.draw() or "") for name, piece in hung.items()}  # nosec: from our own templates

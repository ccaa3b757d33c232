"""What other slices say on the page about oneself."""

from collections.abc import Callable

from core.people.models import Person
from core.registry import Registry

Tile = tuple[object, object, str]  # its words, what stands at the end of its row, and where it leads
TILES: Registry[Callable[[Person], Tile | None]] = Registry("tiles on Ik")
"""Each says what it has for a person; None says nothing."""


def of(person: Person) -> list[Tile]:
    """The tiles of a person, in order."""
    return [tile for say in TILES.all() if (tile := say(person))]

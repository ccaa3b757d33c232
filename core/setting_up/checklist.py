"""What a neighbourhood still needs before its first season: a registry that parts add to, and what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString

from core.registry import Registry


@dataclass(frozen=True)
class Item:
    """So many of something: `have(neighbourhood_id)` counts them, `endpoint` with `along` is where one makes more, and
    `verb` says that on a button. After `enough` of them the next item's turn comes; 0 means all that are wanted.
    `coming` counts those that are on their way.
    """

    label: LazyString
    wanted: int
    have: Callable[[int], int]
    endpoint: str | None = None
    verb: LazyString | None = None
    along: Mapping[str, str] = field(default_factory=dict)
    enough: int = 0
    coming: Callable[[int], int] = lambda _neighbourhood_id: 0


ITEMS: Registry[Item] = Registry("what a neighbourhood still needs")


@dataclass(frozen=True)
class Line:
    """An item as it stands in one neighbourhood."""

    item: Item
    have: int
    coming: int = 0

    @property
    def is_done(self) -> bool:
        """Whether there are enough."""
        return self.have >= self.item.wanted

    @property
    def lacks(self) -> int:
        """How many are still wanted, those on their way not counted."""
        return max(0, self.item.wanted - self.have)

    @property
    def lets_on(self) -> bool:
        """Whether the next item may have its turn."""
        return self.is_done or self.have + self.coming >= (self.item.enough or self.item.wanted)


def of(neighbourhood_id: int) -> list[Line]:
    """The list of a neighbourhood, in order."""
    return [_line(item, neighbourhood_id) for item in ITEMS.all()]


def line(neighbourhood_id: int, name: str) -> Line | None:
    """One item of it, None where no part asks for that."""
    item = ITEMS.of(name)
    return _line(item, neighbourhood_id) if item else None


def turn(lines: list[Line]) -> Line | None:
    """What to do next: the first that holds up the rest, then the first of which some are still wanted."""
    holding_up = (line for line in lines if not line.lets_on)
    return next(holding_up, None) or next((line for line in lines if not line.is_done), None)


def _line(item: Item, neighbourhood_id: int) -> Line:
    return Line(item, item.have(neighbourhood_id), item.coming(neighbourhood_id))

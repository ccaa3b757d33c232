"""Which numbers about people may be said aloud, and when they may change: pure functions, and nothing else.

The rules are those of docs/rules.md §9. A number is judged by the persons behind it; nobody and few look the same; what
is hidden cannot be reckoned from what is shown; what is printed changes by five people or not at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import nlargest

VERSION = 1  # of these rules: it stands with every edition
FEWEST = STEP = 5
NEAR = STEP // 2  # how far a rounded number lies from its own at most
ONE, TWO = 50, 85  # per cent of what happened that one person, or two, may have had a part in


@dataclass(frozen=True)
class Cell:
    """What stands behind one number. `times`: how often each person had a part in it, by a key that says nothing.

    `events`: how often it happened; the number counts the persons, or with `of_events` how often it happened.
    """

    times: Mapping[str, int]
    events: int
    of_events: bool = False

    @property
    def number(self) -> int:
        """What would be said if nobody had to be guarded."""
        return self.events if self.of_events else len(self.times)

    @property
    def is_small(self) -> bool:
        """Rule 1: fewer than five persons, or one or two of them make up the most of it."""
        if len(self.times) < FEWEST or self.number < FEWEST:
            return True
        most = nlargest(2, self.times.values())
        return most[0] * 100 > ONE * self.events or sum(most) * 100 > TWO * self.events


@dataclass(frozen=True)
class Table:
    """Numbers as they are said, by the name of their cell; None is "too few to say"."""

    total: int | None
    cells: Mapping[str, int | None]


def disclose(cells: Mapping[str, Cell], total: Cell | None) -> Table:
    """What may be said of these cells and of all of it together; no `total` where none is said beside them.

    The order of the names decides between equals (rule 4).
    """
    if total is not None and total.is_small:
        return Table(None, dict.fromkeys(cells))
    hidden = _hidden(cells)
    shown = {name: rounded(cell.number) for name, cell in cells.items() if name not in hidden}
    said = None if total is None else rounded(total.number)
    if said is not None and _betrays(said, shown.values()):
        shown = {}
    return Table(said, {name: shown.get(name) for name in cells})


def rounded(number: int) -> int:
    """Rule 5: to the nearest five."""
    return (number + NEAR) // STEP * STEP


def may_follow(old: Table, new: Table, before: Mapping[str, Cell], now: Mapping[str, Cell]) -> bool:
    """Rule 7: whether a new print may take the place of an old one.

    `before` and `now`: what stands behind each number of the two, the total under "". Every number that reads
    otherwise has five persons or more who came to it or went from it; the cells are the same ones.
    """
    if old.cells.keys() != new.cells.keys():
        return False
    changed = [name for name, said in new.cells.items() if said != old.cells[name]]
    changed += [""] if old.total != new.total else []
    return all(len(before[name].times.keys() ^ now[name].times.keys()) >= FEWEST for name in changed)


def _hidden(cells: Mapping[str, Cell]) -> set[str]:
    """Rules 1 and 4: the small ones, and of the next smallest so many that two are hidden, with five in them."""
    hidden = {name for name, cell in cells.items() if cell.is_small}
    others = sorted((name for name in cells if name not in hidden), key=lambda name: cells[name].number)
    for name in others:
        if not hidden or (len(hidden) > 1 and _hold_enough([cells[one] for one in hidden])):
            break
        hidden.add(name)
    return hidden


def _hold_enough(hidden: Collection[Cell]) -> bool:
    """Whether five persons stand behind them together, and it happened five times."""
    persons = set().union(*(cell.times for cell in hidden))
    return len(persons) >= FEWEST and sum(cell.number for cell in hidden) >= FEWEST


def _betrays(total: int, shown: Collection[int]) -> bool:
    """Rule 6: what the print leaves for the hidden at least is more than the smallest that is shown."""
    left = (total - NEAR) - sum(number + NEAR for number in shown)
    return bool(shown) and left > min(shown)

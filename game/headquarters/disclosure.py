"""Which counts of people may be said aloud: five or more, rounded to five, and none that others give away.

Pure functions. Rules 3 to 7 of docs/rules.md §9: nobody and few look the same; of what is hidden at least two, with
five people in them together; the print is checked; and a new edition changes no number by fewer than five people.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FEWEST = STEP = 5


@dataclass(frozen=True)
class Table:
    """Counts as they are said: a total and its cells by name; None is "too few to say"."""

    total: int | None
    cells: dict[str, int | None]

    def as_row(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def disclose(exact: Mapping[str, int]) -> Table:
    """What may be said of these counts of people. The order of the names decides between equals."""
    total = sum(exact.values())
    if total < FEWEST:
        return Table(None, dict.fromkeys(exact))
    hidden = _hidden(exact)
    shown = {name: rounded(count) for name, count in exact.items() if name not in hidden}
    if _betrays(rounded(total), shown):
        shown = {}
    return Table(rounded(total), {name: shown.get(name) for name in exact})


def may_follow(old: Mapping[str, int], new: Mapping[str, int]) -> bool:
    """Whether a new edition may take the place of an old one: the same names, and what changes has five people in it.

    Counts stand for persons here: a count that moved by five has at least five persons added or gone.
    """
    if old.keys() != new.keys():
        return False
    before, after = disclose(old), disclose(new)
    moved = {name: abs(new[name] - old[name]) for name in new}
    same_total = before.total == after.total or abs(sum(new.values()) - sum(old.values())) >= FEWEST
    return same_total and all(before.cells[name] == after.cells[name] or moved[name] >= FEWEST for name in new)


def rounded(count: int) -> int:
    """To the nearest five."""
    return (count + STEP // 2) // STEP * STEP


def _hidden(exact: Mapping[str, int]) -> set[str]:
    """The small cells, and of the next smallest so many that at least two are hidden with five people in them."""
    in_order = sorted(exact, key=lambda name: exact[name])
    hidden = {name for name in in_order if exact[name] < FEWEST}
    for name in in_order[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(exact[one] for one in hidden) >= FEWEST):
            break
        hidden.add(name)
    return hidden


def _betrays(total: int, shown: Mapping[str, int]) -> bool:
    """Whether the total and what is shown leave so many over that the hidden ones can be reckoned."""
    left = (total - STEP // 2) - sum(count + STEP // 2 for count in shown.values())
    return bool(shown) and left > min(shown.values())

"""The order of the stops: the shortest, by their years, or the author's; what is locked together stays so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import inf, isinf

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort
from tours.routing import exact, nearly
from tours.routing.exact import Matrix

Chain = tuple[int, ...]  # stops that stay together, in this order
Pair = tuple[int, int]


class Mode(StrEnum):
    """What the order follows."""

    SHORTEST = "shortest"
    CHRONOLOGICAL = "chronological"
    AUTHOR = "author"


@dataclass(frozen=True)
class Ends:
    """A round (back to its first stop), or from A to B; None: whichever stop is best. A round has no `end`."""

    is_round: bool = True
    start: int | None = None
    end: int | None = None


ANY_ROUND = Ends()


def chains(size: int, locked: Iterable[Pair], ends: Ends = ANY_ROUND) -> list[Chain]:
    """The stops 0 to size - 1 in chains, a pair (a, b) as b right after a, in the order of their first stop.

    Raises Refusal when the pairs contradict each other or the ends.
    """
    after, before = dict[int, int](), dict[int, int]()
    for first, second in dict.fromkeys(locked):
        if first == second or first in after or second in before:
            raise _contradiction()
        after[first], before[second] = second, first
    found = [_chain(stop, after) for stop in range(size) if stop not in before]
    if sum(map(len, found)) < size:
        raise _contradiction()  # some go round
    if not ends.is_round and not _fit(found, ends):
        raise _contradiction()
    return sorted(found, key=min)


def in_order(
    cost: Matrix, mode: Mode = Mode.SHORTEST, ends: Ends = ANY_ROUND, locked: Iterable[Pair] = (),
    years: Sequence[int | None] = (),
) -> list[int]:  # fmt: skip
    """All stops of a square matrix in order. `inf` is a leg that nobody may walk: as few of them as there can be.

    Up to 13 stops the shortest order is the best there is. `years`: of each stop; what has none keeps its place at
    the end. Raises Refusal as `chains` does.
    """
    found = chains(len(cost), locked, ends)
    if mode == Mode.SHORTEST:
        return _shortest(cost, found, ends)
    if mode == Mode.CHRONOLOGICAL:
        found.sort(key=lambda chain: min((year for stop in chain if (year := years[stop]) is not None), default=inf))
    return _between(found, ends)


def legs_of(order: Sequence[int], *, is_round: bool) -> list[Pair]:
    """The legs that an order walks; a round of one stop has none."""
    return [*pairwise(order), *([(order[-1], order[0])] if is_round and len(order) > 1 else [])]


def _contradiction() -> Refusal:
    return Refusal(
        _l("Some stops cannot stay together like this. Unlock a pair, or choose another start or end."), Sort.INVALID
    )


def _chain(stop: int, after: dict[int, int]) -> Chain:
    chain = [stop]
    while chain[-1] in after:
        chain.append(after[chain[-1]])
    return tuple(chain)


def _fit(found: list[Chain], ends: Ends) -> bool:
    firsts, lasts = {chain[0]: chain for chain in found}, {chain[-1]: chain for chain in found}
    if (ends.start is not None and ends.start not in firsts) or (ends.end is not None and ends.end not in lasts):
        return False
    if ends.start is None or ends.end is None or len(found) == 1:
        return True
    return firsts[ends.start] is not lasts[ends.end]


def _between(found: list[Chain], ends: Ends) -> list[int]:
    """Chains in their order: a round turned until it begins at its start, else the start first and the end last."""
    if ends.is_round:
        return _from(ends.start, [stop for chain in found for stop in chain])
    found = sorted(found, key=lambda chain: (chain[0] != ends.start, chain[-1] == ends.end))
    return [stop for chain in found for stop in chain]


def _from(start: int | None, order: list[int]) -> list[int]:
    turn = 0 if start is None else order.index(start)
    return order[turn:] + order[:turn]


def _shortest(cost: Matrix, found: list[Chain], ends: Ends) -> list[int]:
    """The best order of the chains, asked as a round from home: what it leaves first and comes to last."""
    if not found:
        return []
    first, last = (found[0], found[0]) if ends.is_round else _open_ends(found, ends)
    others = [chain for chain in found if chain not in (first, last)]
    solve = exact.round_trip if len(cost) <= exact.MOST else nearly.round_trip
    way = solve(
        _prices(cost, [first[-1:], *(chain[-1:] for chain in others)], [last[:1], *(chain[:1] for chain in others)])
    )
    order = [*first, *(stop for place in way[1:] for stop in others[place - 1])]
    return _from(ends.start, order) if ends.is_round else [*order, *(last if last != first else ())]


def _open_ends(found: list[Chain], ends: Ends) -> tuple[Chain, Chain]:
    """The chains that it begins and ends with; () where any will do."""
    first = next((chain for chain in found if chain[0] == ends.start), ())
    last = next((chain for chain in found if chain[-1] == ends.end), ())
    return first, last


def _prices(cost: Matrix, leave: list[Chain], arrive: list[Chain]) -> list[list[float]]:
    """From the last stop of each chain to the first of each; () is an open end, free.

    A leg that is refused costs more than all others together, so that there are as few of them as can be.
    """
    finite = [price for row in cost for price in row if not isinf(price)]
    much = (max(finite, default=0.0) + 1.0) * (len(cost) + 1)
    return [[min(cost[start[0]][end[0]], much) if start and end else 0.0 for end in arrive] for start in leave]

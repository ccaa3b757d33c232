"""Rings of corners: the line around an area. One that crosses itself has no inside."""

from collections.abc import Iterable, Iterator
from itertools import islice

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

MOST_PAIRS = 120_000  # of sides that lie side by side, in one file; those of a city have some ten thousand

Corner = tuple[float, float]  # latitude and longitude, WGS 84 degrees
Ring = tuple[Corner, ...]
Side = tuple[Corner, Corner]


def tidied(corners: Iterable[Corner]) -> Ring:
    """Without corners that are said twice in a row, also at the end."""
    kept: list[Corner] = []
    for corner in corners:
        if not kept or kept[-1] != corner:
            kept.append(corner)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def first_crossed(rings: Iterable[Ring]) -> int | None:
    """Which tidied ring is the first of which two sides touch anywhere but in the corner that neighbours share.

    Raises Refusal where so many sides, of all rings together, lie side by side that telling would take too long.
    """
    left = MOST_PAIRS
    for index, ring in enumerate(rings):
        pairs = list(islice(_side_by_side(ring), left + 1))
        left -= len(pairs)
        if left < 0:
            raise Refusal(_l("These lines are too intricate. Leave out corners."), Sort.INVALID)
        if len(set(ring)) < len(ring) or any(_touch(one, other) for one, other in pairs):
            return index
    return None


def _side_by_side(ring: Ring) -> Iterator[tuple[Side, Side]]:
    """The pairs of sides whose stretch from south to north overlaps: no others can touch."""
    sides = sorted(zip(ring, (*ring[1:], *ring[:1]), strict=True), key=min)
    for index, one in enumerate(sides):
        north = max(one)[0]
        for other in islice(sides, index + 1, None):
            if min(other)[0] > north:
                break
            yield one, other


def _touch(one: Side, other: Side) -> bool:
    (a, b), (c, d) = one, other
    if b == c or d == a:  # neighbours: only where the second goes back over the first
        start, middle, end = (a, b, d) if b == c else (c, a, b)
        return _turn(start, middle, end) == 0 and not _within(start, end, middle)
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _within(*three) for turn, three in zip(turns, ends, strict=True))


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    """Above 0 when c lies to one side of the line from a to b, below on the other, 0 on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _within(a: Corner, b: Corner, c: Corner) -> bool:
    """Whether c, on the line through a and b, lies between them."""
    return all(min(a[side], b[side]) <= c[side] <= max(a[side], b[side]) for side in (0, 1))

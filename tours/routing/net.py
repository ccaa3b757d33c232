"""A net of ways in memory: stops get a door on their nearest way, and the least way between doors is found."""

import heapq
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, inf, radians

from core.basemap.extract import Point
from core.places import geo
from tours.routing.legs import length
from tours.routing.steps import Judged

A_DEGREE = 111_195.0  # metres of latitude
REACH = 6_000.0  # metres that a leg may be
LOOK = 2_000  # crossings between two looks at the clock


@dataclass(frozen=True)
class Piece:
    """A piece of way from one crossing (or door) to another, in metres, with what is known of its steps."""

    first: int
    last: int
    metres: float
    line: Sequence[Point]
    judged: Judged

    def turned(self) -> "Piece":
        """The same the other way."""
        return Piece(self.last, self.first, self.metres, self.line[::-1], self.judged)


@dataclass(frozen=True)
class Door:
    """Where a stop comes out on a way: which one, after how many metres of it, and where that is."""

    way: int
    after: float
    point: Point


Weight = Callable[[Piece], float]
Net = Mapping[int, Sequence[tuple[int, float, Piece]]]  # from each crossing: to where, what it weighs, along what


def door(point: Point, ways: Mapping[int, Piece], near: Sequence[int], metres: float) -> Door | None:
    """Where somebody who stands at a point comes out, of the ways near it; None where all are too far."""
    found = min(((*_foot(point, ways[way].line), way) for way in near), default=None)
    if found is None or found[0] > metres:
        return None
    _away, after, foot, way = found
    return Door(way, after, foot)


def with_doors(ways: Mapping[int, Piece], doors: Sequence[Door | None]) -> tuple[list[Piece], dict[Door, int]]:
    """The ways cut at the doors, and the crossing that each door became; its number is below zero."""
    numbers: dict[Door, int] = {}
    cuts = defaultdict[int, list[Door]](list)
    for one in doors:
        if one is not None and one not in numbers:
            numbers[one] = -1 - len(numbers)
            cuts[one.way].append(one)
    whole = [piece for way, piece in ways.items() if way not in cuts]
    parts = [part for way, some in cuts.items() for part in _cut(ways[way], some, numbers)]
    return whole + parts, numbers


def net(pieces: Sequence[Piece], weight: Weight) -> Net:
    """From each crossing to the next ones, both ways."""
    found = defaultdict[int, list[tuple[int, float, Piece]]](list)
    for piece in pieces:
        heavy = weight(piece)
        found[piece.first].append((piece.last, heavy, piece))
        found[piece.last].append((piece.first, heavy, piece))
    return found


def walks(over: Net, start: int, ends: set[int], until: float) -> Iterator[tuple[int, list[Piece]]]:
    """The way of least weight from a crossing to each of some, in pieces from there to here; nearest first.

    Dijkstra, 1959. It stops where nothing more is within reach, or the time (of time.monotonic) is up.
    """
    heap: list[tuple[float, float, int]] = [(0.0, 0.0, start)]
    least, came, done, wanted = {start: 0.0}, dict[int, tuple[int, Piece]](), set[int](), set(ends)
    while heap and wanted:
        weight, metres, here = heapq.heappop(heap)
        if here in done:
            continue
        done.add(here)
        if here in wanted:
            wanted.remove(here)
            yield here, _back(came, start, here)
        if len(done) % LOOK == 0 and time.monotonic() > until:
            return
        for there, heavy, piece in over.get(here, ()):
            total = weight + heavy
            if there not in done and total < least.get(there, inf) and metres + piece.metres <= REACH:
                least[there], came[there] = total, (here, piece)
                heapq.heappush(heap, (total, metres + piece.metres, there))


def _back(came: Mapping[int, tuple[int, Piece]], start: int, here: int) -> list[Piece]:
    way = []
    while here != start:
        before, piece = came[here]
        way.append(piece if piece.last == here and piece.first == before else piece.turned())
        here = before
    return way[::-1]


def _foot(point: Point, line: Sequence[Point]) -> tuple[float, float, Point]:
    """The nearest point of a line: metres to it, metres of the line before it, and where it is."""
    wide = cos(radians(point[0]))
    best, passed = (inf, 0.0, line[0]), 0.0
    for start, end in pairwise(line):
        north, east = end[0] - start[0], (end[1] - start[1]) * wide
        up, aside = point[0] - start[0], (point[1] - start[1]) * wide
        square = north * north + east * east
        part = min(1.0, max(0.0, (up * north + aside * east) / square)) if square else 0.0
        away = A_DEGREE * hypot(up - part * north, aside - part * east)
        metres = geo.distance(*start, *end)
        if away < best[0]:
            foot = start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
            best = away, passed + part * metres, foot
        passed += metres
    return best


def _cut(piece: Piece, doors: Sequence[Door], numbers: Mapping[Door, int]) -> Iterator[Piece]:
    """A piece in parts, from door to door."""
    before, line, left, passed = piece.first, [piece.line[0]], list(piece.line[1:]), 0.0
    for one in sorted(doors, key=lambda one: (one.after, numbers[one])):
        while left and passed + (step := geo.distance(*line[-1], *left[0])) < one.after:
            passed += step
            line.append(left.pop(0))
        passed += geo.distance(*line[-1], *one.point)
        line.append(one.point)
        yield Piece(before, numbers[one], length(line), tuple(line), piece.judged)
        before, line = numbers[one], [one.point]
    line += left
    yield Piece(before, piece.last, length(line), tuple(line), piece.judged)

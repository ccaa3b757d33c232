"""Lines and rings on a flat map in metres: cut to a frame, made simpler, joined to longer ones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, inf, radians
from typing import NamedTuple

from core.basemap.extract import Point

Metres = tuple[float, float]  # east and north of the middle
Line = Sequence[Metres]
A_DEGREE = 111_195.0  # metres of latitude


class Flat(NamedTuple):
    """A flat map around a middle in degrees: good for the few kilometres of a neighbourhood."""

    lat: float
    lon: float

    def metres(self, point: Point) -> Metres:
        """East and north of the middle."""
        return (point[1] - self.lon) * A_DEGREE * cos(radians(self.lat)), (point[0] - self.lat) * A_DEGREE

    def degrees(self, place: Metres) -> list[float]:
        """Longitude and latitude: GeoJSON's order."""
        east, north = place
        lon = self.lon + east / A_DEGREE / cos(radians(self.lat))
        return [round(lon, 6), round(self.lat + north / A_DEGREE, 6)]


class Frame(NamedTuple):
    """An upright rectangle in metres."""

    west: float
    south: float
    east: float
    north: float

    def ring(self, ring: Line) -> list[Metres]:
        """A ring cut to the frame (Sutherland and Hodgman, 1974), closed again; empty beside it."""
        points = list(ring[:-1] if ring and ring[0] == ring[-1] else ring)
        for axis, edge, sign in ((0, self.west, 1), (0, self.east, -1), (1, self.south, 1), (1, self.north, -1)):
            points = list(_inside(points, axis, edge, sign))
        return [*points, points[0]] if len(points) > 2 else []

    def lines(self, line: Line) -> Iterator[list[Metres]]:
        """The runs of a line of which each piece may touch the frame."""
        run: list[Metres] = []
        for start, end in pairwise(line):
            if self._may_touch(start, end):
                run = [*run, end] if run else [start, end]
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _may_touch(self, start: Metres, end: Metres) -> bool:
        across = max(start[0], end[0]) >= self.west and min(start[0], end[0]) <= self.east
        return across and max(start[1], end[1]) >= self.south and min(start[1], end[1]) <= self.north


def simpler(line: Line, metres: float) -> list[Metres]:
    """The same line within so many metres with fewer corners (Douglas and Peucker, 1973)."""
    kept, open_pieces = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_pieces:
        first, last = open_pieces.pop()
        far, corner = max(
            ((_away(line[at], line[first], line[last]), at) for at in range(first + 1, last)), default=(0.0, 0)
        )
        if far > metres:
            kept.add(corner)
            open_pieces += [(first, corner), (corner, last)]
    return [line[at] for at in sorted(kept)]


def joined(lines: Iterable[Line]) -> list[list[Metres]]:
    """Lines that meet at their ends as one, as far as no end has a choice."""
    left = {number: list(line) for number, line in enumerate(lines)}
    ends = defaultdict[Metres, set[int]](set)
    for number, line in left.items():
        ends[line[0]].add(number)
        ends[line[-1]].add(number)
    for place, some in ends.items():
        if len(some) == 2:
            first, second = sorted(some)
            one, other = left[first], left.pop(second)
            one = one if one[-1] == place else one[::-1]
            left[first] = [*one, *(other if other[0] == place else other[::-1])[1:]]
            for far in ends.values():
                if second in far:
                    far.remove(second)
                    far.add(first)
    return list(left.values())


def _inside(points: Line, axis: int, edge: float, sign: int) -> Iterator[Metres]:
    for start, end in zip([*points[-1:], *points[:-1]], points, strict=True):
        here, there = sign * (end[axis] - edge), sign * (start[axis] - edge)
        if (here >= 0) != (there >= 0):
            part = there / (there - here)
            yield start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])
        if here >= 0:
            yield end


def _away(point: Metres, start: Metres, end: Metres) -> float:
    along = hypot(end[0] - start[0], end[1] - start[1])
    if not along:
        return hypot(point[0] - start[0], point[1] - start[1]) if point != start else -inf
    return abs((end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])) / along

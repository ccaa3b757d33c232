"""Reads what lies in a box out of an extract (.osm.pbf). Only the command that builds loads osmium."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[float, float]  # latitude, longitude (WGS 84 degrees)
Progress = Callable[[int], None]  # is told after each so many things read
EACH = 500_000
KEYS = ("highway", "building", "natural", "water", "waterway", "landuse", "leisure", "railway", "kerb", "barrier")
CREDIT = "© OpenStreetMap contributors, ODbL 1.0"


class Box(NamedTuple):
    """South, west, north, east in degrees."""

    south: float = -90.0
    west: float = -180.0
    north: float = 90.0
    east: float = 180.0

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east


@dataclass(frozen=True)
class Node:
    """A point with something about it: a kerb, a gate, a tree."""

    id: int
    point: Point
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Way:
    """A line: the ids and places of its nodes in order, its tags, and the day on which it was last changed."""

    id: int
    nodes: tuple[int, ...]
    points: tuple[Point, ...]
    tags: Mapping[str, str]
    changed: date | None = None


@dataclass(frozen=True)
class Area:
    """A surface: pieces of an outer ring and the holes in it, each ring closed. Closed ways are ways too."""

    id: int
    pieces: tuple[tuple[tuple[Point, ...], ...], ...]
    tags: Mapping[str, str]


def read(file: Path, box: Box | None = None, progress: Progress = lambda read: None) -> Iterator[Node | Way | Area]:
    """What touches the box, whole: nodes, then ways, then areas, of the kinds that a map is made of; all without a box.

    What lies elsewhere is dropped first, and the places of the nodes that are left lie in a temporary file: memory does
    not grow with the extract. Raises OSError for a file that cannot be read, RuntimeError for one that is no extract.
    """
    import osmium  # brings a library of C++ along

    from core.basemap import cut

    with tempfile.TemporaryDirectory() as folder:
        if box:
            small = Path(folder) / "small.osm.pbf"
            cut.cut(file, box, small, progress)
        found = (
            osmium.FileProcessor(small if box else file)
            .with_locations(f"sparse_file_array,{folder}/places")
            .with_areas(osmium.filter.KeyFilter(*KEYS))
            .with_filter(osmium.filter.KeyFilter(*KEYS))
        )
        for number, thing in enumerate(found, 1):
            if not box and number % EACH == 0:
                progress(number)
            if (ours := _SORTS[thing.type_str()](thing)) and (not box or any(map(box.holds, _points(ours)))):
                yield ours


def covers(file: Path) -> Box:
    """What an extract says it covers, else where its nodes lie. Raises as `read` does."""
    import osmium

    with osmium.io.Reader(file) as reader:
        said = reader.header().box()
    if said.valid():
        return Box(said.bottom_left.lat, said.bottom_left.lon, said.top_right.lat, said.top_right.lon)
    south, west, north, east = 90.0, 180.0, -90.0, -180.0
    node: Any
    for node in osmium.FileProcessor(file, osmium.osm.NODE):
        south, west = min(south, node.lat), min(west, node.lon)
        north, east = max(north, node.lat), max(east, node.lon)
    return Box(south, west, north, east)


def _node(node: Any) -> Node:
    return Node(node.id, (node.lat, node.lon), dict(node.tags))


def _way(way: Any) -> Way | None:
    known = [(node.ref, (node.lat, node.lon)) for node in way.nodes if node.location.valid()]
    if len(known) < 2:
        return None
    nodes, points = zip(*known, strict=True)
    return Way(way.id, nodes, points, dict(way.tags), way.timestamp.date())


def _area(area: Any) -> Area:
    pieces = tuple((_ring(outer), *map(_ring, area.inner_rings(outer))) for outer in area.outer_rings())
    return Area(area.id, pieces, dict(area.tags))


def _ring(ring: Any) -> tuple[Point, ...]:
    return tuple((node.lat, node.lon) for node in ring)


def _points(thing: Node | Way | Area) -> Iterator[Point]:
    if isinstance(thing, Node):
        yield thing.point
    elif isinstance(thing, Way):
        yield from thing.points
    else:
        yield from (point for rings in thing.pieces for point in rings[0])


_SORTS: dict[str, Callable[[Any], Node | Way | Area | None]] = {
    "n": _node, "w": _way, "a": _area, "r": lambda relation: None,
}  # fmt: skip

"""The foot graph of a neighbourhood in one SQLite file: crossings, and the ways between them in lines."""

import json
import os
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import pairwise
from math import cos, floor, radians
from pathlib import Path

from core.basemap.extract import CREDIT, Node, Point, Way
from tours.routing import steps
from tours.routing.legs import Broken, length

MADE_BY = 0x42555246  # in the header of the file: a foot graph, and none of another sort
VERSION = 1
CELL = 0.0005  # degrees: the side of a square of the grid, some 55 m from south to north
SAMPLE = 20.0  # metres between the points that say in which squares a way lies
EXACT = 10_000_000  # a degree in the numbers of a line
ISLAND = 0.05  # a part that holds less of all metres and hangs on nothing is left out
TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE way (id INTEGER PRIMARY KEY, tags TEXT NOT NULL);
CREATE TABLE edge (
    id INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, metres REAL NOT NULL, line BLOB NOT NULL,
    way INTEGER NOT NULL REFERENCES way, gates TEXT NOT NULL
);
CREATE TABLE square (north INTEGER, east INTEGER, edge INTEGER, PRIMARY KEY (north, east, edge)) WITHOUT ROWID;
"""
Edge = tuple[int, int, Sequence[Point], int, Sequence[int]]  # first and last node, line, way, nodes of it


def write(path: Path, ways: Iterable[Way], nodes: Iterable[Node] = ()) -> dict[str, int]:
    """Make the file of the ways that can be walked, and of the kerbs and gates on them; tmp, then rename.

    Says how many edges there are, and how many were left out because they hang on nothing.
    """
    walked = {way.id: way for way in ways if steps.is_walked(way.tags)}
    gates = {node.id: _kept(node.tags) for node in nodes if node.tags.keys() & {"kerb", "barrier"}}
    every = list(_edges(walked.values(), gates))
    edges = list(_hanging_together(every))
    tmp = path.with_suffix(".tmp")
    tmp.unlink(missing_ok=True)
    with closing(sqlite3.connect(tmp)) as file, file:
        file.executescript(f"PRAGMA application_id = {MADE_BY}; PRAGMA user_version = {VERSION}; {TABLES}")
        used = sorted({edge[3] for edge in edges})
        file.executemany("INSERT INTO way VALUES (?, ?)", ((one, json.dumps(_kept(walked[one].tags))) for one in used))
        for number, (first, last, line, way, inside) in enumerate(edges):
            met = json.dumps([gates[node] for node in inside if node in gates])
            row = number, first, last, length(line), packed(line), way, met
            file.execute("INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            file.executemany("INSERT INTO square VALUES (?, ?, ?)", ((*square, number) for square in _squares(line)))
        about = {"edges": str(len(edges)), "credit": CREDIT}
        file.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    with tmp.open("rb") as made:
        os.fsync(made.fileno())
    tmp.rename(path)
    return {"edges": len(edges), "left out": len(every) - len(edges)}


def opened(path: Path) -> sqlite3.Connection:
    """The file, read only. Raises FileNotFoundError, or Broken when it is damaged or of another version."""
    seen = path.stat()
    _checked(path, seen.st_mtime_ns, seen.st_size)
    return _connect(path)


def square_of(point: Point) -> tuple[int, int]:
    """In which square of the grid a point lies."""
    return floor(point[0] / CELL), floor(point[1] / CELL)


def packed(line: Sequence[Point]) -> bytes:
    """A line as it lies in the file."""
    return array("i", (round(degree * EXACT) for point in line for degree in point)).tobytes()


def unpacked(blob: bytes) -> list[Point]:
    """A line out of the file."""
    numbers = array("i", blob)
    return [(lat / EXACT, lon / EXACT) for lat, lon in zip(numbers[::2], numbers[1::2], strict=True)]


@lru_cache(maxsize=16)
def _checked(path: Path, _changed: int, _size: int) -> None:
    """Look through the whole file, once for each that there is."""
    try:
        with closing(_connect(path)) as file:
            marks = tuple(file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
            if marks != (MADE_BY, VERSION):
                raise Broken(f"{path.name} is not a foot graph of version {VERSION}")
            (said,) = file.execute("SELECT value FROM about WHERE name = 'edges'").fetchone() or ("",)
            (counted,) = file.execute("SELECT count(*) FROM edge").fetchone()
            if file.execute("PRAGMA quick_check(1)").fetchone() != ("ok",) or said != str(counted):
                raise Broken(f"{path.name} is damaged")
    except sqlite3.DatabaseError as fault:
        raise Broken(f"{path.name}: {fault}") from fault


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _kept(tags: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if key in steps.KEPT}


def _edges(ways: Iterable[Way], gates: Mapping[int, object]) -> Iterator[Edge]:
    """Each way in pieces from crossing to crossing; a node that ways share, and the ends of each, are crossings."""
    ways = list(ways)
    uses = Counter(node for way in ways for node in way.nodes)
    uses.update(end for way in ways for end in (way.nodes[0], way.nodes[-1]))
    for way in ways:
        cuts = [place for place, node in enumerate(way.nodes) if uses[node] > 1]
        for start, end in pairwise(cuts):
            line, inside = way.points[start : end + 1], way.nodes[start : end + 1]
            if length(line) > 0:
                yield inside[0], inside[-1], line, way.id, inside


def _hanging_together(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Without islands: a courtyard that no way leads to would catch a stop that lies near it."""
    above: dict[int, int] = {}

    def top(node: int) -> int:
        while above.setdefault(node, node) != node:
            above[node] = node = above[above[node]]
        return node

    for first, last, *_more in edges:
        above[top(first)] = top(last)
    metres = defaultdict[int, float](float)
    for first, _last, line, *_rest in edges:
        metres[top(first)] += length(line)
    least = ISLAND * sum(metres.values())
    return (edge for edge in edges if metres[top(edge[0])] >= least)


def _squares(line: Sequence[Point]) -> set[tuple[int, int]]:
    found = {square_of(line[-1])}
    for (lat, lon), (lat_after, lon_after) in pairwise(line):
        across = max(abs(lat_after - lat), abs(lon_after - lon) * cos(radians(lat))) * 111_195
        pieces = int(across / SAMPLE) + 1
        found |= {
            square_of((lat + (lat_after - lat) * part / pieces, lon + (lon_after - lon) * part / pieces))
            for part in range(pieces)
        }
    return found

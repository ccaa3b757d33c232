"""Legs over the foot graph of a neighbourhood: each stop to its nearest way, then the shortest way between."""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import cos, radians
from pathlib import Path

from core.basemap.extract import Point
from tours.routing import graph_file, steps
from tours.routing import net as nets
from tours.routing.legs import WORST_LAST, Leg, Pair, Profile, StepFree, length
from tours.routing.net import A_DEGREE, Door, Piece

NEAR = 100.0  # metres: a stop further from any way is not on this graph
ASIDE = 30.0  # metres further, for a door that is not on a stair
MARGIN = 600.0  # metres around the stops in which ways are looked for
WEIGHT = {StepFree.YES: 1.0, StepFree.UNKNOWN: 1.2, StepFree.NO: 10_000.0}  # a metre, for who cannot take steps
UNKNOWN_REFUSED = 100.0  # and an unknown one where that is not allowed


@dataclass(frozen=True)
class FootGraph:
    """The tier of one file; it is opened at each question, so that a new one counts at once."""

    path: Path
    name: str = "foot graph"

    def legs(self, points: Sequence[Point], profile: Profile, until: float) -> Iterator[tuple[Pair, Leg]]:
        """The legs that it has a way for. Raises FileNotFoundError, Broken or sqlite3.Error."""
        if len(points) < 2:
            return
        with closing(graph_file.opened(self.path)) as file:
            file.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            ways = _ways(file, _squares(points, MARGIN))
            near = [_near(file, _squares([point], NEAR)) for point in points]
        doors = [_door(point, ways, some, profile) for point, some in zip(points, near, strict=True)]
        pieces, numbers = nets.with_doors(ways, doors)
        over = nets.net(pieces, _weight(profile))
        at = {place: numbers[one] for place, one in enumerate(doors) if one is not None}
        for start, begin in at.items():
            later = {place: number for place, number in at.items() if place > start}
            for number, way in nets.walks(over, begin, set(later.values()), until):
                for place in (place for place, other in later.items() if other == number):
                    leg = self._leg(way, points[start], points[place], profile)
                    yield (start, place), leg
                    yield (place, start), replace(leg, line=(leg.line or ())[::-1])

    def _leg(self, way: Sequence[Piece], start: Point, end: Point, profile: Profile) -> Leg:
        line = tuple(point for point, _same in groupby([start, *(at for piece in way for at in piece.line), end]))
        aside = length([start, way[0].line[0]]) + length([way[-1].line[-1], end]) if way else length([start, end])
        metres = aside + sum(piece.metres for piece in way)
        answer, evidence, checked = _together([piece.judged for piece in way])
        return Leg(metres, profile.seconds(metres), self.name, line, answer, checked, evidence)


def _door(point: Point, ways: Mapping[int, Piece], near: Sequence[int], profile: Profile) -> Door | None:
    """Where somebody comes out; who cannot take a stair does so on another way, if one is not much further."""
    nearest = nets.door(point, ways, near, NEAR)
    if nearest is None or not profile.step_free or ways[nearest.way].judged[0] != StepFree.NO:
        return nearest
    passable = [way for way in near if ways[way].judged[0] != StepFree.NO]
    return nets.door(point, ways, passable, length([point, nearest.point]) + ASIDE) or nearest


def _weight(profile: Profile) -> nets.Weight:
    """Metres, and for who cannot take steps more where there are some or nobody knows."""
    if not profile.step_free:
        return lambda piece: piece.metres
    by_answer = WEIGHT if profile.takes_unknown else {**WEIGHT, StepFree.UNKNOWN: UNKNOWN_REFUSED}
    return lambda piece: piece.metres * by_answer[piece.judged[0]]


Squares = tuple[int, int, int, int]  # south, north, west, east


def _squares(points: Sequence[Point], metres: float) -> Squares:
    lats, lons = zip(*points, strict=True)
    up = metres / A_DEGREE
    aside = up / max(0.01, cos(radians(lats[0])))
    south, west = graph_file.square_of((min(lats) - up, min(lons) - aside))
    north, east = graph_file.square_of((max(lats) + up, max(lons) + aside))
    return south, north, west, east


def _near(file: sqlite3.Connection, squares: Squares) -> list[int]:
    return [edge for (edge,) in file.execute(f"{_IN_SQUARES} ORDER BY edge", squares)]


def _ways(file: sqlite3.Connection, squares: Squares) -> dict[int, Piece]:
    rows = file.execute(
        "SELECT edge.id, first, last, metres, line, tags, gates FROM edge JOIN way ON way.id = edge.way"
        f" WHERE edge.id IN ({_IN_SQUARES}) ORDER BY edge.id",
        squares,
    )
    found, judged = dict[int, Piece](), dict[str, steps.Judged]()
    for edge, first, last, metres, blob, tags, gates in rows:
        if tags + gates not in judged:
            judged[tags + gates] = _together([steps.judge(json.loads(tags)), *_shut(json.loads(gates))])
        found[edge] = Piece(first, last, metres, graph_file.unpacked(blob), judged[tags + gates])
    return found


_IN_SQUARES = "SELECT DISTINCT edge FROM square WHERE north BETWEEN ? AND ? AND east BETWEEN ? AND ?"


def _shut(gates: Sequence[Mapping[str, str]]) -> list[steps.Judged]:
    """Kerbs and gates count where they shut a way; one that is open does not make its way known."""
    return [judged for judged in map(steps.judge, gates) if judged[0] == StepFree.NO]


def _together(judged: Sequence[steps.Judged]) -> steps.Judged:
    """The worst of some pieces; of equals the one that was checked longest ago. No way at all has no steps."""
    return max(
        judged,
        key=lambda one: (WORST_LAST.index(one[0]), -(one[2] or date.max).toordinal()),
        default=(StepFree.YES, "", None),
    )

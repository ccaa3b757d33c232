"""P5: the spots within 250 m of a million, sorted, against looking at every one of them by haversine."""

import random
import time
from collections.abc import Iterator
from math import cos, radians

from geopy.distance import geodesic
from sqlalchemy import Row, event, func, select, text

from core.database import db, writing
from core.places import geo
from core.places.models import Spot
from tests import make
from tests.bench import site
from tests.bench.line import Line, medians, middle

SPOTS, TOWNS = 1_000_000, 2_000
SOUTH, NORTH, WEST, EAST = 50.8, 53.5, 3.4, 7.2  # a country as large as the Netherlands
SPREAD = 600.0  # metres: most spots of a town lie within twice this of its middle
METRES = 250.0
ROUNDS, PLACES = 3, 60
AT_ONCE = 50_000


def lines() -> Iterator[Line]:
    """The seconds of one question, and of the scan. Raises when the two do not find the same."""
    with site.scratch() as ours, ours.app.app_context():
        yield measure(SPOTS)


def measure(spots: int) -> Line:
    """Lay so many spots, then ask both ways in turn at the same places; the middle round by ratio."""
    chance = random.Random(5)
    event.listen(db.engine, "connect", _teach)
    db.engine.dispose()
    _lay(spots, chance)
    rounds = [_round(chance) for _ in range(ROUNDS)]
    ours, scan = middle(rounds)
    return Line(
        f"P5 near() of {spots:,}", f"{1000 * ours:.2f} ms", f"{1000 * scan:.0f} ms", scan / ours, 300, 100, True,
        notes=[f"each round: {', '.join(f'{scan / ours:.0f}×' for ours, scan in rounds)}"],
    )  # fmt: skip


def _round(chance: random.Random) -> tuple[float, float]:
    """The median seconds of ours and of the scan. Each answer is held against geopy's."""
    ours, scans = [], []
    for number in range(PLACES):
        lat, lon = _somewhere(chance)
        seconds, found = _timed(lat, lon)
        ours.append(seconds)
        _check(found, lat, lon)
        if number % (PLACES // 2) == 0:
            started = time.perf_counter()
            rows = db.session.execute(_scan(lat, lon)).all()
            scans.append(time.perf_counter() - started)
            _same(found, rows)
    return medians(ours, scans)


def _timed(lat: float, lon: float) -> tuple[float, list[tuple[Spot, float]]]:
    db.session.rollback()
    db.session.expunge_all()  # every object is made anew, as for a request
    started = time.perf_counter()
    found = geo.near(None, lat, lon, METRES)
    return time.perf_counter() - started, found


def _scan(lat: float, lon: float):
    """Every spot by haversine, in the database's own C, with no index that could help."""
    away = text(
        "2 * 6371008.8 * asin(min(1.0, sqrt(pow(sin(radians(lat - :lat) / 2), 2)"
        " + cos(radians(:lat)) * cos(radians(lat)) * pow(sin(radians(lon - :lon) / 2), 2)))) AS away"
    )
    return (
        select(Spot.id, away)
        .where(text("away <= :metres"))
        .order_by(text("away"), Spot.id)
        .params(lat=lat, lon=lon, metres=METRES)
    )


def _check(found: list[tuple[Spot, float]], lat: float, lon: float) -> None:
    for spot, far in found:
        exact = geodesic((lat, lon), (spot.lat, spot.lon)).m
        if abs(far - exact) > 0.01 * exact + 0.001:
            raise RuntimeError(f"{far} m is not geopy's {exact} m")


def _same(found: list[tuple[Spot, float]], rows: list[Row]) -> None:
    if [spot.id for spot, _far in found] != [row.id for row in rows] or not rows:
        raise RuntimeError(f"near() found {len(found)} spots, the scan {len(rows)}")


def _lay(spots: int, chance: random.Random) -> None:
    """Spots around the middles of towns, in rows put in many at once."""
    with writing():
        here = make.neighbourhood("bench").id
    for first in range(0, spots, AT_ONCE):
        with writing():
            db.session.execute(Spot.__table__.insert(), [_row(here, first + n, chance) for n in range(AT_ONCE)])
    if db.session.scalar(select(func.count()).select_from(Spot)) != spots:
        raise RuntimeError("not every spot was laid")


def _row(here: int, number: int, chance: random.Random) -> dict[str, object]:
    lat, lon = _somewhere(chance)
    return {
        "neighbourhood_id": here, "key": f"spot-{number}", "kind": "place", "name": "Plek", "street": "Straat",
        "texts": {"nl": {"about": "Een plek."}}, "lat": lat, "lon": lon, "radius": 40.0, "facts": {},
    }  # fmt: skip


def _somewhere(chance: random.Random) -> tuple[float, float]:
    """A point in one of the towns."""
    town = random.Random(chance.randrange(TOWNS))
    lat = town.uniform(SOUTH, NORTH) + chance.gauss(0, SPREAD) / 111_195
    return lat, town.uniform(WEST, EAST) + chance.gauss(0, SPREAD) / 111_195 / cos(radians(lat))


def _teach(raw, _record: object) -> None:
    """SQLite counts in C when it was built to; nothing to teach then."""
    if not raw.execute("SELECT count(*) FROM pragma_function_list WHERE name = 'asin'").fetchone()[0]:
        raise RuntimeError("this SQLite has no sine: the scan cannot be measured in its own C")

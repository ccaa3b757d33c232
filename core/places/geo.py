"""Distances between points on earth (WGS 84 degrees, metres), and which spots are near one.

The earth is a sphere here: within 0.6 % of geopy's geodesic, which is the oracle of the tests.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, cos, degrees, floor, hypot, radians, sin, sqrt
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from core.database import db
from core.places.models import Spot

EARTH = 6_371_008.8  # metres: the mean radius

Corner = Sequence[float]  # latitude and longitude
Metres = tuple[float, float]  # east and north of where one stands


class Box(NamedTuple):
    """South, west, north, east in degrees. West beyond east: it lies across the antimeridian."""

    south: float
    west: float
    north: float
    east: float


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two points, by haversine."""
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    half = sin(north / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def distance_to(spot: Spot, lat: float, lon: float) -> float:
    """Metres to a spot: to its point, or to the nearest edge of its border and 0 inside.

    A border is measured on a flat map around where one stands: good for the few kilometres where it matters.
    """
    if not spot.border:
        return distance(lat, lon, spot.lat, spot.lon)
    edges = list(_edges([_flat(corner, lat, lon) for corner in spot.border]))
    return 0.0 if _is_inside(edges) else min(_to_edge(start, end) for start, end in edges)


def is_inside(border: Sequence[Corner], lat: float, lon: float) -> bool:
    """Whether a point lies within a border."""
    return _is_inside(list(_edges([_flat(corner, lat, lon) for corner in border])))


def box(lat: float, lon: float, metres: float) -> Box:
    """The box around everything within a distance. Around a pole it goes all the way round."""
    reach = metres / EARTH
    south, north = lat - degrees(reach), lat + degrees(reach)
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    wide = degrees(asin(min(1.0, sin(reach) / cos(radians(lat)))))
    return Box(south, _around(lon - wide), north, _around(lon + wide))


def blurred(lat: float, lon: float, metres: float) -> tuple[float, float]:
    """The middle of the square that a point lies in: the same for every point of it, whoever asks and however often."""
    high = degrees(metres / EARTH)
    north = (floor(lat / high) + 0.5) * high
    wide = high / max(cos(radians(north)), 0.01)
    return round(north, 5), round((floor(lon / wide) + 0.5) * wide, 5)


def near(neighbourhood_id: int | None, lat: float, lon: float, metres: float) -> list[tuple[Spot, float]]:
    """The spots whose point lies within a distance, with it, nearest first; of all neighbourhoods for None.

    An index on (lat, lon) answers the box; the distance itself is then exact. No PostGIS.
    """
    found = select(Spot).where(_in_box(box(lat, lon, metres)), Spot.removed_at.is_(None))
    if neighbourhood_id is not None:
        found = found.where(Spot.neighbourhood_id + 0 == neighbourhood_id)  # "+ 0": the box is the better index
    measured = [(spot, distance(lat, lon, spot.lat, spot.lon)) for spot in db.session.scalars(found)]
    return sorted(((spot, far) for spot, far in measured if far <= metres), key=lambda pair: (pair[1], pair[0].id))


def _in_box(within: Box) -> ColumnElement[bool]:
    if within.west <= within.east:
        east = and_(Spot.lon >= within.west, Spot.lon <= within.east)
    else:
        east = or_(Spot.lon >= within.west, Spot.lon <= within.east)
    return and_(Spot.lat >= within.south, Spot.lat <= within.north, east)


def _around(lon: float) -> float:
    return (lon + 180) % 360 - 180


def _flat(corner: Corner, lat: float, lon: float) -> Metres:
    """Where a corner lies, in metres east and north of a point."""
    return (
        radians(_around(corner[1] - lon)) * EARTH * cos(radians((lat + corner[0]) / 2)),
        radians(corner[0] - lat) * EARTH,
    )


def _edges(corners: Sequence[Metres]) -> Iterator[tuple[Metres, Metres]]:
    return pairwise([*corners, corners[0]])


def _is_inside(edges: Sequence[tuple[Metres, Metres]]) -> bool:
    """Whether 0, 0 lies within: a line to the east crosses an odd number of edges."""
    inside = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0:
            inside = not inside
    return inside


def _to_edge(start: Metres, end: Metres) -> float:
    """Metres from 0, 0 to the nearest point between two."""
    (x1, y1), (x2, y2) = start, end
    along, up = x2 - x1, y2 - y1
    length = along * along + up * up
    if length == 0:
        return hypot(x1, y1)
    part = min(1.0, max(0.0, -(x1 * along + y1 * up) / length))
    return hypot(x1 + part * along, y1 + part * up)

"""Reading the outline of a neighbourhood from GeoJSON (RFC 7946). Bounds come first: a file may hold anything."""

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

LARGEST_FILE = 2 * 1024 * 1024  # bytes
MOST_CORNERS, MOST_ZONES, LONGEST_NAME = 5000, 40, 60
WIDEST = 0.5  # degrees: some 35 km; a neighbourhood is walked

Corner = tuple[float, float]  # latitude and longitude, WGS 84 degrees


@dataclass(frozen=True)
class Area:
    """A named ring of corners."""

    name: str
    ring: tuple[Corner, ...]

    @property
    def centre(self) -> Corner:
        """The middle of its box: good enough to open a map at."""
        lats, lons = [lat for lat, _lon in self.ring], [lon for _lat, lon in self.ring]
        return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def areas(content: bytes) -> list[Area]:
    """The named polygons of a file: of a MultiPolygon the ring with most corners.

    Raises Refusal, saying what is wrong, for a file that is too large, no GeoJSON, or not on earth.
    """
    if len(content) > LARGEST_FILE:
        raise Refusal(_l("That file is too large. 2 MB is enough for a neighbourhood."), Sort.TOO_LARGE)
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal(_l("That file is no GeoJSON."), Sort.INVALID) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not 1 <= len(features) <= MOST_ZONES:
        raise Refusal(_l("The file needs a list of 1 to 40 areas."), Sort.INVALID)
    return [_area(feature) for feature in features]


def _area(feature: Any) -> Area:
    try:
        name, geometry = str(feature["properties"]["name"]), feature["geometry"]
        rings = {"Polygon": lambda: [geometry["coordinates"][0]],
                 "MultiPolygon": lambda: [part[0] for part in geometry["coordinates"]]}[geometry["type"]]()  # fmt: skip
        ring = tuple(_corner(point) for point in max(rings, key=len))
    except (KeyError, TypeError, IndexError, ValueError):
        raise Refusal(_l("Each area needs a name and a polygon in degrees."), Sort.INVALID) from None
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable() or not 4 <= len(ring) <= MOST_CORNERS:
        raise Refusal(_l("Each area needs a name and a polygon in degrees."), Sort.INVALID)
    lats, lons = [lat for lat, _lon in ring], [lon for _lat, lon in ring]
    if max(lats) - min(lats) > WIDEST or max(lons) - min(lons) > WIDEST:
        raise Refusal(_l("That area is too wide for a neighbourhood."), Sort.INVALID)
    return Area(" ".join(name.split()), ring)


def _corner(point: Any) -> Corner:
    lon, lat = point[0], point[1]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in (lat, lon)):
        raise ValueError("no number")
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180):
        raise ValueError("not on a map")
    return float(lat), float(lon)


def _no_number(_text: str) -> float:
    raise ValueError("NaN and infinity are no JSON")

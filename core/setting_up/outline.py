"""Reading the outline of a neighbourhood from GeoJSON (RFC 7946). Bounds come first: a file may hold anything."""

import json
import unicodedata
from dataclasses import dataclass
from math import isfinite
from typing import Any

from flask_babel import lazy_gettext as _l

from core.places.geo import box
from core.refusal import Refusal, Sort
from core.setting_up.rings import Corner, Ring, first_crossed, tidied

LARGEST_FILE = 2 * 1024 * 1024  # bytes
MOST_CORNERS, MOST_AREAS, LONGEST_NAME = 5000, 41, 60  # areas: a border and forty zones
WIDEST = 0.5  # degrees: some 35 km; a neighbourhood is walked
NO_AREA = _l("Each area needs a name and a polygon in degrees.")
BORDER = "border"  # what `part` says of the border in a file of ours; of a zone it says nothing


@dataclass(frozen=True)
class Area:
    """A named ring of corners, the first not said again at the end.

    In a file of ours: which `zone` it is, by its id, of which `neighbourhood`, and what it `was` called.
    """

    name: str
    ring: Ring
    part: str = ""
    zone: int | None = None
    neighbourhood: str = ""
    was: str = ""

    @property
    def centre(self) -> Corner:
        """The middle of its box: good enough to open a map at."""
        lats, lons = [lat for lat, _lon in self.ring], [lon for _lat, lon in self.ring]
        return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2

    @property
    def corners(self) -> list[list[float]] | None:
        """Its ring as a row keeps it; None for one that was never drawn."""
        return [list(corner) for corner in self.ring] or None


def areas(content: bytes, may_be_undrawn: bool = False) -> list[Area]:
    """The named polygons of a file: of a MultiPolygon the ring with most corners. An area that was never drawn has no
    geometry, where that is allowed.

    Raises Refusal, saying what is wrong, for a file that is too large, too intricate, no GeoJSON, or not on earth, and
    for a ring that crosses itself.
    """
    if len(content) > LARGEST_FILE:
        raise Refusal(_l("That file is too large. 2 MB is enough for a neighbourhood."), Sort.TOO_LARGE)
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal(_l("That file is no GeoJSON."), Sort.INVALID) from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not 1 <= len(features) <= MOST_AREAS:
        raise Refusal(_l("The file needs a list of 1 to 41 areas."), Sort.INVALID)
    found = [_area(feature) for feature in features]
    if not all(area.ring or may_be_undrawn for area in found):
        raise Refusal(NO_AREA, Sort.INVALID)
    crossed = first_crossed(area.ring for area in found)
    if crossed is not None:
        name = found[crossed].name
        raise Refusal(_l("The line of %(name)s crosses itself. Move a corner.", name=name), Sort.INVALID)
    return found


def square(name: str, lat: float, lon: float, metres: float) -> Area:
    """An area so many metres to each side of a point. Raises Refusal for one that is not on a map, or too wide."""
    if not (abs(lat) <= 80 and abs(lon) <= 179 and 50 <= metres <= 10_000):
        raise Refusal(_l("Around a point: 50 to 10000 metres, with latitude first."), Sort.INVALID)
    south, west, north, east = box(lat, lon, metres)
    return Area(name, ((south, west), (south, east), (north, east), (north, west)))


def geojson(found: list[Area]) -> str:
    """The same areas as a file that `areas` reads back."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": area.name,
                "part": area.part,
                "zone": area.zone,
                "neighbourhood": area.neighbourhood,
                "was": area.was,
            },
            "geometry": _polygon(area.ring) if area.ring else None,
        }
        for area in found
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def is_legible(name: str) -> bool:
    """Whether a name has something to see, in whatever script, and no controls or halves of a letter."""
    sorts = {unicodedata.category(letter) for letter in name}
    return not sorts & {"Cc", "Cs"} and any(sort[0] not in "CZ" for sort in sorts)


def _polygon(ring: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[lon, lat] for lat, lon in (*ring, *ring[:1])]]}


def _area(feature: Any) -> Area:
    try:
        said, geometry = feature["properties"], feature["geometry"]
        name, zone = str(said["name"]), said.get("zone")
        ring = () if geometry is None else _ring(geometry)
        neighbourhood, was = str(said.get("neighbourhood", "")), str(said.get("was", ""))
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError, RecursionError):
        raise Refusal(NO_AREA, Sort.INVALID) from None
    if len(name) > LONGEST_NAME or not is_legible(name):
        raise Refusal(NO_AREA, Sort.INVALID)
    if geometry is not None:
        _check(ring)
    is_number = isinstance(zone, int) and not isinstance(zone, bool)
    part = BORDER if said.get("part") == BORDER else ""
    return Area(" ".join(name.split()), ring, part, zone if is_number else None, neighbourhood, was)


def _ring(geometry: Any) -> Ring:
    """The outer ring of a geometry with most corners. The last corner is said once more at its end."""
    coordinates = geometry["coordinates"]
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[geometry["type"]]
    corners = max((polygon[0] for polygon in polygons), key=len)
    if not 4 <= len(corners) <= MOST_CORNERS:
        raise ValueError("no ring")
    return tidied(_corner(point) for point in corners)


def _check(ring: Ring) -> None:
    if len(ring) < 3:
        raise Refusal(NO_AREA, Sort.INVALID)
    if any(max(sides) - min(sides) > WIDEST for sides in zip(*ring, strict=True)):
        raise Refusal(_l("That area is too wide for a neighbourhood."), Sort.INVALID)


def _corner(point: Any) -> Corner:
    lon, lat = point[0], point[1]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in (lat, lon)):
        raise ValueError("no number")
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180):
        raise ValueError("not on a map")
    return float(lat), float(lon)


def _no_number(_text: str) -> float:
    raise ValueError("NaN and infinity are no JSON")

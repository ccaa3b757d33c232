"""De Kanterhoek as data, and how it is laid around any point on earth."""

import json
from dataclasses import dataclass
from functools import cache
from math import atan2, cos, hypot, isfinite, radians
from math import degrees as math_degrees
from pathlib import Path
from typing import Any, Protocol

from geographiclib.geodesic import Geodesic

Metres = tuple[float, float]  # east and north of the centre
Degrees = tuple[float, float]  # latitude and longitude, WGS 84

NEAREST_TO_A_POLE = 85.0  # degrees; beyond it a street map has no use and east no meaning
EARTH = 6_371_008.8  # metres: the mean radius


class Laid(Protocol):
    """Whatever has a place on earth."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


@dataclass(frozen=True)
class Zone:
    """A cluster of streets. "ik kom hier wonen" (`is_future`) has no centre and no edge."""

    key: str
    name: str
    is_future: bool
    centre: Degrees | None
    polygon: tuple[Degrees, ...]


@dataclass(frozen=True)
class Spot:
    """A place with a name, in a zone, with a sentence per language; `challenge` is the key of one that fits it.

    `facts` and `hours` are those of core/places; a `border` is its corners, None for a point with a radius.
    """

    key: str
    name: str
    kind: str  # "hq" or "place"
    street: str
    zone: str
    about: dict[str, str]
    lat: float
    lon: float
    challenge: str | None
    facts: dict[str, Any]
    hours: dict[str, Any] | None = None
    border: tuple[Degrees, ...] | None = None


@dataclass(frozen=True)
class Neighbourhood:
    """De Kanterhoek laid around a point, in WGS 84 degrees."""

    name: str
    slug: str
    about: dict[str, str]
    lat: float
    lon: float
    zones: tuple[Zone, ...]
    spots: tuple[Spot, ...]


def at(lat: float, lon: float) -> Neighbourhood:
    """Lay the neighbourhood around a point (WGS 84 degrees). Raises ValueError for a point no street can lie at."""
    _check(lat, lon)
    drawn = drawing()
    return Neighbourhood(
        name=drawn["name"],
        slug=drawn["slug"],
        about=drawn["about"],
        lat=lat,
        lon=lon,
        zones=tuple(_zone(zone, lat, lon) for zone in drawn["zones"]),
        spots=tuple(_spot(spot, lat, lon) for spot in drawn["spots"]),
    )


def around(text: str) -> Neighbourhood:
    """The same from a setting such as "52.09,5.10". Raises ValueError, naming the setting, when it is no such pair."""
    try:
        lat, lon = (float(part) for part in text.split(","))
        return at(lat, lon)
    except ValueError as wrong:
        raise ValueError(f"BUURT_DEMO_AT is latitude,longitude in degrees such as 52.09,5.10, not {text!r}") from wrong


def degrees(place: Metres, lat: float, lon: float) -> Degrees:
    """Where metres east and north of a point lie."""
    east, north = place
    there = Geodesic.WGS84.Direct(lat, lon, math_degrees(atan2(east, north)), hypot(east, north))
    return round(there["lat2"], 7), round(there["lon2"], 7)


def metres(place: Laid, lat: float, lon: float) -> Metres:
    """The other way round: where a place lies from that point, to within a metre of the drawing."""
    north = radians(place.lat - lat) * EARTH
    return radians(place.lon - lon) * EARTH * cos(radians(lat)), north


@cache
def drawing() -> dict[str, Any]:
    """What we drew: streets, water, blocks, zones and spots, in metres east and north of the centre."""
    drawn: dict[str, Any] = json.loads((Path(__file__).parent / "neighbourhood.json").read_text("utf-8"))
    return drawn


def _check(lat: float, lon: float) -> None:
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= NEAREST_TO_A_POLE and abs(lon) <= 180):
        raise ValueError(f"no neighbourhood can lie at {lat}, {lon}")


def _zone(zone: dict[str, Any], lat: float, lon: float) -> Zone:
    centre = zone["centre"]
    return Zone(
        key=zone["key"],
        name=zone["name"],
        is_future=zone["is_future"],
        centre=degrees(centre, lat, lon) if centre else None,
        polygon=tuple(degrees(corner, lat, lon) for corner in zone["polygon"]),
    )


def _spot(spot: dict[str, Any], lat: float, lon: float) -> Spot:
    there = degrees(spot["place"], lat, lon)
    corners = spot.get("border")
    border = tuple(degrees(corner, lat, lon) for corner in corners) if corners else None
    given = {key: value for key, value in spot.items() if key not in {"place", "border"}}
    return Spot(**given, lat=there[0], lon=there[1], border=border)

"""The ground of De Kanterhoek as GeoJSON in WGS 84 degrees: the lines of the picture, with names for each zoom."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from math import cos, pi, radians
from typing import Any

from core.demo import neighbourhood
from core.demo.neighbourhood import Metres
from core.maps import lettering
from core.maps.lettering import Box, Name

Feature = dict[str, Any]

EDGE = 290  # metres from the centre to each side: as far as anything is drawn
ROUND_THE_EARTH = 2 * pi * 6_378_137  # metres at the equator, on the sphere that web maps are drawn on
ZOOMS = (15, 16, 17, 18)
AGAIN = 420  # px after which a street says its name again
PIN = (27, 56, 3)  # px that a pin takes beside, above and below its foot


def version(lat: float, lon: float) -> str:
    """What changes when the drawing, its lettering or the place where it is laid does."""
    return hashlib.sha256(repr((neighbourhood.drawing(), lettering.SIZES, AGAIN, lat, lon)).encode()).hexdigest()[:10]


@cache
def geojson(lat: float, lon: float) -> bytes:
    """A FeatureCollection around a point (degrees), a feature a layer, in the order in which they are drawn."""
    drawn = neighbourhood.drawing()
    ways = {kind: [way["line"] for way in drawn["streets"] if way["kind"] == kind] for kind in _KINDS}
    found = [
        _feature("green", "MultiPolygon", [[_ring(green["polygon"])] for green in drawn["greens"]]),
        _feature("water", "MultiPolygon", [[_ring(water["polygon"])] for water in drawn["waters"]]),
        _feature("block", "MultiPolygon", [[_ring(block)] for block in drawn["buildings"]]),
        *(_feature(kind, "MultiLineString", lines) for kind, lines in ways.items()),
        _feature("tree", "MultiPoint", drawn["trees"]),
        *(name for zoom in ZOOMS for name in _names(drawn, zoom, lat)),
    ]
    laid = {"type": "FeatureCollection", "features": [_lay(feature, lat, lon) for feature in found]}
    return json.dumps(laid, ensure_ascii=False, separators=(",", ":")).encode()


_KINDS = ("alley", "street", "main", "path")


def _feature(layer: str, geometry: str, coordinates: Any, **more: object) -> Feature:
    return {
        "type": "Feature",
        "properties": {"layer": layer, **more},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def _ring(polygon: list[Metres]) -> list[Metres]:
    return [*polygon, polygon[0]]  # GeoJSON closes its rings


def _names(drawn: dict[str, Any], zoom: int, lat: float) -> Iterable[Feature]:
    """Where names find room when the map is drawn at a zoom; between the pins, and again along a long street."""
    scale = 256 * 2**zoom / (ROUND_THE_EARTH * cos(radians(lat)))  # px a metre
    side, above, below = PIN
    feet = [_px(spot["place"], scale) for spot in drawn["spots"]]
    taken = [Box(x - side, y - above, x + side, y + below) for x, y in feet]
    half = EDGE * scale
    placed = lettering.place(_wanted(drawn, scale), Box(-half, -half, half, half), taken)
    return (_name(name, zoom, scale) for name in placed)


def _wanted(drawn: dict[str, Any], scale: float) -> list[tuple[str, str, list[lettering.Point]]]:
    areas = [(area["name"], kind, area["name_along"]) for kind in ("water", "green") for area in drawn[f"{kind}s"]]
    lines = [(way["name"], way["kind"], way["line"]) for way in drawn["streets"] if way["kind"] != "path"]
    lines.sort(key=lambda line: ("main", "street", "alley").index(line[1]))
    named = [line for line in [*areas, *lines] if line[0]]
    once = [(text, kind, [_px(place, scale) for place in line]) for text, kind, line in named]
    return [(text, kind, piece) for text, kind, line in once for piece in lettering.pieces(line, AGAIN)]


def _name(name: Name, zoom: int, scale: float) -> Feature:
    (x, y), kind = name.middle, name.kind
    where = (x / scale, -y / scale)
    return _feature("name", "Point", where, text=name.text, kind=kind, slope=name.slope, zoom=zoom)


def _px(place: Metres, scale: float) -> lettering.Point:
    return place[0] * scale, -place[1] * scale


def _lay(feature: Feature, lat: float, lon: float) -> Feature:
    laid = _degrees(feature["geometry"]["coordinates"], lat, lon)
    return {**feature, "geometry": {**feature["geometry"], "coordinates": laid}}


def _degrees(place: Any, lat: float, lon: float) -> Any:
    """Metres east and north, however deep in lists, as longitude and latitude: GeoJSON's order."""
    if isinstance(place[0], (int, float)):
        there = neighbourhood.degrees((place[0], place[1]), lat, lon)
        return [round(there[1], 6), round(there[0], 6)]
    return [_degrees(part, lat, lon) for part in place]

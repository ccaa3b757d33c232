"""What lies on the ground of a neighbourhood, in metres, and the same as GeoJSON with names for each zoom."""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, pi, radians
from typing import Any

from core.basemap import shapes, sorts
from core.basemap.extract import CREDIT, Area, Node, Way
from core.basemap.shapes import Flat, Frame, Line, Metres
from core.maps import lettering
from core.maps.lettering import Box, Name

AREAS = ("green", "water", "block")
LETTERED = ("main", "street", "alley")
SMOOTH = 0.4  # metres that a line may be off
SMALLEST = {"block": 12.0, "green": 40.0, "water": 20.0}  # square metres
ROUND_THE_EARTH = 2 * pi * 6_378_137  # metres at the equator, on the sphere that web maps are drawn on
ZOOMS = (15, 16, 17, 18)
AGAIN = 420  # px after which a street says its name again


@dataclass
class Ground:
    """Surfaces (outer ring and holes), lines and trees by layer, and the lines that have a name, by layer and name."""

    flat: Flat
    frame: Frame
    areas: dict[str, list[list[Line]]] = field(default_factory=lambda: defaultdict(list))
    ways: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[str, str], list[Line]] = field(default_factory=lambda: defaultdict(list))
    trees: list[Metres] = field(default_factory=list)

    def add(self, thing: Node | Way | Area) -> None:
        """Lay a thing on the ground, where it is one that we draw."""
        if isinstance(thing, Area):
            self._area(thing)
        elif isinstance(thing, Way):
            self._way(thing)
        elif thing.tags.get("natural") == "tree":
            self.trees.append(self.flat.metres(thing.point))

    def wanted(self, scale: float, again: float) -> Iterator[tuple[str, str, list[lettering.Point]]]:
        """Every name with the lines (px) it may lie along, the most needed first, again after so many px."""
        in_order = sorted(self.names.items(), key=lambda named: (LETTERED.index(named[0][0]), named[0][1]))
        for (layer, name), lines in in_order:
            for line in sorted(shapes.joined(lines), key=len, reverse=True):
                for piece in lettering.pieces([(east * scale, -north * scale) for east, north in line], again):
                    yield name, layer, piece

    def _area(self, area: Area) -> None:
        layer = sorts.of_area(area.tags)
        for piece in area.pieces if layer else ():
            rings = [self.frame.ring(shapes.simpler([self.flat.metres(at) for at in ring], SMOOTH)) for ring in piece]
            if layer and rings[0] and _size(rings[0]) >= SMALLEST[layer]:
                self.areas[layer].append([rings[0], *(ring for ring in rings[1:] if ring)])

    def _way(self, way: Way) -> None:
        layer = sorts.of_way(way.tags)
        for line in self.frame.lines([self.flat.metres(at) for at in way.points]) if layer else ():
            if layer and len(set(line)) > 1:
                self.ways[layer].append(shapes.simpler(line, SMOOTH))
                if layer in LETTERED and (name := way.tags.get("name")):
                    self.names[layer, name].append(self.ways[layer][-1])


def laid(ground: Ground) -> dict[str, Any]:
    """A FeatureCollection in WGS 84 degrees, a feature a layer, in the order in which they are drawn."""
    flat = ground.flat
    features = [
        *(
            _feature(one, "MultiPolygon", [[_laid(flat, ring) for ring in area] for area in ground.areas[one]])
            for one in AREAS
        ),
        *(_feature(one, "MultiLineString", [_laid(flat, line) for line in ground.ways[one]]) for one in sorts.WAYS),
        _feature("tree", "MultiPoint", _laid(flat, ground.trees)),
        *(name for zoom in ZOOMS for name in _names(ground, zoom)),
    ]
    return {"type": "FeatureCollection", "credit": CREDIT, "features": features}


def geojson(laid: dict[str, Any]) -> bytes:
    """The same as it is written."""
    return json.dumps(laid, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(layer: str, geometry: str, coordinates: Any, **more: object) -> dict[str, Any]:
    shape = {"type": geometry, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"layer": layer, **more}, "geometry": shape}


def _names(ground: Ground, zoom: int) -> Iterator[dict[str, Any]]:
    scale = 256 * 2**zoom / (ROUND_THE_EARTH * cos(radians(ground.flat.lat)))  # px a metre
    for name in placed(ground, scale, AGAIN, []):
        (x, y), kind = name.middle, name.kind
        where = ground.flat.degrees((x / scale, -y / scale))
        yield _feature("name", "Point", where, text=name.text, kind=kind, slope=name.slope, zoom=zoom)


def placed(ground: Ground, scale: float, again: float, taken: list[Box]) -> list[Name]:
    """The names that find room at so many px a metre."""
    west, south, east, north = ground.frame
    return lettering.place(
        list(ground.wanted(scale, again)), Box(west * scale, -north * scale, east * scale, -south * scale), taken
    )


def _laid(flat: Flat, places: Iterable[Metres]) -> list[list[float]]:
    return [flat.degrees(place) for place in places]


def _size(ring: Line) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2

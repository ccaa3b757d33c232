"""The ground as vector tiles in one PMTiles file, for maps that move. Only the command that builds loads this.

What is laid is the drawing's FeatureCollection, cut up: the same lines, and names that found room there. A screen shows
each tile at twice its size (512 px), those of the last zoom larger still.
"""

import gzip
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy
import shapely
from mapbox_vector_tile.encoder import on_invalid_geometry_make_valid
from numpy.typing import NDArray
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

FIRST, LAST = 12, 15  # zooms of the tiles, for screens at 13 to 18
SIDE, BEYOND = 4096, 64  # units of a tile, and how far what is cut goes on beyond its edge
OFF = 4  # units that a line may be off in tiles that are not the last: half a px
BEGINS = {"block": 14, "path": 15, "tree": 15}  # by layer the first zoom; any other is in all
Box = tuple[float, float, float, float]  # west, north, east, south: parts of the square that holds the earth


@dataclass(frozen=True)
class Layer:
    """What is drawn alike: its shapes on that square, found by place, and of each what it says."""

    shapes: NDArray[Any]
    says: list[dict[str, Any]]
    found: shapely.STRtree


def write(path: Path, laid: Mapping[str, Any], name: str) -> Iterator[str]:
    """Make the file of what was laid (WGS 84 degrees), whole or not at all; says after each zoom how many tiles."""
    layers = dict(_layers(laid["features"]))
    whole = shapely.total_bounds([shape for layer in layers.values() for shape in layer.shapes])
    tmp = path.with_name(f"{path.name}.tmp")
    with tmp.open("wb") as file:
        tiles = Writer(file)
        for zoom in range(FIRST, LAST + 1):
            made = 0
            for number, x, y in sorted(_over(whole, zoom)):
                if tile := _tile(layers, zoom, x, y):
                    tiles.write_tile(number, gzip.compress(tile, 9, mtime=0))
                    made += 1
            yield f"zoom {zoom}: {made} tiles"
        tiles.finalize(_header(whole), {"name": name, "attribution": laid["credit"], "vector_layers": _listed(layers)})
        file.flush()
        os.fsync(file.fileno())
    tmp.rename(path)
    yield f"{path.name}: {path.stat().st_size:,} bytes"


def _layers(features: list[dict[str, Any]]) -> Iterator[tuple[str, Layer]]:
    by_name: dict[str, list[tuple[Any, dict[str, Any]]]] = {}
    for feature in features:
        says = {key: value for key, value in feature["properties"].items() if key != "layer"}
        shape = shapely.transform(shapely.geometry.shape(feature["geometry"]), _on_the_square)
        parts = [(part, says) for part in shapely.get_parts(shape)]
        by_name.setdefault(feature["properties"]["layer"], []).extend(parts)
    for name, both in by_name.items():
        if both:
            shapes = numpy.array([shape for shape, _ in both])
            yield name, Layer(shapes, [says for _, says in both], shapely.STRtree(shapes))


def _on_the_square(degrees: NDArray[Any]) -> NDArray[Any]:
    """Longitude and latitude on the map that the web uses: 0 to 1, eastwards and southwards."""
    east, north = degrees.T
    down = 0.5 - numpy.arcsinh(numpy.tan(numpy.radians(north))) / (2 * numpy.pi)
    return numpy.column_stack([east / 360 + 0.5, down])


def _over(whole: NDArray[Any], zoom: int) -> Iterator[tuple[int, int, int]]:
    """The tiles over an area: their number in the file, x and y."""
    west, north, east, south = (floor(edge * 2**zoom) for edge in whole)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            yield zxy_to_tileid(zoom, x, y), x, y


def _tile(layers: Mapping[str, Layer], zoom: int, x: int, y: int) -> bytes:
    there = [
        {"name": name, "features": list(_names(layer, zoom, x, y) if name == "name" else _shapes(layer, zoom, x, y))}
        for name, layer in layers.items()
        if zoom >= BEGINS.get(name, FIRST)
    ]
    how = {"y_coord_down": True, "extents": SIDE, "on_invalid_geometry": on_invalid_geometry_make_valid}
    filled = [layer for layer in there if layer["features"]]
    return mapbox_vector_tile.encode(filled, default_options=how) if filled else b""


def _shapes(layer: Layer, zoom: int, x: int, y: int) -> Iterator[dict[str, Any]]:
    beyond = BEYOND / SIDE
    edges = tuple(edge / 2**zoom for edge in (x - beyond, y - beyond, x + 1 + beyond, y + 1 + beyond))
    near = layer.shapes[numpy.sort(layer.found.query(shapely.box(*edges)))]
    cut = shapely.transform(shapely.clip_by_rect(near, *edges), lambda at: (at * 2**zoom - (x, y)) * SIDE)
    simple = cut if zoom == LAST else shapely.simplify(cut, OFF)
    for shape, was in zip(shapely.transform(simple, numpy.rint), near, strict=True):
        if not shape.is_empty and shape.geom_type.removeprefix("Multi") == was.geom_type:
            yield {"geometry": shape, "properties": {}}


def _names(layer: Layer, zoom: int, x: int, y: int) -> Iterator[dict[str, Any]]:
    """A name lies in one tile of the zoom for which it was placed, wherever its letters go on."""
    for shape, says in zip(layer.shapes, layer.says, strict=True):
        if min(says["zoom"] - 1, LAST) == zoom:
            right, down = shape.x * 2**zoom - x, shape.y * 2**zoom - y
            if 0 <= right < 1 and 0 <= down < 1:
                yield {"geometry": shapely.Point(round(right * SIDE), round(down * SIDE)), "properties": says}


def _header(whole: NDArray[Any]) -> dict[str, Any]:
    west, north, east, south = whole
    (west, south), (east, north) = _in_degrees(west, south), _in_degrees(east, north)
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_lon_e7": west, "min_lat_e7": south,
        "max_lon_e7": east, "max_lat_e7": north, "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2, "center_zoom": LAST,
    }  # fmt: skip


def _in_degrees(right: float, down: float) -> tuple[int, int]:
    """Longitude and latitude in the ten millionths of a degree that the file wants."""
    lat = numpy.degrees(numpy.arctan(numpy.sinh(numpy.pi * (1 - 2 * down))))
    return round((right - 0.5) * 360e7), round(float(lat) * 1e7)


def _listed(layers: Mapping[str, Layer]) -> list[dict[str, Any]]:
    return [
        {"id": name, "fields": {}, "minzoom": max(FIRST, BEGINS.get(name, FIRST)), "maxzoom": LAST} for name in layers
    ]

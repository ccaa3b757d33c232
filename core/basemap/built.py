"""Makes the map of a neighbourhood of an extract, and gives it to its pages."""

import hashlib
import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from core.basemap import extract, ground, picture
from core.basemap.extract import Area, Box, Node, Progress, Way
from core.basemap.makers import MAKERS, Read
from core.basemap.shapes import Flat, Frame
from core.maps.drawings import Drawing
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort

MARGIN = 200.0  # metres around the border that are on the map too
WIDEST = 25_000.0  # metres that a map of a whole extract may be
LIGHT = 250_000  # bytes of GeoJSON, some 55 KB on their way: what draws tiles weighs 40 KB before the first of them
DRAWN, PICTURE, TILES, ABOUT = "ground.geojson", "picture.svg", "ground.pmtiles", "about.json"
HEAD = struct.Struct("<7sB8Q")  # how a PMTiles file begins: its name, version, and where each part of it lies


def folder(slug: str) -> Path:
    """Where the files of a neighbourhood's map lie, made or not (the setting `maps`)."""
    return Path(current_app.config["BUURT"].maps).absolute() / slug


def build(here: Neighbourhood, file: Path, progress: Progress) -> Iterator[str]:
    """Read an extract (.osm.pbf) and make all files anew; says after each what it is.

    Raises Refusal for a neighbourhood without a border, or when the extract has nothing there.
    """
    from core.basemap import tiles

    flat, frame, box = _around(here)
    things = list(extract.read(file, box, progress))
    yield f"{len(things):,} things lie there"
    drawn = _drawn(things, flat, frame)
    target = folder(here.slug)
    target.mkdir(parents=True, exist_ok=True)
    laid, shown = ground.laid(drawn), picture.ground_svg(drawn).encode()
    written = ground.geojson(laid)
    yield _keep(target / DRAWN, written)
    yield _keep(target / PICTURE, f"<!-- {extract.CREDIT} -->".encode() + shown)
    yield from tiles.write(target / TILES, laid, here.name)
    version = hashlib.sha256(written + shown + (target / TILES).read_bytes()).hexdigest()[:10]
    about = {"credit": extract.CREDIT, "version": version, "flat": flat, "frame": frame, "made_of": file.name}
    yield _keep(target / ABOUT, json.dumps(about).encode())
    for name, make in MAKERS.named().items():
        yield f"{name}: {make(Read(here.slug, target, things))}"


def only_tiles(to: Path, file: Path, here: Neighbourhood | None, progress: Progress) -> Iterator[str]:
    """The tiles alone, in a file of any name: of a neighbourhood, or of all that a small extract covers."""
    from core.basemap import tiles

    flat, frame, box = _around(here) if here else (*_all_of(file), None)
    drawn = _drawn(extract.read(file, box, progress), flat, frame)
    yield from tiles.write(to, ground.laid(drawn), here.name if here else file.name)


def _drawn(things: Iterable[Node | Way | Area], flat: Flat, frame: Frame) -> ground.Ground:
    drawn = ground.Ground(flat, frame)
    for thing in things:
        drawn.add(thing)
    if not drawn.ways:
        raise Refusal(_("This extract has no streets in the neighbourhood."), Sort.INVALID)
    return drawn


def drawing(here: Neighbourhood) -> Drawing | None:
    """What was made for a neighbourhood, or None."""
    made = folder(here.slug)
    try:
        about = _about(made, (made / ABOUT).stat().st_mtime_ns)
    except FileNotFoundError:
        return None
    label = _("Map of %(name)s. The list says the same.", name=here.name)
    flat, frame = Flat(*about["flat"]), Frame(*about["frame"])
    return Drawing(
        picture=lambda pins: picture.draw(label, (made / PICTURE).read_text("utf-8"), frame, flat, pins),
        geojson=(made / DRAWN).read_bytes,
        version=about["version"],
        credit=about["credit"],
        tiles=made / TILES if _is_whole(made / TILES) else None,
        is_light=(made / DRAWN).stat().st_size <= LIGHT,
    )


@lru_cache(maxsize=64)
def _about(made: Path, _changed: int) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((made / ABOUT).read_text("utf-8"))
    return about


def _is_whole(tiles: Path) -> bool:
    """Whether a PMTiles file (version 3) is there with all that its head says it holds."""
    try:
        with tiles.open("rb") as file:
            head, size = file.read(HEAD.size), os.fstat(file.fileno()).st_size
        magic, version, *_between, start, length = HEAD.unpack(head)
    except (FileNotFoundError, struct.error):
        return False
    return (magic, version) == (b"PMTiles", 3) and size == start + length


def _around(here: Neighbourhood) -> tuple[Flat, Frame, Box]:
    if not here.border:
        raise Refusal(_("This neighbourhood has no border yet. Draw it first."), Sort.INVALID)
    flat = Flat(here.lat, here.lon)
    frame = _frame(flat, here.border)
    (west, south), (east, north) = flat.degrees(frame[:2]), flat.degrees(frame[2:])
    return flat, frame, Box(south, west, north, east)


def _all_of(file: Path) -> tuple[Flat, Frame]:
    box = extract.covers(file)
    flat = Flat((box.south + box.north) / 2, (box.west + box.east) / 2)
    frame = _frame(flat, [(box.south, box.west), (box.north, box.east)])
    if frame.east - frame.west > WIDEST or frame.north - frame.south > WIDEST:
        raise Refusal(_("This extract is too wide for one map. Name a neighbourhood."), Sort.INVALID)
    return flat, frame


def _frame(flat: Flat, corners: Iterable[Sequence[float]]) -> Frame:
    easts, norths = zip(*(flat.metres((lat, lon)) for lat, lon in corners), strict=True)
    return Frame(min(easts) - MARGIN, min(norths) - MARGIN, max(easts) + MARGIN, max(norths) + MARGIN)


def _keep(path: Path, content: bytes) -> str:
    """Whole or not at all: tmp, fsync, rename."""
    tmp = path.with_name(f"{path.name}.tmp")
    with tmp.open("wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    tmp.rename(path)
    return f"{path.name}: {len(content):,} bytes"

"""Who draws the ground under the pins. A neighbourhood that nobody draws has plain ground."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flask import current_app, g
from markupsafe import Markup

from core.config import A_MAP
from core.neighbourhoods.models import Neighbourhood
from core.registry import Registry


class Pin(NamedTuple):
    """A row of the list as it stands in the picture. `kind` is its shape: hq, meet, story or place."""

    kind: str
    name: str
    page: str  # its address
    lat: float
    lon: float


@dataclass(frozen=True)
class Drawing:
    """A neighbourhood's own drawing: a `picture` for every browser, and the same as GeoJSON to move about in."""

    picture: Callable[[Sequence[Pin]], Markup]  # with the pins of the list
    geojson: Callable[[], bytes]  # a FeatureCollection in WGS 84 degrees; `layer` says what each feature is
    version: str  # changes when the drawing does
    credit: str = ""  # whose map it is, as its licence asks to say
    tiles: Path | None = None  # the same as vector tiles in one PMTiles file, where they were made
    is_light: bool = True  # a phone has it sooner than tiles with what draws those (docs/decisions/0033)


DRAWINGS: Registry[Callable[[Neighbourhood], Drawing | None]] = Registry("who draws the ground under the pins")
"""Each draws the neighbourhoods that it knows; None for another."""


def command_for_one(slug: str) -> str:
    """What makes a neighbourhood's own map, for who looks after the site (docs/deploy.md)."""
    return f"flask --app wsgi basemap build EXTRACT.osm.pbf --neighbourhood {slug}"


def settings_for_one() -> list[str]:
    """The lines of the settings that put a map under the pins, for who has none."""
    return [f'{name}="{value}"' for name, value in A_MAP.items()]


def of(here: Neighbourhood) -> Drawing | None:
    """The drawing of a neighbourhood, or None."""
    drawn = (draw(here) for draw in DRAWINGS.all())
    return next((one for one in drawn if one), None)


class Ground(NamedTuple):
    """What lies under a map that moves: an operator's tiles with whose they are, or the neighbourhood's own drawing."""

    tiles: str
    credit: str
    drawing: Drawing | None

    @property
    def is_there(self) -> bool:
        """Whether there is a map at all; without it the list of places says what there is."""
        return bool(self.tiles or self.drawing)


def ground(is_kept: bool = False) -> Ground:
    """The ground of this neighbourhood, for templates: its own tiles, else the operator's, else its drawing.

    What is kept on a phone has never an operator's: those are not ours to hand out. The content policy of the answer
    names their host only where they are what lies there.
    """
    settings, drawn = current_app.config["BUURT"], of(g.neighbourhood)
    tiles = "" if is_kept or (drawn and drawn.tiles) else settings.tiles
    g.tiles_host = settings.tiles_host if tiles else ""
    return Ground(tiles, settings.tiles_credit if tiles else drawn.credit if drawn else "", drawn)

"""Who draws the ground under the pins. A neighbourhood that nobody draws has plain ground."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import current_app, g
from markupsafe import Markup

from core.config import A_MAP
from core.neighbourhoods.models import Neighbourhood
from core.registry import Registry


class Pin(NamedTuple):
    """A row of the list as it stands in the picture. `kind` is its shape: hq, meet or place."""

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


DRAWINGS: Registry[Callable[[Neighbourhood], Drawing | None]] = Registry("who draws the ground under the pins")
"""Each draws the neighbourhoods that it knows; None for another."""


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


def ground() -> Ground:
    """The ground of this neighbourhood, for templates of any slice."""
    settings = current_app.config["BUURT"]
    return Ground(settings.tiles, settings.tiles_credit, of(g.neighbourhood))

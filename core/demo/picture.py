"""The map of De Kanterhoek as one inline SVG. Its colours are classes (static/css/components/mapdrawing.css)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from core.demo.neighbourhood import Metres, drawing
from core.maps import lettering
from core.maps.lettering import Box, Name
from core.maps.pins import Placed
from core.maps.pins import draw as draw_pins

WIDTH, HEIGHT = 330, 352  # px; on a phone of 360 px it is shown one to one
SCALE = 0.7  # px a metre


Pin = tuple[str, str, str, Metres]  # its kind, its name, its page (none: it is no link), and where it lies


@lru_cache(maxsize=20)  # one a language
def draw(label: str, pins: tuple[Pin, ...] | None = None) -> Markup:
    """The map, under 30 KB; `label` is what it says to somebody who does not see it.

    Without `pins` it has those of the data. One that lies beside the picture is left out.
    """
    drawn = drawing()
    streets = drawn["streets"]
    ours = tuple((spot["kind"], spot["name"], "", tuple(spot["place"])) for spot in drawn["spots"])
    placed = [Placed(kind, name, page, *_px(place)) for kind, name, page, place in (ours if pins is None else pins)]
    shown = [pin for pin in placed if _is_on_it(pin.x, pin.y)]
    names = lettering.place(_wanted(drawn), Box(0, 0, WIDTH, HEIGHT), [pin.room for pin in shown])
    parts = [
        f'<rect class="m-land" width="{WIDTH}" height="{HEIGHT}"/>',
        _areas("m-green", [green["polygon"] for green in drawn["greens"]]),
        _areas("m-water", [water["polygon"] for water in drawn["waters"]]),
        _areas("m-building", drawn["buildings"]),
        f'<g class="m-casing">{_streets(streets)}</g><g class="m-street">{_streets(streets)}</g>',
        _lines("m-path", [street["line"] for street in streets if street["kind"] == "path"]),
        *('<circle class="m-tree" cx="{:g}" cy="{:g}" r="5.5"/>'.format(*_px(tree)) for tree in drawn["trees"]),
        *(_text(name) for name in names),
        *draw_pins(shown),
    ]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="buurt-mapdrawing" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="xMidYMid slice"'
        f' role="{"img" if pins is None else "group"}" aria-label={quoteattr(label)}>'
    )
    return Markup(opening + "".join(parts) + "</svg>")  # the words in it were escaped on the way in


def _px(place: Metres) -> tuple[float, float]:
    east, north = place
    return round(WIDTH / 2 + east * SCALE, 1), round(HEIGHT / 2 - north * SCALE, 1)


def _is_on_it(x: float, y: float) -> bool:
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def _track(line: Iterable[Metres]) -> str:
    return "M" + " ".join("{:g} {:g}".format(*_px(place)) for place in line)


def _areas(name: str, polygons: Iterable[list[Metres]]) -> str:
    return f'<path class="{name}" d="{"".join(_track(polygon) + "Z" for polygon in polygons)}"/>'


def _lines(name: str, lines: Iterable[list[Metres]]) -> str:
    return f'<path class="{name}" d="{"".join(map(_track, lines))}"/>'


def _streets(streets: list[dict[str, Any]]) -> str:
    kinds = ("alley", "street", "main")
    return "".join(_lines(f"m-{kind}", [way["line"] for way in streets if way["kind"] == kind]) for kind in kinds)


def _wanted(drawn: dict[str, Any]) -> list[tuple[str, str, list[tuple[float, float]]]]:
    """Every name with the line it may lie along, the most needed first."""
    lines = [(way["name"], way["kind"], way["line"]) for way in drawn["streets"] if way["kind"] != "path"]
    lines.sort(key=lambda line: ("main", "street", "alley").index(line[1]))
    areas = [(area["name"], kind, area["name_along"]) for kind in ("water", "green") for area in drawn[f"{kind}s"]]
    named = [line for line in [*areas, *lines] if line[0]]
    return [(text, kind, [_px(place) for place in line]) for text, kind, line in named]


def _text(name: Name) -> str:
    (x, y), slope = name.middle, name.slope
    place = f"translate({x:.1f} {y:.1f})" + (f" rotate({slope})" if slope else "")
    return f'<text class="m-label m-label--{name.kind}" transform="{place}" dy=".35em">{escape(name.text)}</text>'

"""The map of De Kanterhoek as one inline SVG. Its colours are classes (static/css/components/mapdrawing.css)."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from flask_babel import lazy_gettext as _
from markupsafe import Markup, escape

from core.demo import lettering
from core.demo.lettering import Box, Name
from core.demo.neighbourhood import Metres, drawing

LABEL = _("Map of De Kanterhoek, with 8 places. The list says the same.")

WIDTH, HEIGHT = 330, 352  # px; on a phone of 360 px it is shown one to one
SCALE = 0.7  # px a metre
PINS = {
    "hq": '<path class="m-pin m-pin--hq" d="M-19 0v-26l19-14 19 14v26Z"/><path class="m-pin__awning" d="M-19-23h38v6'
    'a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0a4.75 5 0 0 1-9.5 0Z"/>'
    '<path class="m-pin__door" d="M-4.5 0v-11h9v11Z"/>',
    "place": '<path class="m-pin__post" d="M0 0v-14"/>'
    '<rect class="m-pin m-pin--place" x="-17" y="-37" width="34" height="25" rx="3"/>'
    '<rect class="m-pin__inset" x="-14" y="-34" width="28" height="19" rx="2"/>'
    '<path class="m-pin__words" d="M-8-27.5H8M-8-21.5H3"/>',
}


def draw(label: str) -> Markup:
    """The map, under 30 KB; `label` is what it says to somebody who does not see it."""
    drawn = drawing()
    streets = drawn["streets"]
    pins = sorted(((*_px(spot["place"]), spot["kind"]) for spot in drawn["spots"]), key=lambda pin: pin[1])
    names = lettering.place(_wanted(drawn), Box(0, 0, WIDTH, HEIGHT), [_room(x, y) for x, y, _kind in pins])
    parts = [
        f'<rect class="m-land" width="{WIDTH}" height="{HEIGHT}"/>',
        _areas("m-green", [green["polygon"] for green in drawn["greens"]]),
        _areas("m-water", [water["polygon"] for water in drawn["waters"]]),
        _areas("m-building", drawn["buildings"]),
        f'<g class="m-casing">{_streets(streets)}</g><g class="m-street">{_streets(streets)}</g>',
        _lines("m-path", [street["line"] for street in streets if street["kind"] == "path"]),
        *('<circle class="m-tree" cx="{:g}" cy="{:g}" r="5.5"/>'.format(*_px(tree)) for tree in drawn["trees"]),
        *(_text(name) for name in names),
        *(f'<g transform="translate({x:g} {y:g})">{PINS[kind]}</g>' for x, y, kind in pins),
    ]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="buurt-mapdrawing" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' role="img" aria-label={quoteattr(label)}>'
    )
    return Markup(opening + "".join(parts) + "</svg>")  # the words in it were escaped on the way in


def _px(place: Metres) -> tuple[float, float]:
    east, north = place
    return round(WIDTH / 2 + east * SCALE, 1), round(HEIGHT / 2 - north * SCALE, 1)


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


def _room(x: float, y: float) -> Box:
    """The room a pin takes when its foot stands there."""
    return Box(x - 21, y - 42, x + 21, y + 3)

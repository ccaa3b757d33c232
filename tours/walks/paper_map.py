"""The map of a walk for paper: the neighbourhood's own drawing cut to the walk, with its line and numbers."""

import json
from collections.abc import Iterable, Iterator, Sequence
from math import cos, hypot, pi, radians, sin
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from core.basemap.shapes import Flat, Frame
from core.maps.drawings import Drawing
from core.maps.lettering import Box, Name, Point

WIDE, HIGH = 174.0, 190.0  # millimetres on A4; on A3 all is as much larger as the paper
LETTER = 0.225  # millimetres of a px of the names
MARGIN, LEAST = 70.0, 300.0  # metres around the walk; as wide as the map is at least
SCALE = 0.7  # px a metre, as mapdrawing.css has the widths of streets
NUMBER = 34.0  # px across
AREAS = {"green": "m-green", "water": "m-water", "block": "m-building"}
STREETS = ("alley", "street", "main")
ROUND_THE_EARTH = 2 * pi * 6_378_137  # metres
TURNS = tuple(radians(turn) for turn in range(0, 360, 30))

Feature = dict[str, Any]


def draw(label: str, drawn: Drawing | None, stops: Sequence[Sequence[float]], legs: Iterable[dict[str, Any]]) -> Markup:
    """An SVG of `stops` ([latitude, longitude], numbered from 1) and `legs` as views.line has them."""
    sheet = _Sheet(stops, [leg["line"] for leg in legs])
    features = json.loads(drawn.geojson())["features"] if drawn else []
    feet = [sheet.px((stop[0], stop[1])) for stop in stops]
    numbers = _apart([(x / sheet.px_wide, y / sheet.px_wide) for x, y in feet])
    inside = "".join(
        [
            *sheet.ground(features),
            *sheet.line(legs),
            f'<g transform="scale({sheet.px_wide:.4f})">',
            *sheet.names(features, numbers),
            *_numbered(numbers, [(x / sheet.px_wide, y / sheet.px_wide) for x, y in feet]),
            "</g>",
        ]
    )
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="buurt-mapdrawing" viewBox="0 0 {sheet.wide:.0f}'
        f' {sheet.high:.0f}" role="img" aria-label={quoteattr(label)}>'
        f'<rect class="m-land" width="{sheet.wide:.0f}" height="{sheet.high:.0f}"/>{inside}</svg>'
    )  # the words in it were escaped on the way in


class _Sheet:
    """The piece of ground that the walk lies on, as wide and high as the paper has room for."""

    def __init__(self, stops: Sequence[Sequence[float]], lines: Sequence[Sequence[Sequence[float]]]) -> None:
        points = [(at[0], at[1]) for some in (stops, *lines) for at in some]
        north, east = max(lat for lat, _ in points), max(lon for _, lon in points)
        south, west = min(lat for lat, _ in points), min(lon for _, lon in points)
        self.flat = Flat((north + south) / 2, (east + west) / 2)
        across, up = self.flat.metres((north, east))
        wide = max(2 * (across + MARGIN), 2 * (up + MARGIN) * WIDE / HIGH, LEAST)
        self.frame = Frame(-wide / 2, -wide * HIGH / WIDE / 2, wide / 2, wide * HIGH / WIDE / 2)
        self.wide, self.high = wide * SCALE, wide * HIGH / WIDE * SCALE
        self.px_wide = self.wide / (WIDE / LETTER)  # units of the ground that go into a px of the names

    def px(self, at: tuple[float, float]) -> Point:
        east, north = self.flat.metres(at)
        return (east - self.frame.west) * SCALE, (self.frame.north - north) * SCALE

    def ground(self, features: Sequence[Feature]) -> Iterator[str]:
        of = {one["properties"]["layer"]: one["geometry"]["coordinates"] for one in features}
        for layer, look in AREAS.items():
            rings = [self.frame.ring(self._metres(ring)) for area in of.get(layer, ()) for ring in area]
            yield self._path(look, [ring for ring in rings if ring], "Z")
        streets = "".join(self._ways(layer, of) for layer in STREETS)
        yield f'<g class="m-casing">{streets}</g><g class="m-street">{streets}</g>{self._ways("path", of)}'

    def line(self, legs: Iterable[dict[str, Any]]) -> Iterator[str]:
        """White below and dark above, so that it is seen on any ground and without colours."""
        paths = [(leg["known"], [self.px((lat, lon)) for lat, lon in leg["line"]]) for leg in legs]
        for name in ("m-way-casing", "m-way"):
            for known, points in paths:
                track = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
                wide = self.px_wide * (11 if name == "m-way-casing" else 6)
                dashes = "" if known else f' stroke-dasharray="{self.px_wide * 2:.2f} {self.px_wide * 11:.2f}"'
                yield f'<path class="{name}" stroke-width="{wide:.2f}"{dashes} d="{track}"/>'

    def names(self, features: Sequence[Feature], numbers: Sequence[Point]) -> Iterator[str]:
        """The names that were placed for the nearest smaller scale, where they hide no number."""
        half, room = NUMBER / 2, Box(4, 4, self.wide / self.px_wide - 4, self.high / self.px_wide - 4)
        taken = [Box(x - half, y - half, x + half, y + half) for x, y in numbers]
        for one in self._of_the_zoom(features):
            said, (lon, lat) = one["properties"], one["geometry"]["coordinates"]
            x, y = self.px((lat, lon))
            name = Name(said["text"], said["kind"], (x / self.px_wide, y / self.px_wide), said["slope"])
            if all(box.lies_in(room) and not any(box.meets(other) for other in taken) for box in name.boxes):
                taken += name.boxes
                yield _text(name)

    def _of_the_zoom(self, features: Sequence[Feature]) -> list[Feature]:
        names = [one for one in features if one["properties"]["layer"] == "name"]
        zooms = {one["properties"]["zoom"] for one in names}
        a_metre = SCALE / self.px_wide
        fits = [zoom for zoom in zooms if 256 * 2**zoom / (ROUND_THE_EARTH * cos(radians(self.flat.lat))) <= a_metre]
        wanted = max(fits, default=min(zooms, default=0))
        return [one for one in names if one["properties"]["zoom"] == wanted]

    def _ways(self, layer: str, of: dict[str, Any]) -> str:
        runs = [run for line in of.get(layer, ()) for run in self.frame.lines(self._metres(line))]
        return self._path(f"m-{layer}", runs)

    def _metres(self, line: Sequence[Sequence[float]]) -> list[Point]:
        return [self.flat.metres((lat, lon)) for lon, lat in line]

    def _path(self, name: str, lines: Iterable[Sequence[Point]], close: str = "") -> str:
        west, north = self.frame.west, self.frame.north
        tracks = (
            "M" + " ".join(f"{(x - west) * SCALE:.1f} {(north - y) * SCALE:.1f}" for x, y in line) + close
            for line in lines
        )
        return f'<path class="{name}" d="{"".join(tracks)}"/>'


def _apart(feet: Sequence[Point]) -> list[Point]:
    """Where each number stands: at its stop, or beside it where another one stands there."""
    placed: list[Point] = []
    for x, y in feet:
        tries = (
            (x + far * NUMBER * cos(turn), y + far * NUMBER * sin(turn)) for far in (0, 1.1, 2.2, 3.3) for turn in TURNS
        )
        free = (at for at in tries if all(hypot(at[0] - one[0], at[1] - one[1]) >= NUMBER for one in placed))
        placed.append(next(free, (x, y)))
    return placed


def _numbered(numbers: Sequence[Point], feet: Sequence[Point]) -> Iterator[str]:
    for (x, y), (foot_x, foot_y) in zip(numbers, feet, strict=True):
        if (x, y) != (foot_x, foot_y):
            yield f'<path class="m-to-stop" d="M{foot_x:.1f} {foot_y:.1f} {x:.1f} {y:.1f}"/>'
    for number, (x, y) in enumerate(numbers, 1):
        yield (
            f'<g transform="translate({x:.1f} {y:.1f})"><circle class="m-number" r="{NUMBER / 2 - 1.5:g}"/>'
            f'<text class="m-number__text" dy=".36em">{number}</text></g>'
        )


def _text(name: Name) -> str:
    turn = f" rotate({name.slope})" if name.slope else ""
    return (
        f'<text class="m-label m-label--{name.kind}" lang="nl" transform="translate({name.middle[0]:.1f}'
        f' {name.middle[1]:.1f}){turn}" dy=".35em">{escape(name.text)}</text>'
    )

"""A brush that knows SVG's path language, so that drawings made as SVG can be painted with Pillow."""

import re
from collections.abc import Iterator
from math import cos, radians, sin

from PIL import Image, ImageDraw

Point = tuple[float, float]

INK = "#1A1E23"
PIECES = 12  # straight pieces to a curve
TOKENS = re.compile(r"([MmLlHhVvCcSsZz])|(-?(?:\d+\.?\d*|\.\d+))")
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "z": 0}


class Brush:
    """Paints on a canvas. `at` gives a brush whose coordinates start elsewhere, turned, scaled or mirrored."""

    def __init__(self, canvas: Image.Image, across: Point = (1, 0), down: Point = (0, 1), start: Point = (0, 0)):
        self.canvas = canvas
        self.pen = ImageDraw.Draw(canvas)
        self.across, self.down, self.start = across, down, start

    def at(self, x: float, y: float, scale: float = 1, turn: float = 0, mirrored: bool = False) -> "Brush":
        """A brush whose (0, 0) lies at (x, y); `turn` is in degrees clockwise."""
        run, rise = cos(radians(turn)) * scale, sin(radians(turn)) * scale
        side = -1 if mirrored else 1
        across, down = self._vector(side * run, side * rise), self._vector(-rise, run)
        return Brush(self.canvas, across, down, self._place((x, y)))

    def shape(self, path: str, fill: str | None, width: float = 2.6, ink: str = INK) -> None:
        """Paint an SVG path (M L H V C S Z, in either case), filled and outlined; width 0 leaves the outline out."""
        for points, closed in outlines(path):
            places = [self._place(point) for point in points]
            if fill and len(places) > 2:
                self.pen.polygon(places, fill=fill)
            if width:
                self._stroke([*places, *places[:2]] if closed else places, width, ink)

    def disc(self, x: float, y: float, radius: float, fill: str, width: float = 2.6) -> None:
        """Paint a round spot, outlined; width 0 leaves the outline out."""
        bulge = radius * 0.5523
        quarter = f"M{x - radius} {y}c0-{bulge} {radius - bulge}-{radius} {radius}-{radius}"
        rest = f"s{radius} {radius - bulge} {radius} {radius}s-{radius - bulge} {radius}-{radius} {radius}"
        self.shape(f"{quarter}{rest}s-{radius}-{radius - bulge}-{radius}-{radius}Z", fill, width)

    def box(self, x: float, y: float, width: float, height: float, fill: str, outline: float = 2.6) -> None:
        """Paint a rectangle."""
        self.shape(f"M{x} {y}h{width}v{height}h{-width}Z", fill, outline)

    def _stroke(self, places: list[Point], width: float, ink: str) -> None:
        thick = width * (self.across[0] ** 2 + self.across[1] ** 2) ** 0.5
        self.pen.line(places, fill=ink, width=round(thick), joint="curve")
        for x, y in (places[0], places[-1]):
            self.pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=ink)

    def _vector(self, x: float, y: float) -> Point:
        return x * self.across[0] + y * self.down[0], x * self.across[1] + y * self.down[1]

    def _place(self, point: Point) -> Point:
        right, below = self._vector(*point)
        return self.start[0] + right, self.start[1] + below


def outlines(path: str) -> Iterator[tuple[list[Point], bool]]:
    """The lines of an SVG path as points, each with whether it closes. Arcs and quadratic curves are not known."""
    line: list[Point] = []
    here: Point = (0, 0)
    bend: Point | None = None
    for command, numbers in _steps(path):
        kind, (x, y) = command.lower(), here if command.islower() else (0, 0)
        if kind == "z":
            yield line, True
            here, line, bend = line[0], [], None
            continue
        if kind == "m" and line:
            yield line, False
            line = []
        if kind in "cs":
            turns = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
            mirrored = (2 * here[0] - bend[0], 2 * here[1] - bend[1]) if bend else here
            first, bend, end = turns if kind == "c" else (mirrored, *turns)
            line += [_between(here, first, bend, end, step / PIECES) for step in range(1, PIECES + 1)]
        else:
            end = _straight(kind, numbers, here, (x, y))
            bend = None
            line.append(end)
        here = end
    if line:
        yield line, False


def _straight(kind: str, numbers: list[float], here: Point, origin: Point) -> Point:
    if kind == "h":
        return origin[0] + numbers[0], here[1]
    if kind == "v":
        return here[0], origin[1] + numbers[0]
    return origin[0] + numbers[0], origin[1] + numbers[1]


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with the numbers it takes; a repeated command may leave its letter out."""
    command, numbers = "", list[float]()
    for letter, number in TOKENS.findall(path):
        if letter:
            command = letter
        else:
            numbers.append(float(number))
        if len(numbers) == TAKES[command.lower()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)


def _between(start: Point, first: Point, second: Point, end: Point, part: float) -> Point:
    rest = 1 - part
    weights = rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3
    corners = start, first, second, end
    return (
        sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
        sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
    )

"""Where the names on the drawn map find room: along their street, never upside down, never on a pin or another name."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import atan2, ceil, cos, degrees, hypot, radians, sin
from typing import NamedTuple

Point = tuple[float, float]  # px, right and down

SIZES = {"main": 16, "street": 16, "alley": 15, "water": 16, "green": 15}  # px, as in mapdrawing.css
LETTER = 0.53  # of the size: how wide an average letter is
LINE = 1.05  # of the size: how high a name stands
OVERHANG = 14  # px that a name may stick out beyond its piece of street, on each side
BEND = 4  # px that a line may bend away from the middle of its name
STEP = 5  # px between the places that are tried
MARGIN = 3  # px kept free along the edge of the map


class Box(NamedTuple):
    """An upright rectangle on the map, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        above = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or above)

    def lies_in(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


class Name(NamedTuple):
    """A name to write: its middle in px and its slope: -100 (upwards, as on a spine) to 80 degrees clockwise."""

    text: str
    kind: str
    middle: Point
    slope: int

    @property
    def width(self) -> float:
        return len(self.text) * SIZES[self.kind] * LETTER

    @property
    def boxes(self) -> list[Box]:
        """The room it takes, as small squares along it, so that a sloping name does not claim a whole field."""
        half = SIZES[self.kind] * LINE / 2
        count = ceil(self.width / (2 * half))
        turn = radians(self.slope)
        steps = (((step + 0.5) / count - 0.5) * self.width for step in range(count))
        middles = ((self.middle[0] + far * cos(turn), self.middle[1] + far * sin(turn)) for far in steps)
        return [Box(x - half, y - half, x + half, y + half) for x, y in middles]


def place(wanted: list[tuple[str, str, list[Point]]], frame: Box, taken: list[Box]) -> list[Name]:
    """Place each wanted (text, kind, line) where it lies best; one that finds no room stays away."""
    frame = Box(frame.left + MARGIN, frame.top + MARGIN, frame.right - MARGIN, frame.bottom - MARGIN)
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    taken, placed = list(taken), []
    for text, kind, line in wanted:
        tries = sorted(_tries(text, kind, line), key=lambda name: hypot(*_from(middle, name.middle)))
        for name in tries:
            if all(box.lies_in(frame) and not any(box.meets(other) for other in taken) for box in name.boxes):
                taken += name.boxes
                placed.append(name)
                break
    return placed


def pieces(line: list[Point], length: float) -> list[list[Point]]:
    """A line cut into as many equal pieces as `length` px goes into it, at least one; a name may lie along each."""
    far = list(accumulate((hypot(*_from(start, end)) for start, end in pairwise(line)), initial=0.0))
    count = max(1, int(far[-1] // length))
    corners = list(zip(line, far, strict=True))
    cuts = pairwise(far[-1] * step / count for step in range(count + 1))
    return [
        [_walk(line, start), *(corner for corner, at in corners if start < at < end), _walk(line, end)]
        for start, end in cuts
    ]


def _tries(text: str, kind: str, line: list[Point]) -> Iterator[Name]:
    half = len(text) * SIZES[kind] * LETTER / 2
    reach = max(half - OVERHANG, 0)
    length = sum(hypot(*_from(start, end)) for start, end in pairwise(line))
    for step in range(int(length // STEP) + 1):
        if reach <= step * STEP <= length - reach:
            start, middle, end = (_walk(line, step * STEP + far) for far in (-reach, 0, reach))
            chord = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
            if hypot(*_from(chord, middle)) <= BEND:
                yield Name(text, kind, chord, _upright(start, end))


def _walk(line: list[Point], distance: float) -> Point:
    """The point so many px along a line."""
    for start, end in pairwise(line):
        right, down = _from(start, end)
        length = hypot(right, down)
        if distance <= length:
            return start[0] + right * distance / length, start[1] + down * distance / length
        distance -= length
    return line[-1]


def _upright(start: Point, end: Point) -> int:
    right, down = _from(start, end)
    return (round(degrees(atan2(down, right))) + 100) % 180 - 100


def _from(start: Point, end: Point) -> Point:
    return end[0] - start[0], end[1] - start[1]

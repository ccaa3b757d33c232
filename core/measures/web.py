"""The web of zones as one inline SVG: each zone a sign, a line between two as thick as the pairs on it."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Protocol
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

WIDTH, HEIGHT = 328, 250  # px; on a phone of 360 px it is shown one to one
THINNEST, THICKEST = 2, 14  # px
LETTER = 8.4  # px, the widest that a letter of a sign takes on average


class Line(Protocol):
    """How many pairs there are between two zones, as it may be said; 0 is drawn as too few to say."""

    @property
    def one(self) -> str: ...
    @property
    def other(self) -> str: ...
    @property
    def pairs(self) -> int: ...


def draw(lines: Sequence[Line], label: str) -> Markup:
    """The web; `label` is what it says to somebody who does not see it. The page has the same as a table."""
    names = sorted({name for line in lines for name in (line.one, line.other)})
    places = {name: _place(number, len(names)) for number, name in enumerate(names)}
    most = max((line.pairs for line in lines), default=0)
    parts = [_line(line, places, most) for line in sorted(lines, key=lambda line: line.pairs)]
    parts += [_count(line, places, names) for line in lines if line.pairs]
    parts += [_sign(name, *places[name]) for name in names]
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
    return Markup(opening + f"aria-label={quoteattr(label)}>" + "".join(parts) + "</svg>")  # names were escaped


def _place(number: int, of: int) -> tuple[float, float]:
    turn = 2 * pi * (number + 0.5) / of - pi / 2
    return round(WIDTH / 2 + 130 * cos(turn), 1), round(HEIGHT / 2 + 95 * sin(turn), 1)


def _line(line: Line, places: dict[str, tuple[float, float]], most: int) -> str:
    (x1, y1), (x2, y2) = places[line.one], places[line.other]
    ends = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
    if not line.pairs:
        return f'<line class="z-edge--none" {ends}/>'
    width = THINNEST + (THICKEST - THINNEST) * line.pairs / most
    return f'<line class="z-edge" stroke-width="{width:.1f}" {ends}/>'


def _count(line: Line, places: dict[str, tuple[float, float]], names: list[str]) -> str:
    (x1, y1), (x2, y2) = places[line.one], places[line.other]
    apart = abs(names.index(line.one) - names.index(line.other))
    along = 0.5 if apart in {1, len(names) - 1} else 0.34  # where it crosses others, the middle is not free
    x, y = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
    box = f'<rect class="z-count-bg" x="{x - 17:.1f}" y="{y - 13:.1f}" width="34" height="26" rx="3"/>'
    return f'{box}<text class="z-count" x="{x:.1f}" y="{y + 5.5:.1f}">{line.pairs}</text>'


def _sign(name: str, x: float, y: float) -> str:
    wide = max(70.0, LETTER * len(name) + 24)
    x = min(max(x, wide / 2 + 2), WIDTH - wide / 2 - 2)
    return (
        f'<rect class="z-node" x="{x - wide / 2:.1f}" y="{y - 17:.1f}" width="{wide:.1f}" height="34" rx="5"/>'
        f'<rect class="z-inset" x="{x - wide / 2 + 4:.1f}" y="{y - 13:.1f}" width="{wide - 8:.1f}" height="26" rx="3"/>'
        f'<text class="z-text" x="{x:.1f}" y="{y + 5.5:.1f}">{escape(name)}</text>'
    )

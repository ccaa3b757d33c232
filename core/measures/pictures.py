"""Numbers as inline SVG: bars, and a line over the editions. Each is beside a table that says the same.

What is too few to say is one dashed box, whatever it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import quoteattr

from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import Markup, escape

from core.measures import web
from core.measures.measure import ZONES, Measure
from core.measures.queries import Printed, Row

WIDTH = 294  # px, one to one on a phone of 360
ROW, BAR, LONGEST = 52, 22, 236  # of a bar and its words above it
HIGH, FOOT = 150, 44  # of a line, and of the words under it
FITS = 34  # letters of 15.5 px in the width


@dataclass(frozen=True)
class Between:
    """A line of the web of zones."""

    one: str
    other: str
    pairs: int


def name_of(measure: Measure, row: Row) -> str:
    """How a cell reads."""
    if row.zones:
        return " – ".join(row.zones)
    return str(measure.by.cells[row.cell]) if measure.by else ""


def of(printed: Printed) -> Markup | None:
    """The picture of the cells of a measure: the web of zones, or bars; None where no cell says anything."""
    if all(row.shown is None for row in printed.rows):
        return None
    if printed.measure.by is ZONES:
        lines = [Between(*row.zones, row.shown or 0) for row in printed.rows if len(row.zones) == 2]
        return web.draw(lines, _said())
    return bars([(name_of(printed.measure, row), row.shown) for row in printed.rows], _said())


def grown(printed: Printed) -> Markup | None:
    """The line of its total, where no cells are drawn or it leads the page, and two editions or more say something."""
    if of(printed) and not printed.measure.aloud:
        return None
    said = [shown for _day, shown in printed.course if shown is not None]
    return course(printed.course, _said()) if len(said) > 1 else None


def bars(rows: Sequence[tuple[str, int | None]], label: str) -> Markup:
    """A bar a row, under its words."""
    most = max((shown for _name, shown in rows if shown), default=1)
    parts = []
    for number, (name, shown) in enumerate(rows):
        top = number * ROW
        parts.append(_text(0, top + 17, name if len(name) <= FITS else f"{name[: FITS - 1]}…"))
        if shown is None:
            parts.append(_few(1, top + 25))
        else:
            wide = round(LONGEST * shown / most)
            parts.append(f'<rect class="c-bar" x="0" y="{top + 24}" width="{wide}" height="{BAR}"/>')
            parts.append(_text(wide + 8, top + 41, str(shown), "c-value"))
    return _svg(len(rows) * ROW, parts, label)


def course(points: Sequence[tuple[date, int | None]], label: str) -> Markup:
    """A total as it grew, edition by edition."""
    most = max((shown for _day, shown in points if shown), default=1)
    step = (WIDTH - 60) / (len(points) - 1)
    parts, line = [f'<path class="c-axis" d="M0 {HIGH + 1}h{WIDTH}"/>'], []
    for number, (day, shown) in enumerate(points):
        x = round(30 + number * step)
        parts.append(_text(x, HIGH + 24, format_date(day, "d MMM"), "c-text c-middle"))
        if shown is None:
            parts.append(_few(x - 13, HIGH - 24, words=False))
            continue
        y = round(HIGH - (HIGH - 36) * shown / most)
        line.append(f"{x},{y}")
        parts.append(f'<circle class="c-point" cx="{x}" cy="{y}" r="5"/>')
        parts.append(_text(x, y - 12, str(shown), "c-value c-middle"))
    parts.insert(1, f'<polyline class="c-line" points="{" ".join(line)}"/>')
    return _svg(HIGH + FOOT, parts, label)


def _said() -> str:
    return str(_("A picture. The table says the same."))


def _few(x: int, y: int, words: bool = True) -> str:
    box = f'<rect class="c-none" x="{x}" y="{y}" width="26" height="20"/>'
    return box + (_text(x + 35, y + 16, str(_("too few to say"))) if words else "")


def _text(x: int, y: int, words: str, style: str = "c-text") -> str:
    return f'<text class="{style}" x="{x}" y="{y}">{escape(words)}</text>'


def _svg(height: int, parts: Sequence[str], label: str) -> Markup:
    opening = f'<svg class="buurt-chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(label)}>'
    return Markup(opening + "".join(parts) + "</svg>")  # names were escaped

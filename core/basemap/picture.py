"""The map as one inline SVG, for browsers without scripts: the ground from a file, the pins as the list has them."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from core.basemap import shapes
from core.basemap.ground import AREAS, LETTERED, Ground, placed
from core.basemap.shapes import Flat, Frame, Line
from core.maps.drawings import Pin
from core.maps.pins import Placed
from core.maps.pins import draw as draw_pins

WIDTH = 330.0  # px of the picture on a phone
SCALE = 0.7  # px a metre for the widths of streets in the stylesheet; the whole is shown smaller
SMOOTH = 2.0  # metres
SMALLEST = 150.0  # square metres: a smaller block is no more than a dot


def ground_svg(ground: Ground) -> str:
    """What lies under the pins, in px of its own: 0.7 a metre."""
    frame, shrink = ground.frame, _shrink(ground.frame)
    lines = {
        kind: _path(kind, [shapes.simpler(line, SMOOTH) for line in some], frame) for kind, some in ground.ways.items()
    }
    streets = "".join(lines.get(kind, "") for kind in reversed(LETTERED))
    names = placed(ground, SCALE / shrink, 10_000, [])
    return "".join(
        [
            *(_path(_CLASSES[one], _rings(ground, one), frame, "Z") for one in AREAS),
            f'<g class="m-casing">{streets}</g><g class="m-street">{streets}</g>',
            lines.get("path", ""),
            *(_text(name.text, name.kind, name.middle, name.slope, frame, shrink) for name in names),
        ]
    )


def draw(label: str, ground: str, frame: Frame, flat: Flat, pins: Sequence[Pin]) -> Markup:
    """The ground with the pins on it, as large as a finger needs them; what lies beside it is left out."""
    wide, high, shrink = (frame.east - frame.west) * SCALE, (frame.north - frame.south) * SCALE, _shrink(frame)
    feet = [(pin, *_px(flat.metres((pin.lat, pin.lon)), frame)) for pin in pins]
    shown = [
        Placed(pin.kind, pin.name, pin.page, round(x / shrink, 1), round(y / shrink, 1))
        for pin, x, y in feet if 0 <= x <= wide and 0 <= y <= high
    ]  # fmt: skip
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="buurt-mapdrawing" viewBox="0 0 {wide:.0f} {high:.0f}"'
        f' preserveAspectRatio="xMidYMid slice" role="group" aria-label={quoteattr(label)}>'
        f'<rect class="m-land" width="{wide:.0f}" height="{high:.0f}"/>{ground}'
        f'<g transform="scale({shrink:.3f})">{"".join(draw_pins(shown))}</g></svg>'
    )  # the words in it were escaped on the way in


_CLASSES = {"green": "m-green", "water": "m-water", "block": "m-building"}


def _shrink(frame: Frame) -> float:
    """How many px of the ground go into one on the phone."""
    return (frame.east - frame.west) * SCALE / WIDTH


def _rings(ground: Ground, layer: str) -> list[Line]:
    small = SMALLEST if layer == "block" else 0.0
    rings = [ring for area in ground.areas[layer] for ring in area if _wide(ring) >= small]
    return [one for ring in rings if len(one := shapes.simpler(ring, SMOOTH)) > 3]


def _wide(ring: Line) -> float:
    easts, norths = [place[0] for place in ring], [place[1] for place in ring]
    return (max(easts) - min(easts)) * (max(norths) - min(norths))


def _path(name: str, lines: Iterable[Line], frame: Frame, close: str = "") -> str:
    name = name if name.startswith("m-") else f"m-{name}"
    tracks = ("M" + " ".join("{:.0f} {:.0f}".format(*_px(place, frame)) for place in line) + close for line in lines)
    return f'<path class="{name}" d="{"".join(tracks)}"/>'


def _px(place: shapes.Metres, frame: Frame) -> tuple[float, float]:
    return (place[0] - frame.west) * SCALE, (frame.north - place[1]) * SCALE


def _text(text: str, kind: str, middle: tuple[float, float], slope: int, frame: Frame, shrink: float) -> str:
    x, y = middle[0] * shrink - frame.west * SCALE, middle[1] * shrink + frame.north * SCALE
    turn = f" rotate({slope})" if slope else ""
    return (
        f'<text class="m-label m-label--{kind}" transform="translate({x:.0f} {y:.0f}){turn} scale({shrink:.3f})"'
        f' dy=".35em">{escape(text)}</text>'
    )

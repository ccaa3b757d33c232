"""Pictures of long ago in De Kanterhoek, drawn in brown: where a photo out of an album will be."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from core.demo.brush import Brush

WIDTH, HEIGHT = 1200, 900  # px
FINER = 2  # painted so much larger, then shrunk, for smooth edges
PAPER = 640  # how wide the drawing is in its own measure; it is 480 high

SKY, PALE, WARM, BROWN, DARK = "#EFE4CF", "#F7F0E2", "#CDB491", "#8F6F4C", "#4A3826"
PEOPLE = ("#6B5038", "#8F6F4C", "#5A4430", "#A98B66", "#4A3826")


def draw(name: str) -> bytes:
    """One of SCENES as JPEG, 1200 × 900 px. KeyError for a name that is none."""
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), SKY)
    SCENES[name](Brush(canvas).at(0, 0, WIDTH * FINER / PAPER))
    out = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
    return out.getvalue()


def _bridge(brush: Brush) -> None:
    """The bridge in winter: snow on the quay, ice below, a child who skates."""
    for x, high in ((0, 150), (110, 190), (220, 160), (330, 200), (440, 150), (540, 180)):
        brush.shape(f"M{x} 250v-{high - 40}l55-40 55 40v{high - 40}Z", WARM, 2.2, DARK)
        brush.shape(f"M{x} {250 - high + 40}l55-40 55 40v12l-55-38-55 38Z", PALE, 0)
        for pane in (20, 68):
            brush.box(x + pane, 275 - high, 22, 34, PALE, 2.2)
    brush.box(0, 250, 640, 230, PALE, 0)
    brush.shape("M0 330c60-4 90-6 130-8l20 158h-150ZM640 330c-60-4-90-6-130-8l-20 158h150Z", BROWN, 2.6, DARK)
    brush.shape("M110 330c60-90 360-90 420 0h-60c-50-54-250-54-300 0Z", BROWN, 2.6, DARK)
    brush.shape("M110 322c60-90 360-90 420 0v-16c-70-82-350-82-420 0Z", WARM, 2.6, DARK)
    brush.shape("M200 420h240M260 444h150M230 398h90", None, 2, WARM)
    _neighbour(brush.at(330, 430, 0.8, -8), DARK)
    brush.shape("M306 434h22M334 438h24", None, 3, DARK)


def _washing(brush: Brush) -> None:
    """The washing place: sheets on a line, the water, two who wring."""
    brush.box(0, 0, 640, 250, SKY, 0)
    for x in range(0, 640, 128):
        brush.shape(f"M{x} 250v-130h116v130ZM{x + 20} 140h28v44h-28ZM{x + 66} 140h28v44h-28Z", WARM, 2.2, DARK)
    brush.box(0, 250, 640, 100, PALE, 2.6)
    brush.box(0, 350, 640, 130, BROWN, 2.6)
    for y in (380, 410, 444):
        brush.shape(f"M40 {y}c30-10 60 10 90 0s60 10 90 0M350 {y}c30-10 60 10 90 0s60 10 90 0", None, 2, WARM)
    brush.shape("M30 120v190M610 120v190", None, 7, DARK)
    brush.shape("M30 130c190 26 390 26 580 0", None, 3, DARK)
    for x in (64, 176, 370, 486):
        brush.shape(f"M{x} 140h94v96c-30 12-60-10-94 2Z", PALE, 2.4, DARK)
    _neighbour(brush.at(270, 342, 1.1), PEOPLE[1])
    _neighbour(brush.at(350, 342, 1.1), PEOPLE[2])
    brush.shape("M286 286c20 16 30 16 48 0", None, 9, PALE)


def _shop(brush: Brush) -> None:
    """Kuiper's shop: the window, the striped awning, and the queue."""
    brush.box(40, 40, 560, 330, WARM, 2.6)
    brush.box(70, 190, 330, 150, PALE, 3)
    brush.box(440, 180, 110, 190, BROWN, 3)
    brush.box(456, 198, 78, 70, PALE, 2.4)
    brush.box(120, 74, 400, 46, DARK, 2.6)
    for x in range(150, 500, 26):
        brush.shape(f"M{x} 88v18h12v-18Z", PALE, 0)
    for at in range(11):
        colour = BROWN if at % 2 else PALE
        brush.shape(f"M{60 + at * 32} 140h32v44c0 16-32 16-32 0Z", colour, 2, DARK)
    for x in (110, 170, 230, 290, 350):
        brush.shape(f"M{x} 196v24c-14 10-14 44 0 52 14-8 14-42 0-52", BROWN, 2.2, DARK)
    brush.box(0, 370, 640, 110, SKY, 2.6)
    brush.shape("M0 404h640M0 440h640", None, 2, WARM)
    for at, colour in enumerate(PEOPLE):
        _neighbour(brush.at(60 + at * 84, 440, 1.25 if at % 2 else 1.35), colour)


def _neighbour(brush: Brush, coat: str) -> None:
    """Somebody in a coat, whose feet stand on (0, 0)."""
    brush.shape("M-9 0v-34h7v34ZM3 0v-34h7v34Z", DARK, 0)
    brush.shape("M-20-28c0-40 6-64 20-64s20 24 20 64Z", coat, 2.2, DARK)
    brush.disc(0, -104, 13, PALE, 2.2)
    brush.shape("M-15-108c2-20 28-20 30 0Z", DARK, 0)


SCENES: dict[str, Callable[[Brush], None]] = {"bridge": _bridge, "washing": _washing, "shop": _shop}

"""Three places in De Kanterhoek, each drawn twice: in brown as of long ago, and in colour as of now."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from core.demo.brush import Brush

WIDTH, HEIGHT = 1200, 900  # px
FINER = 2  # painted so much larger, then shrunk, for smooth edges
PAPER = 640  # how wide the drawing is in its own measure; it is 480 high


class Tones(NamedTuple):
    """What a scene is painted with."""

    sky: str
    pale: str
    warm: str
    brown: str
    dark: str
    coats: tuple[str, ...]


THEN = Tones("#EFE4CF", "#F7F0E2", "#CDB491", "#8F6F4C", "#4A3826",
             ("#6B5038", "#8F6F4C", "#5A4430", "#A98B66", "#4A3826"))  # fmt: skip
NOW = Tones("#CFE8F3", "#FFFDF7", "#D9784F", "#5B8FA8", "#1A1E23",
            ("#1F6F54", "#C2412D", "#F2B632", "#2C5AA0", "#7A3E8E"))  # fmt: skip
GREEN, LEAF = "#3E8E5A", "#79B95E"


def draw(name: str) -> bytes:
    """One of SCENES as JPEG, 1200 × 900 px. KeyError for a name that is none."""
    scene, tones = SCENES[name]
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), tones.sky)
    scene(Brush(canvas).at(0, 0, WIDTH * FINER / PAPER), tones)
    out = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
    return out.getvalue()


def _bridge(brush: Brush, tones: Tones) -> None:
    """The bridge: then in winter, with snow, ice and a child who skates; now with trees, water and a boat."""
    for x, high in ((0, 150), (110, 190), (220, 160), (330, 200), (440, 150), (540, 180)):
        brush.shape(f"M{x} 250v-{high - 40}l55-40 55 40v{high - 40}Z", tones.warm, 2.2, tones.dark)
        brush.shape(f"M{x} {250 - high + 40}l55-40 55 40v12l-55-38-55 38Z", tones.pale, 0)
        for pane in (20, 68):
            brush.box(x + pane, 275 - high, 22, 34, tones.pale, 2.2)
    water = tones.pale if tones is THEN else tones.brown
    brush.box(0, 250, 640, 230, water, 0)
    quay = "M0 330c60-4 90-6 130-8l20 158h-150ZM640 330c-60-4-90-6-130-8l-20 158h150Z"
    brush.shape(quay, tones.brown if tones is THEN else GREEN, 2.6, tones.dark)
    arch = tones.brown if tones is THEN else tones.warm
    brush.shape("M110 330c60-90 360-90 420 0h-60c-50-54-250-54-300 0Z", arch, 2.6, tones.dark)
    rail = tones.warm if tones is THEN else tones.pale
    brush.shape("M110 322c60-90 360-90 420 0v-16c-70-82-350-82-420 0Z", rail, 2.6, tones.dark)
    brush.shape("M200 420h240M260 444h150M230 398h90", None, 2, tones.warm if tones is THEN else tones.pale)
    if tones is THEN:
        _neighbour(brush.at(330, 430, 0.8, -8), tones.dark, tones)
        brush.shape("M306 434h22M334 438h24", None, 3, tones.dark)
        return
    brush.shape("M250 404h150l-24 34h-104Z", tones.coats[1], 2.6)
    brush.box(292, 378, 62, 26, tones.pale)
    for x in (60, 584):
        _tree(brush.at(x, 344))


def _washing(brush: Brush, tones: Tones) -> None:
    """The washing place: then sheets on a line and two who wring; now a bench, and trees at the water."""
    for x in range(0, 640, 128):
        brush.shape(f"M{x} 250v-130h116v130ZM{x + 20} 140h28v44h-28ZM{x + 66} 140h28v44h-28Z",
                    tones.warm, 2.2, tones.dark)  # fmt: skip
    brush.box(0, 250, 640, 100, tones.pale if tones is THEN else LEAF, 2.6)
    brush.box(0, 350, 640, 130, tones.brown, 2.6)
    for y in (380, 410, 444):
        wave = f"M40 {y}c30-10 60 10 90 0s60 10 90 0M350 {y}c30-10 60 10 90 0s60 10 90 0"
        brush.shape(wave, None, 2, tones.warm if tones is THEN else tones.pale)
    if tones is not THEN:
        for x in (90, 560):
            _tree(brush.at(x, 338, 1.3))
        brush.shape("M236 300h170v12h-170ZM236 276h170v12h-170Z", tones.coats[2], 2.6)
        brush.shape("M252 312v30M390 312v30M252 276v24M390 276v24", None, 6)
        return
    brush.shape("M30 120v190M610 120v190", None, 7, tones.dark)
    brush.shape("M30 130c190 26 390 26 580 0", None, 3, tones.dark)
    for x in (64, 176, 370, 486):
        brush.shape(f"M{x} 140h94v96c-30 12-60-10-94 2Z", tones.pale, 2.4, tones.dark)
    _neighbour(brush.at(270, 342, 1.1), tones.coats[1], tones)
    _neighbour(brush.at(350, 342, 1.1), tones.coats[2], tones)
    brush.shape("M286 286c20 16 30 16 48 0", None, 9, tones.pale)


def _shop(brush: Brush, tones: Tones) -> None:
    """Kuiper's shop: then the striped awning and the queue; now a place for plants, and a bicycle."""
    brush.box(40, 40, 560, 330, tones.warm, 2.6)
    brush.box(70, 190, 330, 150, tones.pale, 3)
    brush.box(440, 180, 110, 190, tones.brown, 3)
    brush.box(456, 198, 78, 70, tones.pale, 2.4)
    brush.box(120, 74, 400, 46, tones.dark if tones is THEN else GREEN, 2.6)
    for x in range(150, 500, 26):
        brush.shape(f"M{x} 88v18h12v-18Z", tones.pale, 0)
    for at in range(11):
        colour = (tones.brown if tones is THEN else GREEN) if at % 2 else tones.pale
        brush.shape(f"M{60 + at * 32} 140h32v44c0 16-32 16-32 0Z", colour, 2, tones.dark)
    brush.box(0, 370, 640, 110, tones.sky if tones is THEN else "#D8D2C8", 2.6)
    brush.shape("M0 404h640M0 440h640", None, 2, tones.warm if tones is THEN else tones.pale)
    if tones is THEN:
        for x in (110, 170, 230, 290, 350):
            brush.shape(f"M{x} 196v24c-14 10-14 44 0 52 14-8 14-42 0-52", tones.brown, 2.2, tones.dark)
        for at, colour in enumerate(tones.coats):
            _neighbour(brush.at(60 + at * 84, 440, 1.25 if at % 2 else 1.35), colour, tones)
        return
    for at, x in enumerate((96, 158, 220, 282, 344)):
        brush.shape(f"M{x} 300h40l-6 36h-28Z", tones.coats[at], 2.2)
        brush.shape(f"M{x + 20} 300c-30-30-24-60 0-72 24 12 30 42 0 72Z", LEAF if at % 2 else GREEN, 2.2)
    _bicycle(brush.at(470, 440))


def _tree(brush: Brush) -> None:
    """A tree that stands on (0, 0)."""
    brush.box(-7, -60, 14, 60, "#8A5A3B")
    brush.disc(0, -96, 50, GREEN)


def _bicycle(brush: Brush) -> None:
    """A bicycle whose wheels stand on (0, 0)."""
    for x in (-46, 46):
        brush.disc(x, -32, 32, "#D8D2C8", 4)
    brush.shape("M-46-32l28-46h44l20 46M-18-78l22 46h-50M4-32l24-46M26-78l-4-16h16M-28-84h20", None, 5, "#C2412D")


def _neighbour(brush: Brush, coat: str, tones: Tones) -> None:
    """Somebody in a coat, whose feet stand on (0, 0)."""
    brush.shape("M-9 0v-34h7v34ZM3 0v-34h7v34Z", tones.dark, 0)
    brush.shape("M-20-28c0-40 6-64 20-64s20 24 20 64Z", coat, 2.2, tones.dark)
    brush.disc(0, -104, 13, tones.pale, 2.2)
    brush.shape("M-15-108c2-20 28-20 30 0Z", tones.dark, 0)


SCENES: dict[str, tuple[Callable[[Brush, Tones], None], Tones]] = {
    f"{name} {when}": (scene, tones)
    for name, scene in (("bridge", _bridge), ("washing", _washing), ("shop", _shop))
    for when, tones in (("then", THEN), ("now", NOW))
}

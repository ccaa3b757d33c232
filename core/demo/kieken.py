"""Made-up photos of made-up neighbours, painted: where a photo will be, a drawing stands in."""

import random
from io import BytesIO

from PIL import Image

from core.demo import figures
from core.demo.brush import Brush

WIDTH, HEIGHT = 1200, 900  # px
FINER = 2  # painted so much larger, then shrunk, for smooth edges
PAPER = 640  # how wide the drawing is in its own measure; it is 480 high

BRICKS = ("#B5573C", "#C98A63", "#8E4632", "#D7A77E", "#A9502F", "#E3C8BA")
DOORS = ("#1B6140", "#123F8C", "#9C3A20")
GLASS, WHITE = "#DCEAF2", "#FFFFFF"
PAVEMENTS = (("#D9D4C8", "#C4BDAE"), ("#CFCABD", "#B7B1A2"), ("#D8B7A4", "#BF957F"))
STREET = 336  # where the houses end and the pavement begins


def draw(seed: int) -> bytes:
    """A photo as JPEG, 1200 × 900 px; the same seed gives the same picture, the next one another scene."""
    chance = random.Random(seed)
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), WHITE)
    SCENES[seed % len(SCENES)](Brush(canvas).at(0, 0, WIDTH * FINER / PAPER), chance)
    out = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
    return out.getvalue()


def _before_the_houses(brush: Brush, chance: random.Random) -> None:
    brush.box(0, 0, 640, 480, chance.choice(("#CFE3EE", "#E4EDF2", "#F2DFC6")), 0)
    x = -chance.randrange(60)
    while x < 640:
        wide = chance.randrange(110, 165, 5)
        _house(brush.at(x, STREET), wide, chance.randrange(165, 260, 5), chance)
        x += wide
    _pavement(brush, STREET, chance)
    brush.shape(f"M0 {STREET}h640", None, 2.5)
    _the_two(brush, chance)


def _shoes(brush: Brush, chance: random.Random) -> None:
    _pavement(brush, 0, chance, 72)
    first, second = chance.sample(figures.CLOTHES, 2)
    brush.shape("M262 214c40 40 84 44 122 12", None, 9, "#FFE27A")
    _pair(brush.at(230 + chance.randrange(-12, 12), 335, 1, chance.randrange(-9, 4)), first, chance)
    there = brush.at(420 + chance.randrange(-12, 12), 145, 1, 180 + chance.randrange(-9, 9))
    if chance.random() < 0.35:
        figures.wheels(there)
        there = there.at(0, 4, 0.75)
    _pair(there, second, chance)


def _in_the_park(brush: Brush, chance: random.Random) -> None:
    brush.box(0, 0, 640, 480, chance.choice(("#CFE3EE", "#E4EDF2")), 0)
    brush.shape("M0 250c120-34 220-30 330-8s220 10 310-16v260H0Z", "#CBDDB9")
    for x in chance.sample(range(40, 620, 64), 4):
        _tree(brush.at(x, 258 + chance.randrange(24), chance.uniform(0.75, 1.15)), chance)
    brush.shape("M0 420c160-40 420-44 640-10v70H0Z", "#E6D9BE")
    brush.shape("M96 342h448v22h-448ZM96 378h448v22h-448Z", "#8A6A45")
    brush.shape("M120 400v60M520 400v60", None, 10)
    _the_two(brush, chance)


def _hands(brush: Brush, chance: random.Random) -> None:
    if chance.random() < 0.7:
        for y in range(0, 480, 96):
            brush.box(-4, y, 648, 96, chance.choice(("#D7A77E", "#CE9C72", "#DDB18B")), 3)
        _middle_thing(brush.at(320, 128), chance)
    else:
        _bricks(brush, chance.choice(BRICKS[:5]))
    skins, sleeves = chance.sample(figures.SKINS, 2), chance.sample(figures.CLOTHES, 2)
    figures.hand(brush.at(210, 296, 1.15, chance.randrange(4, 18)), skins[0], sleeves[0])
    figures.hand(brush.at(430, 296, 1.15, chance.randrange(-18, -4), mirrored=True), skins[1], sleeves[1])


def _at_the_table(brush: Brush, chance: random.Random) -> None:
    brush.box(0, 0, 640, 480, chance.choice(("#F2E4C9", "#DDE8DC", "#F3DFD6")), 0)
    brush.box(60, 36, 220, 170, GLASS, 4)
    brush.shape("M170 36v170M60 104h220", None, 4)
    brush.shape("M48 206h244v14H48Z", WHITE, 3)
    pot = brush.at(104, 206)
    pot.shape("M0-30c-22-30-20-56-6-76 14 20 16 48 6 76ZM0-30c6-30 22-44 42-46-2 22-16 38-42 46Z", "#1B6140")
    pot.shape("M-24-32h48l-8 34h-32Z", "#9C3A20")
    for x, colour in zip((366, 448, 530), chance.sample(figures.CLOTHES, 3), strict=True):
        brush.box(x, 60 + chance.randrange(24), 58, 74, WHITE, 3)
        brush.disc(x + 29, 104, 14, colour)
    _the_two(brush, chance, 320)
    brush.shape("M-10 424h660v70h-660Z", "#C98A63", 3)
    for x, colour in zip((250, 390), chance.sample(figures.CLOTHES, 2), strict=True):
        brush.shape(f"M{x + 26} 396c26-6 26 28 0 24", None, 6)
        brush.shape(f"M{x - 28} 386h56c0 34-6 54-14 60h-28c-8-6-14-26-14-60Z", colour)
        brush.shape(f"M{x - 8} 374c-8-10 8-14 0-26M{x + 8} 374c-8-10 8-14 0-26", None, 2.5, "#8A8478")


def _shadows(brush: Brush, chance: random.Random) -> None:
    _pavement(brush, 0, chance, 60)
    lean = chance.choice((-12, 12))
    colours = chance.sample(figures.CLOTHES, 2)
    for x, mirrored, colour in zip((230, 410), (False, True), colours, strict=True):
        figures.shadow(brush.at(x, 424, chance.uniform(1.8, 2.1), lean, mirrored), chance.random() < 0.5)
        _pair(brush.at(x, 440, 0.5), colour, chance)


SCENES = (_before_the_houses, _shoes, _in_the_park, _hands, _at_the_table, _shadows)


def _the_two(brush: Brush, chance: random.Random, ground: float = 372) -> None:
    for x, mirrored, who in zip((218, 424), (False, True), figures.two(chance), strict=True):
        down = 6 if who.on_wheels else chance.randrange(-6, 12)
        figures.person(brush.at(x, ground + down, 1.6 if who.on_wheels else 2, mirrored=mirrored), who)


def _pair(brush: Brush, colour: str, chance: random.Random) -> None:
    laces = chance.choice((WHITE, "#FFD23F", "#1A1E23" if colour != "#2B3138" else WHITE))
    figures.shoe(brush.at(-40, 0, 1, -4), colour, laces)
    figures.shoe(brush.at(40, 4, 1, 5), colour, laces)


def _house(brush: Brush, wide: int, high: int, chance: random.Random) -> None:
    """Paint a house whose left foot stands on (0, 0)."""
    brick = chance.choice(BRICKS)
    brush.shape(chance.choice(GABLES)(wide, high), brick, 2.2)
    brush.box(0, -high, wide, high, brick, 2.2)
    pane = (wide - 42) / 2
    for x in (14, 28 + pane):
        for y in range(-high + 12, -130, 62):
            brush.box(x, y, pane, 46, GLASS, 2.2)
            brush.shape(f"M{x + pane / 2} {y}v46", None, 2.2)
            brush.shape(f"M{x - 2} {y + 47}h{pane + 4}", None, 3.4, WHITE)
    brush.box(14, -64, 38, 64, chance.choice(DOORS), 2.2)
    brush.shape("M14-50h38", None, 2.2)
    brush.disc(46, -28, 2, "#FFD23F", 0)
    brush.box(66, -62, wide - 80, 38, GLASS, 2.2)
    if chance.random() < 0.3:
        _awning(brush, wide, chance.choice(DOORS))


def _awning(brush: Brush, wide: int, colour: str) -> None:
    scallop = wide / 6
    for part in range(6):
        stripe = colour if part % 2 else WHITE
        half = scallop / 2
        brush.shape(f"M{part * scallop}-88h{scallop}v18c0 {half}-{scallop} {half}-{scallop} 0Z", stripe, 2.2)


def _steps(wide: int, high: int) -> str:
    tread = wide / 7
    return f"M0 {-high}" + f"v-17h{tread}" * 4 + f"v17h{tread}" * 3 + "v17Z"


def _bell(wide: int, high: int) -> str:
    side, top = wide * 0.28, wide * 0.44
    return f"M0 {-high}c{side * 0.8}-2 {side * 0.8}-40 {side}-52h{top}c{side * 0.2} 12 {side * 0.2} 50 {side} 52Z"


def _pitched(wide: int, high: int) -> str:
    return f"M-3 {-high}l{wide * 0.16 + 3}-46h{wide * 0.68}l{wide * 0.16 + 3} 46Z"


def _cornice(wide: int, high: int) -> str:
    return f"M-3 {-high}v-9h{wide + 6}v9Z"


GABLES = (_steps, _bell, _pitched, _cornice)


def _pavement(brush: Brush, top: int, chance: random.Random, stone: int = 34) -> None:
    _stones(brush, top, stone, *chance.choice(PAVEMENTS))


def _stones(brush: Brush, top: int, stone: int, ground: str, line: str) -> None:
    brush.box(0, top, 640, 480 - top, ground, 0)
    for row, y in enumerate(range(top, 480, stone)):
        joints = "".join(f"M{x} {y}v{stone}" for x in range(-(row % 2) * stone, 660, stone * 2))
        brush.shape(f"M0 {y}h640{joints}", None, 2, line)


def _bricks(brush: Brush, colour: str) -> None:
    _stones(brush, 0, 44, colour, "#E8DCCB")


def _tree(brush: Brush, chance: random.Random) -> None:
    brush.shape("M-7 0v-70h14v70Z", "#6B4A2E")
    brush.disc(0, -108, 52, chance.choice(("#1B6140", "#4F8A5B", "#7FA65A")))


def _middle_thing(brush: Brush, chance: random.Random) -> None:
    """Paint what two pairs of hands are busy with: a plant, a drawing or a cup."""
    thing = chance.choice(("plant", "drawing", "cup"))
    if thing == "plant":
        for mirrored in (False, True):
            brush.at(0, 0, mirrored=mirrored).shape("M20-20c60-20 70-60 60-80-40 4-62 34-60 80Z", "#4F8A5B", 4)
        brush.shape("M0-20c-24-40-18-80 0-100 18 20 24 60 0 100Z", "#1B6140", 4)
        brush.disc(0, 0, 40, "#9C3A20", 4)
        brush.disc(0, 0, 30, "#6B4A2E", 4)
    elif thing == "drawing":
        brush.shape("M-110-110l216-8 10 190-220 8Z", WHITE, 4)
        brush.shape("M-60 40v-70l60-46 60 46v70ZM-14 40v-40h28v40", None, 6, chance.choice(DOORS))
        brush.disc(66, -74, 18, "#FFD23F", 4)
    else:
        for x, colour in zip((-56, 56), chance.sample(figures.CLOTHES, 2), strict=True):
            brush.shape(f"M{x + 34}-40c34-10 34 40 0 34", None, 8)
            brush.disc(x, -24, 44, colour, 4)
            brush.disc(x, -24, 32, "#8A5A34", 4)

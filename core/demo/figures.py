"""Drawn neighbours, their shoes and their hands: flat, one ink outline, two dots and a smile."""

import random
from dataclasses import dataclass

from core.demo.brush import INK, Brush

SKINS = ("#F6D7BE", "#E9BE97", "#C98E5E", "#9C623C", "#84532F", "#6B432B")
DARK_HAIR = ("#23191A", "#3B2417", "#6B4A2E")
FAIR_HAIR = ("#C28A3A", "#E0B563", "#A9502F")
GREY_HAIR = ("#D8D6D0", "#B9B6AE", "#F3F1EC")
CLOTHES = ("#123F8C", "#9C3A20", "#1B6140", "#D9A31E", "#2B3138", "#4C7FA6", "#7C4A6B", "#8A6A45")
SHIRTS = ("#F3F1EC", "#FFD23F", "#BBD7E8", "#CBDDB9", "#E8B7A3")
STYLES = ("headscarf", "short", "curls", "long", "bun", "bald", "cloud", "cap", "woolly hat", "grey waves")

SHADE = "#6E685E"

HEAD = "M-24-50c0-20 10-28 24-28s24 8 24 28c0 24-10 36-24 36s-24-12-24-36Z"
BODY = "M-48 64c0-40 8-60 30-64h36c22 4 30 24 30 64Z"
FRINGE = "M-27-44c-9-26 6-42 28-42 20 0 34 14 26 42-2-14-10-20-14-22-12 6-24 4-30 0-6 6-9 12-10 22Z"
SHOE = "M-32 70c-8-60-10-110 4-138 10-18 46-18 56 0 14 28 12 78 4 138-2 18-62 18-64 0Z"


@dataclass(frozen=True)
class Neighbour:
    """How one drawn neighbour looks."""

    style: str
    skin: str
    hair: str
    coat: str
    shirt: str
    glasses: bool
    on_wheels: bool


def two(chance: random.Random) -> tuple[Neighbour, Neighbour]:
    """Two neighbours who differ in skin, hair and coat."""
    styles, skins = chance.sample(STYLES, 2), chance.sample(SKINS, 2)
    coats, shirts = chance.sample(CLOTHES, 2), chance.sample(SHIRTS, 2)
    wheels = chance.choice((0, 1, None, None, None))
    first, second = (
        Neighbour(
            style=styles[which],
            skin=skins[which],
            hair=_hair(styles[which], skins[which], chance),
            coat=coats[which],
            shirt=shirts[which],
            glasses=chance.random() < 0.35,
            on_wheels=which == wheels,
        )
        for which in (0, 1)
    )
    return first, second


def person(brush: Brush, who: Neighbour) -> None:
    """Paint somebody from the waist up: the chin at (0, -14), the shoulders at y 0."""
    if who.on_wheels:
        _chair(brush)
    _hair_behind(brush, who)
    brush.shape(BODY, who.coat)
    brush.shape("M0 6v58", None)
    brush.shape("M-14 1 0 16 14 1l5 1-19 22L-19 2Z", who.shirt)
    brush.shape("M-10-22v20c0 8 20 8 20 0v-20Z", who.skin)
    if who.style != "headscarf":
        brush.shape("M-25-46c-5-1-6 11 1 11M25-46c5-1 6 11-1 11", who.skin)
    brush.shape(HEAD, who.skin)
    _hair_before(brush, who)
    _face(brush, who)
    if who.on_wheels:
        _wheels_beside(brush)


def shoe(brush: Brush, colour: str, laces: str) -> None:
    """Paint one shoe from above, its toe towards -y."""
    brush.shape(SHOE, colour, 5)
    brush.shape("M-22-20h44M-22-2h44M-20 16h40", None, 6, laces)
    brush.shape("M-30-52c10 10 50 10 60 0", None, 5)


def wheels(brush: Brush) -> None:
    """Paint the wheels and the footplate of a wheelchair from above; shoes of three quarters fit on it."""
    for x in (-84, 84):
        brush.shape(f"M{x - 12}-70c0-14 24-14 24 0v150c0 14-24 14-24 0Z", "#2B3138", 5)
        brush.shape(f"M{x - 10}-44h20M{x - 10}-14h20M{x - 10} 16h20M{x - 10} 46h20", None, 3, "#8A8478")
    brush.shape("M-72-46c0-30 144-30 144 0v72h-144Z", "#6F6B64", 5)
    brush.shape("M-72 60h144", None, 10)


def hand(brush: Brush, skin: str, sleeve: str) -> None:
    """Paint a right hand from above that lies flat, its fingers towards -y, with the end of a sleeve."""
    brush.shape("M-26 74c-2 30-4 90-6 170h64c-2-80-4-140-6-170Z", skin, 4)
    brush.shape("M-42 118h84l8 160h-100Z", sleeve, 4)
    brush.shape("M-42 118h84l2 26h-88Z", sleeve, 4)
    brush.shape("M-24 60c-28-14-44-34-56-58-6-12 8-22 18-12 14 16 26 24 38 30Z", skin, 4)
    for x, tip in ((-27, -62), (-9, -80), (9, -74), (26, -52)):
        brush.shape(f"M{x - 9} 20V{tip}c0-12 18-12 18 0V20Z", skin, 4)
    brush.shape("M-35 12c-2 40 0 66 14 78h44c12-14 14-40 13-78Z", skin, 0)
    brush.shape("M-36 14c-2 38 2 64 14 76M36 12c1 40-2 64-14 78M-18 12v6M0 10v8M18 12v6", None, 4)


def shadow(brush: Brush, has_bun: bool) -> None:
    """Paint the shadow of somebody who waves, from the feet at (0, 0) upwards."""
    brush.shape("M-24 4c2-40-2-60-4-104 2-16 16-22 28-22s26 6 28 22c-2 44-6 64-4 104H4l-4-50-4 50Z", SHADE, 0)
    brush.shape("M-14-118c-18-8-30-28-32-54 6-6 12-4 14 2 4 20 12 32 26 36Z", SHADE, 0)
    brush.shape("M-9-150h18v34H-9Z", SHADE, 0)
    brush.disc(0, -156, 23, SHADE, 0)
    if has_bun:
        brush.disc(0, -184, 10, SHADE, 0)


def _hair(style: str, skin: str, chance: random.Random) -> str:
    if style == "headscarf":
        return chance.choice(("#D9A31E", "#7C4A6B", "#4C7FA6", "#1B6140", "#E8B7A3"))
    if style in {"cap", "woolly hat"}:
        return chance.choice(("#9C3A20", "#FFD23F", "#123F8C", "#1B6140"))
    if style == "grey waves":
        return chance.choice(GREY_HAIR)
    return chance.choice(DARK_HAIR + FAIR_HAIR if skin in SKINS[:2] else (*DARK_HAIR, GREY_HAIR[0]))


def _hair_behind(brush: Brush, who: Neighbour) -> None:
    if who.style == "headscarf":
        brush.shape("M-30-58c-2 30-6 48-14 62h88c-8-14-12-32-14-62Z", who.hair)
    elif who.style == "long":
        brush.shape("M-28-56c-6 26-4 50-10 66h76c-6-16-4-40-10-66Z", who.hair)
    elif who.style == "cloud":
        brush.disc(0, -56, 40, who.hair)
    elif who.style == "bun":
        brush.disc(0, -90, 13, who.hair)
    elif who.style == "curls":
        for x, y in ((-26, -40), (26, -40), (-30, -56), (30, -56)):
            brush.disc(x, y, 12, who.hair)


def _hair_before(brush: Brush, who: Neighbour) -> None:
    if who.style == "headscarf":
        brush.shape("M-30-40c-5-32 10-46 30-46s35 14 30 46c-2 20-12 34-30 40-18-6-28-20-30-40Z", who.hair)
        brush.shape("M-21-42c2 16 9 26 21 26s19-10 21-26c1-18-8-24-21-24s-22 6-21 24Z", who.skin)
    elif who.style in {"short", "grey waves"}:
        brush.shape(FRINGE, who.hair)
    elif who.style in {"long", "bun", "cloud"}:
        brush.shape("M-26-48c-4-24 8-36 26-36s30 12 26 36c-6-10-10-18-26-18s-20 8-26 18Z", who.hair)
    elif who.style == "curls":
        for x, y in ((-21, -70), (21, -70), (-8, -79), (9, -79), (0, -70)):
            brush.disc(x, y, 11, who.hair)
    elif who.style == "cap":
        brush.shape("M-26-58c-2-22 10-30 26-30s28 8 26 30Z", who.hair)
        brush.shape("M-28-58c14-6 46-6 62 4-2 5-8 5-14 3-14-4-30-4-46 0Z", who.hair)
    elif who.style == "woolly hat":
        brush.disc(0, -94, 9, "#F3F1EC")
        brush.shape("M-27-62c-2-20 10-30 27-30s29 10 27 30Z", who.hair)
        brush.shape("M-29-66h58v13h-58Z", "#F3F1EC")


def _face(brush: Brush, who: Neighbour) -> None:
    for x in (-8.5, 8.5):
        brush.disc(x, -45, 2.6, INK, 0)
    brush.shape("M-8-31c4 6 12 6 16 0", None)
    if who.glasses:
        for x in (-9, 9):
            brush.shape(f"M{x - 7.5}-45c0-10 15-10 15 0s-15 10-15 0Z", None)
        brush.shape("M-1.5-45h3", None)


def _chair(brush: Brush) -> None:
    brush.shape("M-44-4h88v80h-88Z", "#2B3138")
    brush.shape("M-56-8h14M42-8h14", None, 8)


def _wheels_beside(brush: Brush) -> None:
    brush.shape("M-46 64c0-14 92-14 92 0v44h-92Z", "#2B3138")
    for x in (-60, 60):
        brush.shape(f"M{x - 11} 60c0-60 22-60 22 0s-22 60-22 0Z", "#4A4E55", 4)
        brush.shape(f"M{x - 4} 60c0-36 8-36 8 0s-8 36-8 0Z", "#D8D6D0", 2)
    brush.shape("M-62 26h20M42 26h20", None, 8)

"""Draws the picture: a street sign with the title, the year in chalk, the place, and a hopscotch below.

It draws words and never a photo. A line with a letter that our fonts do not have is left out, rather than shown wrong.
"""

import json
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

LIMITS = {"memory": 256 * 1024 * 1024, "file_size": 2_000_000, "cpu_seconds": 10, "seconds": 15}
WIDTH, HEIGHT, EDGE = 1200, 630, 80  # px
ENAMEL, WHITE, CHALK, BRICK = "#123F8C", "#FFFFFF", "#FFD23F", "#9C3A20"  # static/css/tokens.css
FOLDER = Path(__file__).parents[3] / "static" / "vendor" / "fonts"
LATIN, MORE_LATIN, ARABIC = (
    FOLDER / f"{name}.woff2"
    for name in (
        "atkinson-hyperlegible-next-latin-wght-normal", "atkinson-hyperlegible-next-latin-ext-wght-normal",
        "noto-sans-arabic-arabic-800-normal",
    )
)  # fmt: skip
SIZES = (92, 80, 68, 58, 46)  # px of a title, the largest that fits
LINES = 4
UNKNOWN = "\ue000"  # drawn as what a font draws for a letter that it does not have


class Lettering:
    """Our fonts at one size: a line of text in pieces, each in the font that has its letters."""

    def __init__(self, size: int, weight: int = 800) -> None:
        self.size = size
        self.fonts = [ImageFont.truetype(str(path), size) for path in (LATIN, MORE_LATIN, ARABIC)]
        for font in self.fonts[:2]:
            font.set_variation_by_axes([weight])
        self.missing = [bytes(font.getmask(UNKNOWN)) for font in self.fonts]

    def has(self, text: str) -> bool:
        """Whether every letter of it can be drawn."""
        return all(self._font(letter) is not None for letter in text)

    def width(self, text: str) -> float:
        """In px."""
        return sum(self.fonts[font].getlength(piece) for font, piece in self._pieces(text))

    def draw(self, on: ImageDraw.ImageDraw, text: str, top: int, right_to_left: bool, colour: str) -> None:
        """On a line of its own, from the edge where its language begins."""
        x = WIDTH - EDGE - self.width(text) if right_to_left else float(EDGE)
        pieces = self._pieces(text)
        for font, piece in reversed(pieces) if right_to_left else pieces:
            way = "rtl" if right_to_left else "ltr"  # figures and marks inside a piece are put in order by Raqm
            on.text((x, top + self.size), piece, colour, self.fonts[font], anchor="ls", direction=way)
            x += self.fonts[font].getlength(piece)

    def _font(self, letter: str) -> int | None:
        having = (at for at, font in enumerate(self.fonts) if bytes(font.getmask(letter)) != self.missing[at])
        return next(having, None)

    def _pieces(self, text: str) -> list[tuple[int, str]]:
        """A space goes with what stands before it."""
        known: list[tuple[int, str]] = []
        for letter in text:
            font = self._font(letter) or 0
            known.append((known[-1][0] if letter == " " and known else font, letter))
        return [
            (font, "".join(letter for _font, letter in those)) for font, those in groupby(known, lambda one: one[0])
        ]


class Said(NamedTuple):
    """What stands in the picture; "" for nothing."""

    title: str
    year: str
    place: str
    neighbourhood: str


def work(source: Path, folder: Path) -> str:
    """What a job of the workshop does: share.png; whether the title stands in it."""
    said = Said(**json.loads(source.read_text("utf-8")))
    picture, has_title = draw(said)
    picture.quantize(32).save(folder / "share.png", optimize=True)
    return f"made {'titled' if has_title else 'untitled'}"


def draw(said: Said) -> tuple[Image.Image, bool]:
    """The picture, and whether its title could be drawn."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), ENAMEL)
    on = ImageDraw.Draw(picture)
    on.rounded_rectangle((22, 22, WIDTH - 23, HEIGHT - 23), 26, outline=WHITE, width=6)
    small = Lettering(38)
    _line(on, small, said.place, 62, WHITE)
    has_title = _title(on, said.title)
    _line(on, small, said.year, HEIGHT - 172, CHALK)
    _line(on, small, said.neighbourhood, HEIGHT - 116, WHITE)
    _hopscotch(on, left=_is_right_to_left(said.neighbourhood))
    return picture, has_title


def _line(on: ImageDraw.ImageDraw, lettering: Lettering, text: str, top: int, colour: str) -> None:
    if text and lettering.has(text):
        while lettering.width(text) > WIDTH - 2 * EDGE - 280:
            text = text.rstrip("…")[:-1] + "…"
        lettering.draw(on, text, top, _is_right_to_left(text), colour)


def _title(on: ImageDraw.ImageDraw, title: str) -> bool:
    for size in SIZES:
        lettering = Lettering(size)
        if not title or not lettering.has(title):
            return False
        lines = _wrapped(lettering, title)
        high = len(lines) * size * 1.14
        if high <= 320 and len(lines) <= LINES:
            break
    top = 126 + max(0, round((320 - high) / 2))
    for number, line in enumerate(lines[:LINES]):
        lettering.draw(on, line, top + round(number * size * 1.14), _is_right_to_left(title), WHITE)
    return True


def _wrapped(lettering: Lettering, text: str) -> list[str]:
    lines: list[str] = []
    for word in (piece for whole in text.split() for piece in _fitting(lettering, whole)):
        wider = f"{lines[-1]} {word}" if lines else word
        if lines and lettering.width(wider) <= WIDTH - 2 * EDGE:
            lines[-1] = wider
        else:
            lines.append(word)
    return lines


def _fitting(lettering: Lettering, word: str) -> list[str]:
    """The word; one that is wider than the sign in as many pieces as it takes."""
    pieces = [""]
    for letter in word:
        if lettering.width(pieces[-1] + letter) > WIDTH - 2 * EDGE:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _is_right_to_left(text: str) -> bool:
    """By its first letter of a script that runs so."""
    letters = (letter for letter in text if letter.isalpha())
    return "\u0590" <= next(letters, "a") <= "\u08ff"


def _hopscotch(on: ImageDraw.ImageDraw, left: bool) -> None:
    """One, two beside each other, one: in chalk, in the corner where no words begin."""
    side, start = 52, EDGE if left else WIDTH - EDGE - 4 * 52
    bottom = HEIGHT - 72 - side // 2
    for column, rows in enumerate(((0.5,), (0, 1), (0.5,), (0, 1))):
        for row in rows:
            x, y = start + column * side, round(bottom - side - row * side + side / 2)
            filled = BRICK if (column, row) == (3, 1) else None
            on.rectangle((x, y, x + side, y + side), filled, CHALK, 4)

"""What can be chosen in the demo, drawn: the square of De Kanterhoek with planters, a long table or a water pump."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from core.demo.brush import Brush

FILE = Path(__file__).with_name("demo_pictures.json")
WIDTH, HEIGHT = 640, 480  # of the drawing in its own measure
FINER = 3  # painted so much larger, then shrunk to twice its measure, for smooth edges
SQUARE = "plein"  # what lies behind each


@cache
def drawn() -> dict[str, Any]:
    """By name its parts: where each begins and its scale, its path, what fills it, how wide its line is, which ink."""
    return dict(json.loads(FILE.read_text("utf-8")))


def draw(name: str) -> BytesIO:
    """One of them as PNG, 1280 × 960 px. KeyError for a name that is none."""
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER))
    brush = Brush(canvas).at(0, 0, FINER)
    for x, y, scale, path, fill, width, ink in (*drawn()[SQUARE], *drawn()[name]):
        brush.at(x, y, scale).shape(path, fill, width, ink)
    out = BytesIO()
    canvas.resize((WIDTH * 2, HEIGHT * 2), Image.Resampling.LANCZOS).save(out, "PNG")
    out.seek(0)
    return out

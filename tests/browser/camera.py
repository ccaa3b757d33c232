"""A phone's camera that looks at another phone's screen: the frames Chromium's fake camera plays."""

import io
import os
from pathlib import Path

from PIL import Image

FRAME = (960, 960)
WALL = "#8a8f94"
HELD = 4  # degrees: nobody holds a phone straight
FRAMES = 10


def look_at(screen: bytes, file: Path) -> None:
    """Let the camera see a screenshot (PNG). The file is replaced at once, since the browser may be reading it."""
    shown = Image.open(io.BytesIO(screen)).convert("RGB")
    shown.thumbnail((FRAME[0] * 9 // 10, FRAME[1] * 9 // 10))
    shown = shown.convert("RGBA").rotate(HELD, resample=Image.Resampling.BICUBIC, expand=True)
    frame = Image.new("RGB", FRAME, WALL)
    frame.paste(shown, ((FRAME[0] - shown.width) // 2, (FRAME[1] - shown.height) // 2), shown)
    fresh = file.with_name(file.name + ".new")
    with fresh.open("wb") as out:
        for _ in range(FRAMES):
            frame.save(out, "JPEG", quality=85)
    os.replace(fresh, file)

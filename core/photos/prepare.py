"""From an upload to a photo in three sizes, drawn by a program of its own (core/media/workshop.py, darkroom/)."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask_babel import lazy_gettext as _

from core.media.workshop import Trade, Workshop

MAX_BYTES = 25 * 1024 * 1024
TOO_LARGE = _(
    "This photo is too large. Choose a smaller one, or set your camera to smaller photos. On an iPhone: "
    "Settings → Camera → Formats. On another phone: in the camera, at the size of photos."
)
DARKROOM = Workshop(
    Trade(
        "photo",
        program=Path(__file__).with_name("darkroom") / "__main__.py",
        most_bytes=MAX_BYTES,
        beginnings=re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp", re.DOTALL),
        refusals={
            "empty": (_("There was no photo in what arrived. Please send it again."), "invalid"),
            "bytes": (TOO_LARGE, "too_large"),
            "unknown": (_("This is not a photo we can read. JPEG, PNG, WebP, HEIC and AVIF are fine."), "unsupported"),
            "pixels": (TOO_LARGE, "too_large"),
            "broken": (_("This photo is damaged or incomplete. Please send it again, or choose another."), "invalid"),
            "full": (_("There is no room for photos now. Keep yours on your phone and try again later."), "full"),
            "busy": (_("Many photos are coming in at once. Please try again in a minute."), "busy"),
        },
    )
)


@dataclass(frozen=True)
class Prepared:
    """A photo ready to be kept: `folder` holds large.webp, medium.webp and small.webp, and nothing else."""

    folder: Path
    width: int
    """Of the large picture, in pixels, as is `height`."""
    height: int
    sha256: str
    """Of the bytes that were sent, in hexadecimal: the phone compares it with its own copy."""


def prepare(stream: IO[bytes], tmp: Path) -> Prepared:
    """Receive a photo and have it redrawn, in a new folder inside `tmp`.

    Raises Refusal, with nothing left in `tmp`: invalid, too_large, unsupported, full or busy.
    """
    made = DARKROOM.make(stream, tmp)
    width, height = made.said
    return Prepared(made.folder, int(width), int(height), made.sha256)

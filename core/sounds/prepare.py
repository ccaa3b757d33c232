"""From an upload to one sound, mixed by a program of its own (core/media/workshop.py, studio/)."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask_babel import lazy_gettext as _

from core.media.owners import Owner
from core.media.workshop import Trade, Workshop

MAX_BYTES = 40 * 1024 * 1024
OWNER = Owner("sound", ("sound.m4a",), is_full=_("Our disk is full. Your recording stays on your phone."))
STUDIO = Workshop(
    Trade(
        "sound",
        program=Path(__file__).with_name("studio") / "__main__.py",
        most_bytes=MAX_BYTES,
        beginnings=re.compile(rb"\x1aE\xdf\xa3|....ftyp|OggS|RIFF....WAVE|ID3|\xff[\xe2-\xff]", re.DOTALL),
        refusals={
            "empty": (_("There was no sound in what arrived. Please send it again."), "invalid"),
            "bytes": (_("This sound is too large. A recording of five minutes always fits."), "too_large"),
            "unknown": (_("This is not a sound we can read. M4A, MP3, WAV, OGG and WebM are fine."), "unsupported"),
            "soundless": (_("There is no sound in this file."), "unsupported"),
            "silent": (_("We hear nothing in this recording. Is the microphone on? Please try once more."), "invalid"),
            "long": (_("This is longer than five minutes. Make two stories of it, or tell it shorter."), "too_large"),
            "broken": (_("This sound is damaged or incomplete. Please send it again, or record anew."), "invalid"),
            "full": (_("There is no room for sound now. Keep yours on your phone and try again later."), "full"),
            "busy": (_("Many people are sending something at once. Please try again in a minute."), "busy"),
        },
        patience=85.0,
    )
)


@dataclass(frozen=True)
class Prepared:
    """A sound ready to be kept: `folder` holds sound.m4a, and nothing else."""

    folder: Path
    milliseconds: int
    """Its length, counted."""
    sha256: str
    """Of the bytes that were sent, in hexadecimal: the phone compares it with its own copy."""


def prepare(stream: IO[bytes], tmp: Path) -> Prepared:
    """Receive a sound and have it mixed, in a new folder inside `tmp`: AAC in MP4, one channel, an even loudness.

    Raises Refusal, with nothing left in `tmp`: invalid, too_large, unsupported, full or busy.
    """
    made = STUDIO.make(stream, tmp)
    return Prepared(made.folder, int(made.said[0]), made.sha256)

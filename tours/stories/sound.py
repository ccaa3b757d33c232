"""A voice on its way in: piece by piece, so that a network that drops or a page that reloads loses nothing.

What has come lies in a file of its own, which the sweep removes once nothing came for a day; the phone keeps what it
sent, and begins anew then. A voice that became part of no story goes a day later.
"""

import fcntl
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.media import service as media
from core.refusal import Refusal, Sort
from core.sounds import prepare
from core.sounds.prepare import Prepared
from core.storage import storage

MOST = 3  # unfinished ones of an address
IDLE = 3600.0  # seconds without a piece, after which one makes room for another
PIECE = 512 * 1024  # bytes
LIVES = timedelta(days=1)
KEY = re.compile(r"[a-z2-7]{26}")
TRY_AGAIN = {Sort.BUSY, Sort.FULL}
NOT_HERE = _l("That is not here (any more).")


class Misplaced(Exception):
    """A piece that does not fit on what is here. `wanted`: where the next one begins, in bytes."""

    def __init__(self, wanted: int) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def begin(whose: str, instead: str = "") -> str:
    """The key of a new one; `instead`: that of one that is not wanted any more. Raises Refusal after so many.

    `whose`: what an address is known by here, in letters and figures.
    """
    if old := _file(instead):
        old.unlink(missing_ok=True)
    key = codes.new_key()
    new = storage().coming() / f"voice-{whose}-{key}"
    new.touch(exist_ok=False)
    if not _has_room(new.parent, whose):  # looked at afterwards: two at once are not both let in
        new.unlink()
        raise Refusal(_l("Some recordings from here are still coming in. Try again in an hour."), Sort.OFTEN)
    return key


def add(key: str, offset: int, piece: bytes) -> int:
    """Put a piece in its place; how many bytes are here now. The same one twice is once.

    Raises Misplaced where something lacks before it, and Refusal (unknown, too large).
    """
    with _open(key) as file:
        here = file.seek(0, 2)
        if offset + len(piece) <= here and _read(file, offset, len(piece)) == piece:
            return here
        if offset != here:
            raise Misplaced(here)
        if here + len(piece) > prepare.MAX_BYTES:
            raise prepare.STUDIO.trade.refusal("bytes")
        file.seek(here)
        file.write(piece)
        return here + len(piece)


def finish(key: str, sha256: str) -> Prepared:
    """All of it is here: mixed. `sha256`: of what the phone has, "" where it cannot say so.

    Raises Refusal. What cannot become a sound is gone then; what may work later stays.
    """
    with _open(key) as file:
        file.seek(0)
        try:
            made = prepare.prepare(file, storage().tmp())
        except Refusal as refusal:
            if refusal.kind not in TRY_AGAIN:
                drop(key)
            raise
    if sha256 and sha256 != made.sha256:
        drop(key)
        shutil.rmtree(made.folder, ignore_errors=True)
        raise Refusal(_l("Your recording did not come in whole. Please send it again."), Sort.INVALID)
    return made


def drop(key: str) -> None:
    """It is not needed any more."""
    if file := _file(key):
        file.unlink(missing_ok=True)


def keep(made: Prepared) -> dict[str, Any]:
    """Keep a voice; as the content of a story names it."""
    return {"key": media.keep(made.folder, prepare.OWNER), "milliseconds": made.milliseconds}


def keep_a_day(made: Prepared) -> dict[str, Any]:
    """The same for one that is in no story yet."""
    voice = keep(made)
    media.let_go({voice["key"]}, clock.now() + LIVES)
    return voice


def take(voice: dict[str, Any]) -> dict[str, Any]:
    """It is part of a story from now on. Raises Refusal where it is in one already, or gone."""
    if not media.bring_back(voice["key"]):
        sentence = _l("This recording went already, or is in a story that you sent. Please record anew.")
        raise Refusal(sentence, Sort.CONFLICT, field="recorded")
    return voice


def _has_room(folder: Path, whose: str) -> bool:
    """Whether at most MOST of an address come in. One that stood still for an hour goes, the longest first."""
    there = []
    for one in folder.glob(f"voice-{whose}-*"):
        with suppress(FileNotFoundError):
            there.append((one.stat().st_mtime, one))
    there.sort()
    if len(there) > MOST and there[0][0] < time.time() - IDLE:
        there.pop(0)[1].unlink(missing_ok=True)
    return len(there) <= MOST


@contextmanager
def _open(key: str) -> Iterator[IO[bytes]]:
    """What has come of it, for one request at a time. Raises Refusal for what is not here."""
    found = _file(key)
    try:
        file = found.open("r+b") if found else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Refusal(NOT_HERE, Sort.UNKNOWN)
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _file(key: str) -> Path | None:
    return next(storage().coming().glob(f"voice-*-{key}"), None) if KEY.fullmatch(key) else None


def _read(file: IO[bytes], offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)

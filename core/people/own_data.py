"""All that is kept about somebody, as a zip made while it is sent: JSON a sort, and the photo files."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core import personal_data

MOST_FILES = 2000  # of the photos, the newest first
CHUNK = 64 * 1024  # bytes


def gather(player: str, has_account: bool = True) -> tuple[dict[str, str], list[tuple[str, Path]]]:
    """All personal data as JSON texts by file name, and the files with their names in the zip.

    Without an account `player` is the subject of a receipt, and it is what is kept under receipts.
    """
    held = [one for one in personal_data.SORTS.all() if has_account or one.is_under_receipts]
    texts = {f"{one.name.replace(' ', '-')}.json": _json(one.export(player)) for one in held}
    files = [(f"{one.name}/{name}", path) for one in held for name, path in one.files(player)]
    return texts, files[:MOST_FILES]


def packed(texts: dict[str, str], files: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """A zip of these, piece by piece: it is never whole in memory. A file that went meanwhile is left out."""
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in texts.items():
            made.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # which says nothing of when or where
            yield out.taken()
        for name, path in files:
            yield from _file(made, out, name, path)
    yield out.taken()


def _file(made: zipfile.ZipFile, out: "_Pipe", name: str, path: Path) -> Iterator[bytes]:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return
    with source, made.open(zipfile.ZipInfo(name), "w") as target:  # pictures are stored: they are compressed already
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield out.taken()


class _Pipe(io.RawIOBase):
    """What a zip is written to: it cannot go back, and hands out what came in."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece, self._held = bytes(self._held), bytearray()
        return piece


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_moment)


def _moment(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")

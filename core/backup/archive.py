"""The file of a back-up: a zip with the rows of each table, the files of media, and a list with the hash of each.

    rows/<table>.jsonl       as rows.py writes them
    media/<key>/<file>       as they lie in storage
    manifest.json            {"format", "revision", "made_at", "secret", "entries": {name: [bytes, SHA-256]}}

What is read from one is judged before it is believed: only names of this form, each once and on the list, of the size
and the hash that stand there.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from core.refusal import Refusal, Sort

FORMAT = 1
MANIFEST = "manifest.json"
ROWS = re.compile(r"rows/([a-z_]{1,60})\.jsonl")
MEDIA = re.compile(r"media/([a-z2-7]{26})/([a-z][a-z0-9]*\.[a-z0-9]{1,5})")
A_PIECE = 2**20
MOST_LISTED = 200 * 2**20  # bytes of the list itself
BROKEN = (  # what a file of somebody else's making sets off
    OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
UNREADABLE = _l("That is not a back-up of Buurtspoor, or it is damaged. Nothing was restored.")


@dataclass(frozen=True)
class Manifest:
    """What stands on the list. `secret` is a hash that tells whether two sites have the same one."""

    revision: str
    made_at: datetime
    secret: str
    entries: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return sum(size for size, _hash in self.entries.values())


class Writer:
    """Puts entries into a new back-up, and its list at the end."""

    def __init__(self, file: Path) -> None:
        self._zip = zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED)
        self._entries: dict[str, tuple[int, str]] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """One entry. Pictures and sound are small already: they are only copied."""
        how = zipfile.ZIP_STORED if MEDIA.fullmatch(name) else zipfile.ZIP_DEFLATED
        entry = zipfile.ZipInfo(name)
        entry.compress_type = how
        hashed, size = sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                hashed.update(piece)
                size += len(piece)
        self._entries[name] = (size, hashed.hexdigest())

    def end(self, revision: str, made_at: datetime, secret: str) -> None:
        """The list: without it there is no back-up."""
        said = {
            "format": FORMAT, "revision": revision, "made_at": made_at.isoformat(), "secret": secret,
            "entries": self._entries,
        }  # fmt: skip
        self._zip.writestr(MANIFEST, json.dumps(said), zipfile.ZIP_DEFLATED)


class Reader:
    """A back-up whose names, sizes and hashes were looked at. Raises Refusal for what is none."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN:
            raise _unreadable() from None
        try:
            self.manifest = self._listed()
            self._must_be_as_listed()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    @property
    def names(self) -> Iterable[str]:
        """All entries."""
        return self.manifest.entries

    def open(self, name: str) -> IO[bytes]:
        """What stands in an entry."""
        return self._zip.open(name)

    def must_be_whole(self) -> None:
        """Read all of it once: each entry has the hash that the list says. Raises Refusal."""
        for name, (_size, hash_) in self.manifest.entries.items():
            hashed = sha256()
            try:
                for piece in pieces(self.open(name)):
                    hashed.update(piece)
            except BROKEN:
                raise _unreadable() from None
            if hashed.hexdigest() != hash_:
                raise _unreadable()

    def _listed(self) -> Manifest:
        try:
            if self._zip.getinfo(MANIFEST).file_size > MOST_LISTED:
                raise _unreadable()
            return _manifest(json.loads(self._zip.read(MANIFEST)))
        except BROKEN:
            raise _unreadable() from None

    def _must_be_as_listed(self) -> None:
        found = self._zip.infolist()
        sizes = {info.filename: info.file_size for info in found if info.filename != MANIFEST}
        right = {name: size for name, (size, _hash) in self.manifest.entries.items()}
        if sizes != right or len(found) != len(sizes) + 1 or any(info.flag_bits & 1 for info in found):
            raise _unreadable()


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file, a piece at a time; closed at its end."""
    with file:
        while piece := file.read(A_PIECE):
            yield piece


def _manifest(said: Any) -> Manifest:
    entries = {name: (size, hash_) for name, (size, hash_) in said["entries"].items()}
    made_at = datetime.fromisoformat(said["made_at"])
    fits = (
        said["format"] == FORMAT
        and made_at.tzinfo is not None
        and all(ROWS.fullmatch(name) or MEDIA.fullmatch(name) for name in entries)
        and all(type(size) is int and size >= 0 and isinstance(hash_, str) for size, hash_ in entries.values())
    )
    if not fits:
        raise _unreadable()
    return Manifest(str(said["revision"]), made_at, str(said["secret"]), entries)


def _unreadable() -> Refusal:
    return Refusal(UNREADABLE, Sort.INVALID)

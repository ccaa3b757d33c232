"""What a phone keeps of a walk, to go without network: one page with all its stops, their pictures and voices.

It holds nothing of anybody who walks. What may no longer be shown is not on the next list, and a phone that has
network again lets go of it (reference: rules.md §6, "Offline pack").
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from core.media import service as media
from tours.walks.queries import Shown

VERSION = 1  # of the form of the list
LARGEST_MAP = 2_000_000  # bytes: a map weighs no more than the pictures of a few stops; a larger one stays a picture
PICTURE, SOUND = "large.webp", "sound.m4a"  # as stories keep them; a large one is at most 2000 pixels


@dataclass(frozen=True)
class File:
    """One address with what it must answer. `kind`: page, picture, sound, map, or part (the page's style, scripts)."""

    url: str
    bytes: int
    sha256: str
    kind: str


def of_body(url: str, body: bytes, kind: str) -> File:
    """What is made at the moment."""
    return File(url, len(body), sha256(body).hexdigest(), kind)


def of_media(url: str, key: str, name: str, kind: str) -> File | None:
    """What lies in storage; None where it is gone at this moment."""
    path = media.file(key, name)
    return File(url, *_measured(path), kind) if path else None


def listed(files: Sequence[File], title: str, version: int) -> dict[str, object]:
    """The list as a phone reads it: another version is another content."""
    said = [asdict(one) for one in files]
    digest = sha256(json.dumps([VERSION, version, said]).encode()).hexdigest()
    return {"version": digest[:16], "title": title, "bytes": sum(one.bytes for one in files), "files": said}


def pictures_of(stops: Collection[Shown]) -> Iterator[tuple[str, int, str]]:
    """Of each picture that is shown the key of its story, its number and the key of its bytes."""
    for one in stops:
        for picture in one.stop.story.pictures if one.stop.story else ():
            if one.stop.story:
                yield one.stop.story.key, picture.number, picture.key


@lru_cache(maxsize=4096)
def _measured(path: Path) -> tuple[int, str]:
    """Bytes under a key never change."""
    return path.stat().st_size, sha256(path.read_bytes()).hexdigest()

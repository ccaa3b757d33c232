"""The list of what went for good, in a file beside the database: it outlives a restore, and is done again by it.

A line is one thing: {"what", "key", "at"}. Keys mean nothing to who reads them. Lines are only added.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from core.forgotten import FORGOTTEN

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """That something went."""

    what: str  # its name in FORGOTTEN
    key: str
    at: datetime


def place() -> Path | None:
    """Where the list is: beside the folder of media. None in a test without one."""
    media = current_app.config["BUURT"].media
    return Path(media).absolute().parent / "forgotten.jsonl" if media else None


def read(file: Path) -> Iterator[Line]:
    """The lines. The last one may be half, where a machine fell: the next sweep writes it anew."""
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
            yield Line(said["what"], said["key"], datetime.fromisoformat(said["at"]))
        except (ValueError, KeyError, TypeError):
            continue


def write_down(file: Path) -> int:
    """Add what went since the last time; how many."""
    known = list(read(file))
    seen = {(line.what, line.key, line.at) for line in known}
    new = [line for line in _went(known) if (line.what, line.key, line.at) not in seen]
    if new:
        _append(file, new)
    return len(new)


def forget(since: datetime, file: Path) -> int:
    """Let go again of all that went since a moment, in the order of the registry; how many lines said so."""
    lines = [line for line in read(file) if line.at >= since]
    for what, sort in FORGOTTEN.named().items():
        for line in lines:
            if line.what == what:
                sort.again(line.key)
    return len(lines)


def _went(known: Iterable[Line]) -> Iterator[Line]:
    last: dict[str, datetime] = {}
    for line in known:
        last[line.what] = max(line.at, last.get(line.what, LONG_AGO))
    for what, sort in FORGOTTEN.named().items():
        for key, at in sort.since(last.get(what, LONG_AGO)):
            yield Line(what, key, at)


def _append(file: Path, lines: Iterable[Line]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as out:
        for line in lines:
            out.write("\n" * (out.tell() > 0 and not _ends_well(file)))
            out.write(json.dumps({"what": line.what, "key": line.key, "at": line.at.isoformat()}) + "\n")
            out.flush()
        os.fsync(out.fileno())


def _ends_well(file: Path) -> bool:
    """Whether the last line is whole."""
    with file.open("rb") as found:
        found.seek(-1, os.SEEK_END)
        return found.read(1) == b"\n"

"""The line before SQLite's one writer: who came first goes first, of all threads and processes on one file.

Each takes the next number and holds the seat that has it, then waits for the seat before. A seat is a lock of the
system on a file of its own, let go when its process ends, however it ends (docs/decisions/0005-one-at-a-time.md).
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path

SEATS = 64  # more than ever wait: the threads of a few web processes, the clockwork, a command
DIGITS = 20  # of the number, which is written over in its place: a full disk has no room for another


@contextmanager
def in_line(folder: Path) -> Iterator[None]:
    """Run the block when it is this one's turn, in the line that is kept in a folder."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as mine:
        with _held(folder / "number", os.O_RDWR) as door:
            number = int(os.pread(door, DIGITS, 0) or 0)
            os.pwrite(door, f"{number + 1:0{DIGITS}}".encode(), 0)
            mine.enter_context(_held(_seat(folder, number + 1)))
        with _held(_seat(folder, number)):
            pass
        yield


@contextmanager
def _held(file: Path, way: int = os.O_RDONLY) -> Iterator[int]:
    """A file that nobody else holds meanwhile. Let go in words, since closing it lets go of nothing that was forked."""
    found = os.open(file, way | os.O_CREAT, 0o644)
    try:
        flock(found, LOCK_EX)
        yield found
    finally:
        flock(found, LOCK_UN)
        os.close(found)


def _seat(folder: Path, number: int) -> Path:
    return folder / str(number % SEATS)

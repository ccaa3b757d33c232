"""From an upload to three finished files: before any transaction, and without decoding anything in this process.

The decoder is a program of our own (darkroom/), not multiprocessing's forkserver: that one runs the server's main
module again for each child and is forbidden inside the daemonic workers of some servers.
"""

import atexit
import fcntl
import hashlib
import json
import os
import queue
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import IO

from flask_babel import lazy_gettext as _

from core.refusal import Refusal

MAX_BYTES = 25 * 1024 * 1024
WAIT = 20.0
"""Seconds in which one of the machine's darkrooms must come free."""
CORES = os.cpu_count() or 1
"""So many pictures are drawn at once on one machine, by however many web processes."""
PLACES = 6
"""So many photos may be waited for in a web process: it has eight threads, and reading goes on meanwhile."""
PATIENCE = 30.0
"""Seconds that one picture may take."""
PROGRAM = Path(__file__).with_name("darkroom") / "__main__.py"
INHERITED = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH")
ALLOCATOR = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.top_pad=16777216"
"""Large pages and one heap: each fork touches 30 MB anew, which in small pages took an eighth of a photo's time."""
BEGINNINGS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp", re.DOTALL)
DRAWN = re.compile(r"drawn (\d{1,5}) (\d{1,5}) (\d+)")

TOO_LARGE = _(
    "This photo is too large. Choose a smaller one, or set your camera to smaller photos. On an iPhone: "
    "Settings → Camera → Formats. On another phone: in the camera, at the size of photos."
)
REFUSALS = {
    "empty": (_("There was no photo in what arrived. Please send it again."), "invalid"),
    "bytes": (TOO_LARGE, "too_large"),
    "unknown": (_("This is not a photo we can read. JPEG, PNG, WebP, HEIC and AVIF are fine."), "unsupported"),
    "pixels": (TOO_LARGE, "too_large"),
    "broken": (_("This photo is damaged or incomplete. Please send it again, or choose another."), "invalid"),
    "full": (_("There is no room for photos now. Keep yours on your phone and try again later."), "full"),
    "busy": (_("Many photos are coming in at once. Please try again in a minute."), "busy"),
}


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
    """Receive a photo and have it redrawn, in a new folder inside `tmp`; beside `tmp` lie the machine's locks.

    Raises Refusal, with nothing left in `tmp`: invalid, too_large, unsupported, full or busy.
    """
    with _room_on_disk(), ExitStack() as undo:
        folder = Path(tempfile.mkdtemp(prefix="photo-", dir=tmp)).absolute()
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        source = folder / "source"
        sha256 = _receive(stream, source)
        with _darkroom(tmp.parent) as darkroom:
            answer = darkroom.develop(source, folder)
        source.unlink()
        drawn = DRAWN.fullmatch(answer)
        if not drawn:
            raise _refusal(answer.removeprefix("refused "))
        undo.pop_all()
        return Prepared(folder, int(drawn[1]), int(drawn[2]), sha256)


def _refusal(reason: str) -> Refusal:
    return Refusal(*REFUSALS.get(reason, REFUSALS["broken"]))


@contextmanager
def _room_on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {ENOSPC, EDQUOT, EFBIG}:
            raise _refusal("full") from error
        raise


def _receive(stream: IO[bytes], source: Path) -> str:
    """Copy the upload and return its SHA-256; stops at the first byte too many."""
    digest, received = hashlib.sha256(), 0
    with source.open("xb") as file:
        while piece := stream.read(256 * 1024):
            if not received and not BEGINNINGS.match(piece):
                raise _refusal("unknown")
            received += len(piece)
            if received > MAX_BYTES:
                raise _refusal("bytes")
            digest.update(piece)
            file.write(piece)
    if not received:
        raise _refusal("empty")
    return digest.hexdigest()


class Darkroom:
    """One decoder process: started at its first picture, replaced when it dies, one picture at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def develop(self, source: Path, folder: Path) -> str:
        """What the darkroom answered: "drawn <width> <height> <MiB>" or "refused <reason>"."""
        job = json.dumps({"source": str(source), "folder": str(folder)}).encode() + b"\n"
        for _again in range(2):  # it may have died since the last picture
            answer = self._ask(job)
            if answer is not None:
                return answer.decode("ascii", "replace").strip()
            self.close()
        return "refused busy"

    def close(self) -> None:
        """End the process, and the picture it may be at."""
        process, self._process = self._process, None
        if process:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            with process:  # closes its pipes and waits
                pass

    def _ask(self, job: bytes) -> bytes | None:
        """The answer; empty when the picture killed its decoder, None when the darkroom itself is gone."""
        process = self._process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(job)
        except BrokenPipeError:
            return None
        answers = select.poll()
        answers.register(process.stdout, select.POLLIN)
        if not answers.poll(PATIENCE * 1000):
            self.close()
            return b""
        return process.stdout.readline() or None

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        """By path (-P: its folder is no place to import from), in a group of its own, without the server's secrets."""
        known = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", str(PROGRAM)],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env={**known, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": ALLOCATOR},
            start_new_session=True,
        )


_darkrooms: queue.LifoQueue[Darkroom] = queue.LifoQueue()
"""One a core, last used first: on a quiet day only one of them ever starts."""
_places = threading.BoundedSemaphore(PLACES)


@contextmanager
def _darkroom(locks: Path) -> Iterator[Darkroom]:
    """A darkroom of this process, once it is its turn on this machine."""
    until = time.monotonic() + WAIT
    with _place(), ExitStack() as back:
        try:
            darkroom = _darkrooms.get(timeout=WAIT)
        except queue.Empty:
            raise _refusal("busy") from None
        back.callback(_darkrooms.put, darkroom)
        with _turn(locks, until):
            yield darkroom


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise _refusal("busy")
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _turn(folder: Path, until: float) -> Iterator[None]:
    """Hold one of the machine's locks, one a core; the system gives back those of a process that was killed."""
    with ExitStack() as files:
        names = [folder / f"darkroom-{socket.gethostname()}-{core}" for core in range(CORES)]
        locks = [files.enter_context(name.open("ab")) for name in names]
        while not any(_is_ours(lock) for lock in locks):
            if time.monotonic() > until:
                raise _refusal("busy")
            time.sleep(0.01)
        yield


def _is_ours(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open() -> None:
    """Also in a forked web worker: it must not share its parent's pipes."""
    global _darkrooms, _places
    _darkrooms, _places = queue.LifoQueue(), threading.BoundedSemaphore(PLACES)
    for _core in range(CORES):
        _darkrooms.put(Darkroom())


def _close() -> None:
    while not _darkrooms.empty():
        _darkrooms.get().close()


_open()
os.register_at_fork(after_in_child=_open)
atexit.register(_close)

"""From an upload to finished files: before any transaction, and without decoding anything in this process.

A trade (pictures, sound) is a program of our own that does one job at a time, started at its first job and replaced
when it dies: not multiprocessing's forkserver, which runs the server's main module again for each child and is
forbidden inside the daemonic workers of some servers.
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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import IO, NamedTuple

from core.refusal import Refusal

CORES = os.cpu_count() or 1
"""So many jobs are done at once on one machine, of whatever trade and by however many web processes."""
PLACES = 6
"""So many jobs of a trade may be waited for in a web process: it has eight threads, and reading goes on meanwhile."""
INHERITED = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH")
ALLOCATOR = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.top_pad=16777216"
"""Large pages and one heap: each fork touches 30 MB anew, which in small pages took an eighth of a photo's time."""
ANSWER = re.compile(r"(\w+) (.+) (\d+)")


@dataclass
class Trade:
    """What is made of which uploads, and how.

    `refusals`: by reason its sentence and sort; it has at least empty, bytes, unknown, broken, full and busy.
    """

    name: str
    program: Path
    most_bytes: int
    beginnings: re.Pattern[bytes]  # of files that it can read: what else comes is not received
    refusals: Mapping[str, tuple[object, str]]
    wait: float = 20.0  # seconds in which it must be its turn
    patience: float = 30.0  # seconds that one job may take

    def refusal(self, reason: str) -> Refusal:
        """Why nothing came of an upload, in words for who sent it."""
        return Refusal(*self.refusals.get(reason, self.refusals["broken"]))


class Made(NamedTuple):
    """What came of an upload: the folder with its files and nothing else, and what the trade said of it."""

    folder: Path
    said: list[str]
    sha256: str  # of the bytes that were sent, in hexadecimal


class Workshop:
    """The programs of one trade in this process: one a core, last used first; on a quiet day only one ever starts."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.open()
        os.register_at_fork(after_in_child=self.open)
        atexit.register(self.close)

    def open(self) -> None:
        """Also in a forked web worker: it must not share its parent's pipes."""
        self.hands: queue.LifoQueue[Hand] = queue.LifoQueue()
        self.places = threading.BoundedSemaphore(PLACES)
        for _core in range(CORES):
            self.hands.put(Hand(self.trade))

    def close(self) -> None:
        """End all its programs."""
        while not self.hands.empty():
            self.hands.get().close()

    def make(self, stream: IO[bytes], tmp: Path) -> Made:
        """Receive an upload and have its files made, in a new folder inside `tmp`; the machine's locks lie beside it.

        Raises Refusal, with nothing left in `tmp`: invalid, too_large, unsupported, full or busy.
        """
        with self._room_on_disk(), ExitStack() as undo:
            folder = Path(tempfile.mkdtemp(prefix=f"{self.trade.name}-", dir=tmp)).absolute()
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            source = folder / "source"
            sha256 = self._receive(stream, source)
            with self._hand(tmp.parent) as hand:
                answer = ANSWER.fullmatch(hand.work(source, folder))
            source.unlink()
            if answer is None or answer[1] == "refused":
                raise self.trade.refusal(answer[2] if answer else "broken")
            undo.pop_all()
            return Made(folder, answer[2].split(), sha256)

    @contextmanager
    def _room_on_disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in {ENOSPC, EDQUOT, EFBIG}:
                raise self.trade.refusal("full") from error
            raise

    def _receive(self, stream: IO[bytes], source: Path) -> str:
        """Copy the upload and return its SHA-256; stops at the first byte too many."""
        digest, received = hashlib.sha256(), 0
        with source.open("xb") as file:
            while piece := stream.read(256 * 1024):
                if not received and not self.trade.beginnings.match(piece):
                    raise self.trade.refusal("unknown")
                received += len(piece)
                if received > self.trade.most_bytes:
                    raise self.trade.refusal("bytes")
                digest.update(piece)
                file.write(piece)
        if not received:
            raise self.trade.refusal("empty")
        return digest.hexdigest()

    @contextmanager
    def _hand(self, locks: Path) -> Iterator["Hand"]:
        """A program of this process, once it is its turn on this machine."""
        until = time.monotonic() + self.trade.wait
        with self._place(), ExitStack() as back:
            try:
                hand = self.hands.get(timeout=self.trade.wait)
            except queue.Empty:
                raise self.trade.refusal("busy") from None
            back.callback(self.hands.put, hand)
            with self.turn(locks, until):
                yield hand

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self.places.acquire(blocking=False):
            raise self.trade.refusal("busy")
        try:
            yield
        finally:
            self.places.release()

    @contextmanager
    def turn(self, folder: Path, until: float) -> Iterator[None]:
        """Hold one of the machine's locks, one a core; the system gives back those of a process that was killed."""
        with ExitStack() as files:
            names = [folder / f"core-{socket.gethostname()}-{core}" for core in range(CORES)]
            locks = [files.enter_context(name.open("ab")) for name in names]
            while not any(_is_ours(lock) for lock in locks):
                if time.monotonic() > until:
                    raise self.trade.refusal("busy")
                time.sleep(0.01)
            yield


class Hand:
    """One program: started at its first job, replaced when it dies, one job at a time."""

    def __init__(self, trade: Trade) -> None:
        self.trade = trade
        self.process: subprocess.Popen[bytes] | None = None

    def work(self, source: Path, folder: Path) -> str:
        """What it answered: what was made and how, or "refused <reason>"; the peak memory in MiB behind that."""
        job = json.dumps({"source": str(source), "folder": str(folder)}).encode() + b"\n"
        for _again in range(2):  # it may have died since the last job
            answer = self._ask(job)
            if answer is not None:
                return answer.decode("ascii", "replace").strip()
            self.close()
        return "refused busy 0"

    def close(self) -> None:
        """End the program, and the job it may be at."""
        process, self.process = self.process, None
        if process:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            with process:  # closes its pipes and waits
                pass

    def _ask(self, job: bytes) -> bytes | None:
        """The answer; empty when the file killed its decoder, None when the program itself is gone."""
        process = self.process = self.process or self._started()
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(job)
        except BrokenPipeError:
            return None
        answers = select.poll()
        answers.register(process.stdout, select.POLLIN)
        if not answers.poll(self.trade.patience * 1000):
            self.close()
            return b""
        return process.stdout.readline() or None

    def _started(self) -> subprocess.Popen[bytes]:
        """By path (-P: its folder is no place to import from), in a group of its own, without the server's secrets."""
        known = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", str(self.trade.program)],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env={**known, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": ALLOCATOR},
            start_new_session=True,
        )


def _is_ours(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

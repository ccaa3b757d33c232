"""Does the jobs of a trade, each in a forked child with little memory and little time.

What strangers send is decoded here and nowhere else: a file that kills its decoder kills only that. It runs in a
program of its own that is small, so that it forks fast, and imports nothing of the project, so that it knows no
secrets. A trade (core/photos/darkroom, core/sounds/studio) is found by its path and says what it can do.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def serve(
    work: Callable[[Path, Path], str], memory: int, file_size: int, cpu_seconds: int, seconds: int
) -> None:  # fmt: skip
    """Read jobs (a line of JSON: source, folder) until the input ends; answer each with one line.

    `work` writes its files into the folder and says how it went, "refused <reason>" where nothing came of it; the peak
    memory in MiB is told behind that. What one job may take: `memory` in bytes of address space, `file_size` in bytes.
    """
    for job in iter(sys.stdin.buffer.readline, b""):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            _confine(memory, file_size, cpu_seconds, seconds)
            os.write(write_end, _answer(work, **json.loads(job)).encode())
            os._exit(0)
        os.close(write_end)
        answer = os.read(read_end, 100)  # nothing, when the file killed its child
        os.close(read_end)
        os.waitpid(child, 0)
        with suppress(BrokenPipeError):  # the web process is gone; the input ends with it
            os.write(1, answer.split(b"\n")[0] + b"\n")


def _answer(work: Callable[[Path, Path], str], source: str, folder: str) -> str:
    return f"{work(Path(source), Path(folder))} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}"


def _confine(memory: int, file_size: int, cpu_seconds: int, seconds: int) -> None:
    """The child may take this much and no more. It writes to the pipe and the folder of its own job only."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    signal.alarm(seconds)
    if sys.platform == "linux":  # macOS, where somebody may develop, refuses this limit
        _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, file_size)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int) -> None:
    """As low as asked, or as low as whoever started us said."""
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))

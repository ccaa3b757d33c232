"""Gives birth to web servers, quickly: granian as `make run` starts it, on an app that was imported once.

A program: each line it reads is a port, each line it writes the process group of a server there. It ends with its
input. A server that is killed leaves nothing to this process: nothing here ever touched the database.
"""

import os
import signal
import sys
from contextlib import suppress

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main() -> None:
    """Serve what is asked for."""
    import wsgi  # noqa: F401  # a server forked from here has it already

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    child = 0
    for line in iter(sys.stdin.buffer.readline, b""):
        child = os.fork()
        if child == 0:
            _live(int(line))
        os.write(1, f"{child}\n".encode())
    if child:
        with suppress(ProcessLookupError):  # the last one, when a test that was killed could not end it
            os.killpg(child, signal.SIGKILL)


def _live(port: int) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    Granian(
        "wsgi:intake", "127.0.0.1", port, interface=Interfaces.ASGINL, workers=2, websockets=False,
        log_level=LogLevels.error,
    ).serve()  # fmt: skip
    os._exit(0)


if __name__ == "__main__":
    main()

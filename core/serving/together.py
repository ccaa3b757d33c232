"""Web and clockwork, each forked from one process that has the app: what never changes of it is in memory once.

Its words are those of the web server. One stops, both stop: with 0 when a signal asked for it, else with 1.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from core.serving import web
from core.serving.serve import STOPS_WITHIN, follow

CLOCKWORK = "wsgi.clockwork -w 1 -d 0.1 -m 1 -g TERM -t 10 -q"


def main() -> None:
    """Serve until a signal, or until one of the two ends."""
    web.load()
    both = [_forked(web.run), _forked(_clockwork)]
    told: list[int] = []

    def stop(number: int, _frame: FrameType | None = None) -> None:
        told.append(number)
        _tell(both, signal.SIGKILL if number == signal.SIGALRM else signal.SIGTERM)
        signal.alarm(STOPS_WITHIN - 1)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, stop)
    os.wait()
    result = 0 if told else 1
    stop(signal.SIGTERM)
    os.wait()
    sys.exit(result)


def _forked(work: Callable[[], None]) -> int:
    """Do some work in a process that ends when this one is gone; gives its number."""
    if number := os.fork():
        os.setpgid(number, number)  # a signal to our whole group reaches it once, through us: two break off a sweep
        return number
    follow(signal.SIGTERM)
    work()
    sys.exit()


def _tell(leaders: list[int], number: signal.Signals) -> None:
    for leader in leaders:
        with contextlib.suppress(ProcessLookupError):  # it and its workers are gone
            os.killpg(leader, number)


def _clockwork() -> None:
    from huey.bin.huey_consumer import consumer_main  # here alone: 12 MiB

    sys.argv = ["huey_consumer", *CLOCKWORK.split()]
    consumer_main()


if __name__ == "__main__":
    main()

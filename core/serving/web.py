"""The web server: granian as its command line has it, with workers that are forked from a process that has the app.

What never changes of the app is then in memory once, whatever the number of workers. The app opens no connection and
starts no thread before it is asked for something.
"""

import multiprocessing
import re
import sys
from importlib import import_module

from granian.cli import entrypoint

TARGET = re.compile(r"[\w.]+:\w+")  # `wsgi:intake`


def load() -> None:
    """Import the app that the command line names, on a system where workers are forked."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)  # newer Pythons have another one
        for target in filter(TARGET.fullmatch, sys.argv[1:]):
            import_module(target.partition(":")[0])


def run() -> None:
    """Serve until a signal."""
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    load()
    run()

"""The Chromium that the browser tests drive: found, else Debian's package, else a sentence."""

import os
import shutil
import sys

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # the name of the program and of Debian's package


def find() -> str | None:
    """The path of a Chromium on this machine: BUURT_CHROMIUM, else the first of its usual names."""
    given = os.environ.get("BUURT_CHROMIUM")
    if given:
        return given if os.access(given, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def path() -> str:
    """The path of a Chromium, installed first where we may. Exits with a sentence where there is none."""
    return (
        find()
        or _install()
        or sys.exit(
            "The browser tests need Chromium: install it (apt-get install chromium) or set BUURT_CHROMIUM to its path."
        )
    )


def shell() -> str:
    """The path of the same engine without a window around it, a quarter of the work; where it lacks, that of `path`."""
    return ("BUURT_CHROMIUM" not in os.environ and shutil.which(SHELL)) or path()


def _install() -> str | None:
    if "BUURT_CHROMIUM" in os.environ:
        return None
    debian.install("chromium")
    return find()


if __name__ == "__main__":
    path()
    if "BUURT_CHROMIUM" not in os.environ and not shutil.which(SHELL):
        debian.install(SHELL)

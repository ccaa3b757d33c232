"""The log keeps no secret: what stands behind the # of an address of ours is blanked wherever one is logged.

So is what stands in that of a screen in the house (core/walls). Of the pages of classes (core/classes) no path stands
in a log, and no address of who asked for one.

A browser never sends that part. But mail programs that look at links first may write the # as %23, and then it comes
in the path (core/astray.py leads it on).
"""

import logging
import re

from flask import Flask

BEHIND = re.compile(r"(/w/[^\s#%?]*)(#|%(?:25)*23)[^\s\"']*")
OF_CLASSES = re.compile(r"/w/[^\s/\"']+/(?:staff/)?class(?:es)?(?![\w-])[^\s\"']*")
ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|[\da-f:]*::[\da-f:.]*)(?![\w:])",
    re.IGNORECASE,
)
SCREEN = re.compile(r"(/w/[a-z0-9-]+/wall/)[^\s\"'/?]+")


def init_app(_app: Flask) -> None:
    """From now on, in this process: every logger's, so the web server's access log too."""
    logging.setLogRecordFactory(Discreet)


class Discreet(logging.LogRecord):
    """A line of a log without such secrets."""

    def getMessage(self) -> str:  # noqa: N802  # logging's own name
        """The line, with a sign in place of each."""
        said = super().getMessage()
        if OF_CLASSES.search(said):  # no path of a class, and not who asked for it (docs/school-privacy.md)
            return ADDRESS.sub("…", OF_CLASSES.sub("/…", said))
        return SCREEN.sub(r"\1…", BEHIND.sub(r"\1\2…", said))

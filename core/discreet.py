"""The log keeps no secret: what stands behind the # of an address of ours is blanked wherever one is logged.

A browser never sends that part. But mail programs that look at links first may write the # as %23, and then it comes
in the path (core/astray.py leads it on).
"""

import logging
import re

from flask import Flask

BEHIND = re.compile(r"(/w/[^\s#%?]*)(#|%(?:25)*23)[^\s\"']*")


def init_app(_app: Flask) -> None:
    """From now on, in this process: every logger's, so the web server's access log too."""
    logging.setLogRecordFactory(Discreet)


class Discreet(logging.LogRecord):
    """A line of a log without such secrets."""

    def getMessage(self) -> str:  # noqa: N802  # logging's own name
        """The line, with a sign in place of each."""
        return BEHIND.sub(r"\1\2…", super().getMessage())

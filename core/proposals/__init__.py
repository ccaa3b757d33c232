"""Places that residents propose: each waits at the desk, and becomes a spot when an editor says yes."""

from flask import Flask

from core import contributions
from core.proposals import views
from core.proposals.kind import Place


def init_app(app: Flask) -> None:
    """Register what is handed in, and whose idea a spot was on its page."""
    contributions.add(app, Place())
    views.init_app(app)

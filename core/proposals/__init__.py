"""Places that residents propose: each waits at the desk, and becomes a spot when an editor says yes."""

from flask import Flask

from core.desk import handlers
from core.people import holdings
from core.proposals import at_desk, holding, views


def init_app(app: Flask) -> None:
    """Register the pages, what the desk decides about, and what is kept of a person."""
    views.init_app(app)
    handlers.HANDLERS.add(app, at_desk.Places.kind, at_desk.Places())
    holdings.HOLDINGS.add(app, holding.HOLDING.name, holding.HOLDING)

"""Places that residents propose: each waits at the desk, and becomes a spot when an editor says yes."""

from flask import Flask

from core.desk import handlers
from core.personal_data import SORTS
from core.proposals import at_desk, views
from core.proposals.personal_data import PERSONAL_DATA


def init_app(app: Flask) -> None:
    """Register the pages, what the desk decides about, and what is kept of a person."""
    views.init_app(app)
    handlers.HANDLERS.add(app, at_desk.Places.kind, at_desk.Places())
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)

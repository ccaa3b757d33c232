"""The desk: one queue for everything that becomes public. Parts register a handler for each kind of thing."""

from flask import Flask

from core import events
from core.desk import handlers, holding, names, pause_pages, pauses, photos, reports, views
from core.people import holdings


def init_app(app: Flask) -> None:
    """Register the pages, and the handlers of what core itself has."""
    views.init_app(app)
    reports.init_app(app)
    pause_pages.init_app(app)
    handlers.add(app, photos.Photos())
    events.photo_forgotten.listen(photos.gone)
    handlers.add(app, names.Names())
    handlers.add(app, pauses.Pauses())
    holdings.register(app, holding.HOLDING)

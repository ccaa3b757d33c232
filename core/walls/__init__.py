"""The wall in the neighbourhood house: a screen at a secret address, read from across the room. It names nobody."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.walls import keeping_pages, views

ACTS = acts.Acts(
    "walls",
    _l("Screens"),
    {
        "wall.make": _l("Made a screen for the house"),
        "wall.name": _l("Gave a screen another name"),
        "wall.end": _l("Turned a screen off for good"),
    },
)


def init_app(app: Flask) -> None:
    """Register the wall, the pages of who keeps it, and how what they do reads in the log."""
    views.init_app(app)
    keeping_pages.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

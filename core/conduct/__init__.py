"""Conduct: what the desk decides about people. Names that are reported, pauses, and the appeals of players."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.conduct import names, pause_pages, pauses
from core.desk.handlers import HANDLERS

ACTS = acts.Acts(
    "conduct",
    _l("Pauses"),
    {
        "player.suspend": _l("Gave somebody a pause"),  # whom is told on the page of pauses, while it runs
        "player.resume": _l("Ended a pause"),
    },
    reasons=lambda: pauses.REASONS,
)


def init_app(app: Flask) -> None:
    """Register the pages of the pauses, what the desk decides about people, and how acts read in the log."""
    pause_pages.init_app(app)
    HANDLERS.add(app, names.Names.kind, names.Names())
    HANDLERS.add(app, pauses.Pauses.kind, pauses.Pauses())
    acts.PARTS.add(app, ACTS.part, ACTS)

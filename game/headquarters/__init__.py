"""The desk in the neighbourhood house: a host witnesses meetings, and taps for people without a phone."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from game.headquarters import views

ACTS = acts.Acts(  # without names: the log does not tell who met whom
    "meetings",
    _l("Meetings"),
    {
        "meeting.witness": _l("Saw a meeting at the desk of the house"),
        "meeting.yes for": _l("Said yes to a meeting for who has no phone"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages of the desk, and how what hosts do reads in the log."""
    views.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

"""Teams, and letters with a code: who joins by one is known, and of its team where it carries one."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from game.teams import personal_data, staff_pages, views

ACTS = acts.Acts(
    "letters",
    _l("Teams and letters"),
    {
        "team.make": _l("Made a team"),
        "team.end": _l("Ended a team"),
        "letters.make": _l("Made letters with a code"),
        "letters.end": _l("Ended letters with a code"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, what is kept of people, and how what is recorded reads."""
    views.init_app(app)
    staff_pages.init_app(app)
    personal_data.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

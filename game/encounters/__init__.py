"""Encounters: two persons, one moment, both said yes."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import jobs as clockwork  # the name jobs is that of our own module
from core.desk import handlers
from core.personal_data import SORTS, PersonalData
from core.walls.glows import GLOWS
from game.encounters import (
    cli,
    closing,
    demo,
    demo_past,
    glows,
    measures,
    queries,
    signals_at_desk,
    signals_found,
    talk,
    views,
)
from game.seasons import played


def init_app(app: Flask) -> None:
    """Register the pages, the sweeps, the commands, what the desk looks at, the demo's, and what hangs on a season."""
    views.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    demo_past.init_app(app)
    measures.init_app(app)
    said = PersonalData(
        "talk answers", frozenset({"talk_answer"}), export=talk.export, erase=talk.erase,
        label=_l("What you said"), about=_l("Your words at talk cards."),
    )  # fmt: skip
    for data in (said, signals_found.PERSONAL_DATA):
        SORTS.add(app, data.name, data)
    played.PLAYED.add(app, "meetings", queries.are_in)
    GLOWS.add(app, "meetings", glows.at_spots)
    clockwork.SWEEPS.add(app, "signals", signals_found.sweep)
    clockwork.SWEEPS.add(app, "closing", closing.sweep, order=90)  # after all that a season waits for
    handlers.HANDLERS.add(app, signals_at_desk.Looks.kind, signals_at_desk.Looks())

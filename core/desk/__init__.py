"""The desk: one queue for everything that becomes public. Parts register a handler for each kind of thing."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import events
from core import jobs as clockwork
from core.audit import acts
from core.desk import answer_pages, handlers, jobs, names, pause_pages, pauses, photos, reports, views
from core.desk.personal_data import PERSONAL_DATA
from core.personal_data import SORTS

ACTS = acts.Acts(
    "desk",
    _l("The desk"),
    {
        "desk.good": _l("Found something good"),
        "desk.blur": _l("Found it good, with somebody unrecognisable"),
        "desk.back": _l("Sent something back"),
        "desk.away": _l("Took something away"),
        "desk.undo": _l("Undid a decision"),
        "player.suspend": _l("Gave somebody a pause"),  # whom is told on the page of pauses, while it runs
        "player.resume": _l("Ended a pause"),
    },
    kinds=handlers.labels,
    reasons=handlers.reasons_given,
)


def init_app(app: Flask) -> None:
    """Register the pages, the handlers of what core itself has, and how decisions read in the log."""
    views.init_app(app)
    reports.init_app(app)
    answer_pages.init_app(app)
    pause_pages.init_app(app)
    clockwork.SWEEPS.add(app, "desk", jobs.sweep)
    handlers.HANDLERS.add(app, photos.Photos.kind, photos.Photos())
    events.photo_forgotten.listen(photos.gone)
    handlers.HANDLERS.add(app, names.Names.kind, names.Names())
    handlers.HANDLERS.add(app, pauses.Pauses.kind, pauses.Pauses())
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    acts.PARTS.add(app, ACTS.part, ACTS)

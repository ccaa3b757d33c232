"""The desk: one queue for everything that becomes public. Parts register a handler for each kind of thing."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import jobs as clockwork
from core.audit import acts
from core.desk import answer_pages, handlers, jobs, report_pages, views
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
    },
    kinds=handlers.labels,
    reasons=handlers.reasons_given,
)


def init_app(app: Flask) -> None:
    """Register the pages, the sweep, and how decisions read in the log."""
    views.init_app(app)
    report_pages.init_app(app)
    answer_pages.init_app(app)
    clockwork.SWEEPS.add(app, "desk", jobs.sweep)
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    acts.PARTS.add(app, ACTS.part, ACTS)

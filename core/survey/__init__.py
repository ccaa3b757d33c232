"""The survey: seven statements, filled in by whoever likes to, before and after a season; nobody is in its answers."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from core.shared import DRAWN_FROM
from core.survey import demo, goings_on, paper_pages, staff_pages, views
from core.survey.models import Wave

ACTS = acts.Acts(
    "survey",
    _l("The survey"),
    {
        "survey.open": _l("Opened the survey"),
        "survey.close": _l("Closed the survey"),
        "survey.enter": _l("Typed in sheets of the survey"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, what goes on, and how acts read in the log."""
    views.init_app(app)
    staff_pages.init_app(app)
    paper_pages.init_app(app)
    demo.init_app(app)
    GOINGS_ON.add(app, "survey", goings_on.of, order=70)
    DRAWN_FROM.add(app, "survey", frozenset({Wave.__tablename__}))
    acts.PARTS.add(app, ACTS.part, ACTS)

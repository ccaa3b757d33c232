"""Gatherings: neighbours open one at a spot, say that they are there, and write down what was said."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from core.personal_data import SORTS
from core.steps.invariants import COURSES, INVARIANTS
from game.gatherings import arrive_pages, calendar_pages, check, demo, goings_on, keep_pages, measures, views
from game.gatherings.course import COURSE
from game.gatherings.kind import OPENING
from game.gatherings.personal_data import ATTENDANCE
from game.gatherings.report_kind import TOLD

ACTS = acts.Acts(
    "gatherings", _l("Gatherings"),
    {
        "gathering.publish": _l("Opened a gathering without another look"),
        "gathering.move": _l("Moved a gathering"),
        "gathering.cancel": _l("Cancelled a gathering"),
        "gathering.count": _l("Counted who was there"),
    },
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages, the two kinds, and what is kept of a person."""
    for pages in (views, arrive_pages, keep_pages, calendar_pages, demo):
        pages.init_app(app)
    contributions.add(app, OPENING)
    contributions.add(app, TOLD)
    GOINGS_ON.add(app, "gatherings", goings_on.of, order=10)
    COURSES.add(app, COURSE.kind, COURSE)
    INVARIANTS.add(app, COURSE.kind, check.look)
    SORTS.add(app, ATTENDANCE.name, ATTENDANCE)
    measures.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

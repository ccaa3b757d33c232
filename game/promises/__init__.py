"""Promises: who does what, for whom and by when, and what became of it, each step with words."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from core.personal_data import SORTS
from core.steps.invariants import COURSES, INVARIANTS
from game.promises import check, demo, goings_on, measures, mirror, step_pages, views
from game.promises.course import COURSE
from game.promises.kind import VOW
from game.promises.personal_data import AROUND

ACTS = acts.Acts(
    "promises", _l("Promises"),
    {
        "promise.release": _l("Released a promise for everybody"),
        "promise.succeed": _l("Named who keeps a promise from now on"),
    },
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages, the kind, and what is kept of a person."""
    for pages in (views, step_pages, demo):
        pages.init_app(app)
    contributions.add(app, VOW)
    GOINGS_ON.add(app, "promises", goings_on.of, order=60)
    COURSES.add(app, COURSE.kind, COURSE)
    INVARIANTS.add(app, COURSE.kind, check.look)
    SORTS.add(app, AROUND.name, AROUND)
    measures.init_app(app)
    mirror.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

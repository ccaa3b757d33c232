"""Initiatives: what neighbours do together after an idea went ahead, with who takes part and what is needed."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.desk.handlers import HANDLERS
from core.happening.goings_on import GOINGS_ON
from core.personal_data import SORTS
from core.steps.invariants import COURSES, INVARIANTS
from game.ideas.onwards import ONWARDS
from game.initiatives import check, demo, goings_on, lead_pages, measures, mirror, views
from game.initiatives.at_desk import Initiatives
from game.initiatives.course import COURSE
from game.initiatives.onward import Begun
from game.initiatives.personal_data import TAKING_PART

ACTS = acts.Acts(
    "initiatives", _l("Initiatives"),
    {
        "initiative.change": _l("Wrote an initiative anew"), "initiative.step": _l("Said how an initiative stands"),
        "initiative.lead": _l("Let somebody lead an initiative"),
    },
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages, what becomes of an idea, what the desk decides about, and what is kept of a person."""
    views.init_app(app)
    lead_pages.init_app(app)
    demo.init_app(app)
    ONWARDS.add(app, "initiatives", Begun(), order=20)
    GOINGS_ON.add(app, "initiatives", goings_on.of, order=40)
    COURSES.add(app, COURSE.kind, COURSE)
    INVARIANTS.add(app, COURSE.kind, check.look)
    HANDLERS.add(app, Initiatives.kind, Initiatives())
    SORTS.add(app, TAKING_PART.name, TAKING_PART)
    measures.init_app(app)
    mirror.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

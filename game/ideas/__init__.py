"""Ideas: what neighbours would like here, signed too by others, and answered by a named editor with a reason."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from core.personal_data import SORTS
from core.steps.invariants import COURSES, INVARIANTS
from game.ideas import adopted, check, demo, desk_pages, goings_on, measures, mirror, staff_pages, views
from game.ideas.course import COURSE
from game.ideas.kind import PROPOSAL
from game.ideas.personal_data import COSIGNS

ACTS = acts.Acts(
    "ideas", _l("Ideas"), {"idea.decide": _l("Answered an idea"), "idea.enter": _l("Typed in an idea for somebody")}
)


def init_app(app: Flask) -> None:
    """Register the pages, the kind, and what is kept of a person."""
    views.init_app(app)
    staff_pages.init_app(app)
    desk_pages.init_app(app)
    adopted.init_app(app)
    demo.init_app(app)
    mirror.init_app(app)
    measures.init_app(app)
    contributions.add(app, PROPOSAL)
    GOINGS_ON.add(app, "ideas", goings_on.of, order=50)
    COURSES.add(app, COURSE.kind, COURSE)
    INVARIANTS.add(app, COURSE.kind, check.look)
    SORTS.add(app, COSIGNS.name, COSIGNS)
    acts.PARTS.add(app, ACTS.part, ACTS)

"""Partner organisations: who works here beside neighbours, each with a page that a coordinator writes."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.happening.goings_on import GOINGS_ON
from game.partners import demo, goings_on, keeping_pages, mirror, views

ACTS = acts.Acts(
    "partners",
    _l("Partners"),
    {
        "partner.add": _l("Added a partner"),
        "partner.write": _l("Wrote the page of a partner"),
        "partner.end": _l("Took the page of a partner away"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, and how what is done with them reads in the log."""
    views.init_app(app)
    keeping_pages.init_app(app)
    demo.init_app(app)
    GOINGS_ON.add(app, "partners", goings_on.of, order=85)
    mirror.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

"""The mirror: seven things that worked elsewhere. The team says whether it does them; beside it stands what is seen."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.mirror import demo, views
from core.mirror.personal_data import ANSWERS
from core.personal_data import SORTS

ACTS = acts.Acts("mirror", _l("The mirror"), {"mirror.answer": _l("Answered in the mirror")})


def init_app(app: Flask) -> None:
    """Register the pages, what is kept of who answers, and how that reads in the log."""
    views.init_app(app)
    demo.init_app(app)
    SORTS.add(app, ANSWERS.name, ANSWERS)
    acts.PARTS.add(app, ACTS.part, ACTS)

"""Dialogues: a professional's hour, cards that both answer, what they learned, and what became of questions."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import contributions
from core.audit import acts
from core.desk.handlers import HANDLERS
from core.forgotten import FORGOTTEN, Forgotten
from core.happening.goings_on import GOINGS_ON
from core.personal_data import SORTS
from core.steps.invariants import COURSES, INVARIANTS
from game.dialogues import (
    at_desk,
    check,
    demo,
    goings_on,
    insight_pages,
    measures,
    queries,
    question_pages,
    staff_pages,
    talk_pages,
    talks,
    views,
)
from game.dialogues.course import COURSE
from game.dialogues.kind import INQUIRY
from game.dialogues.personal_data import PROFESSIONS, TALKS
from game.promises.speakers import SPEAKERS

ACTS = acts.Acts(
    "dialogues",
    _l("Talks with professionals"),
    {
        "professional.appoint": _l("Appointed a professional"),
        "professional.end": _l("Ended the work of a professional"),
        "question.hand over": _l("Named who answers a question from now on"),
        "dialogue.card for": _l("Typed in a card of paper"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, the kind, what the desk decides, and what is kept of a person."""
    views.init_app(app)
    talk_pages.init_app(app)
    insight_pages.init_app(app)
    question_pages.init_app(app)
    staff_pages.init_app(app)
    demo.init_app(app)
    contributions.add(app, INQUIRY)
    GOINGS_ON.add(app, "dialogues", goings_on.of, order=20)
    COURSES.add(app, COURSE.kind, COURSE)
    INVARIANTS.add(app, "dialogues", check.look)
    HANDLERS.add(app, at_desk.Learned.kind, at_desk.Learned())
    FORGOTTEN.add(app, "dialogue", Forgotten(talks.gone_since, talks.again), order=21)
    SPEAKERS.add(app, "professionals", queries.organisation_of)
    SORTS.add(app, PROFESSIONS.name, PROFESSIONS)
    SORTS.add(app, TALKS.name, TALKS)
    measures.init_app(app)
    acts.PARTS.add(app, ACTS.part, ACTS)

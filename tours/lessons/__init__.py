"""Lessons: what a class does along a walk, on a screen and on paper. Nothing of a pupil is kept here."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit.acts import PARTS, Acts
from core.classes.activities import ACTIVITIES
from core.consent.surfaces import SURFACES, Surface
from core.personal_data import SORTS
from tours.lessons import class_pages, cli, demo, file_pages, jobs, maker_pages, measures, paper_pages, views
from tours.lessons.personal_data import PERSONAL_DATA
from tours.stories.uses import KIND, SCHOOL, SITE, TOURS

__all__ = ["paper_pages"]  # its routes are of views.bp
ACTS = Acts(
    "lessons",
    _l("Lessons"),
    {
        "lesson.new": _l("Began a lesson"),
        "lesson.bring": _l("Made a lesson of a file"),
        "lesson.publish": _l("Published a lesson"),
        "lesson.take_back": _l("Took a lesson out of sight"),
        "lesson.retire": _l("Took a lesson away"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, what a withdrawn story does, and what is kept of a person."""
    views.init_app(app)
    file_pages.init_app(app)
    maker_pages.init_app(app)
    cli.init_app(app)
    demo.init_app(app)
    measures.init_app(app)
    ACTIVITIES.add(app, class_pages.KIND, class_pages.Lessons())
    SURFACES.add(app, "lessons", Surface({KIND: {SITE, TOURS, SCHOOL}}, jobs.drop))
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    PARTS.add(app, ACTS.part, ACTS)

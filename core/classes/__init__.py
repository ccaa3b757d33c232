"""A class of one day: a teacher opens it with a code, crews join without an account, and after 30 days all is gone."""

from flask import Flask

from core import jobs as clockwork
from core.classes import (
    check_pages,
    crew_pages,
    jobs,
    personal_data,
    queries,
    service,
    teacher_pages,
    views,
    work_pages,
)
from core.forgotten import FORGOTTEN, Forgotten
from core.media.owners import OWNERS

# importing them puts their routes on the blueprint of views
PAGES = (crew_pages, check_pages)


def init_app(app: Flask) -> None:
    """Register what goes and when, and what is kept of a teacher."""
    personal_data.init_app(app)
    views.init_app(app)
    teacher_pages.init_app(app)
    work_pages.init_app(app)
    OWNERS.add(app, service.WORK.name, service.WORK)
    clockwork.SWEEPS.add(app, "classes", jobs.sweep)
    FORGOTTEN.add(app, "class", Forgotten(queries.gone_since, service.erase_again), order=45)

"""People: a pseudonym, a phone that is theirs, and the opaque key under which they play."""

from flask import Flask

from core import jobs as clockwork
from core.forgotten import FORGOTTEN, Forgotten
from core.people import (
    back_pages,
    block_pages,
    card_pages,
    data_pages,
    erasure,
    household_pages,
    households,
    jobs,
    personal_data,
    phone_pages,
    views,
    waiting,
    zones,
)

# importing them puts their routes on the blueprint of views
PAGES = (household_pages, block_pages, data_pages, card_pages, back_pages, phone_pages)


def init_app(app: Flask) -> None:
    """Say who is asking, and register the pages about oneself."""
    personal_data.init_app(app)  # first: a person is erased last, after all that points at them
    zones.init_app(app)
    waiting.WAITING.add(app, "households", households.who_wait_for)
    app.add_template_global(waiting.who, "who_waits")
    views.init_app(app)
    clockwork.SWEEPS.add(app, "erasures", erasure.sweep)
    FORGOTTEN.add(app, "person", Forgotten(erasure.erased_since, erasure.erase_again), order=40)
    clockwork.SWEEPS.add(app, "mails", jobs.send_due)

"""The composition root: the only file that knows every part."""

import gc

from sqlalchemy.orm import configure_mappers

import game
import tours
from core import create_app, jobs, security
from core.serving.intake import Intake

app = create_app(parts=(game, tours))
intake = Intake(app, security.bound(app), app.config["BUURT"].body_seconds)  # what our server serves
configure_mappers()  # now, for all workers at once, rather than at the first request of each
gc.collect()
gc.freeze()  # all of this stays: now and then a request waited a tenth of a second while it was looked through


def __getattr__(name: str) -> object:
    """`wsgi.clockwork`, made when a consumer asks for it."""
    if name == "clockwork":
        return jobs.clockwork(app)
    raise AttributeError(name)

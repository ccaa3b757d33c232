"""The composition root: the only file that knows every part."""

import game
import tours
from core import create_app, jobs, security
from core.serving.intake import Intake

app = create_app(parts=(game, tours))
intake = Intake(app, security.bound(app), app.config["BUURT"].body_seconds)  # what our server serves


def __getattr__(name: str) -> object:
    """`wsgi.clockwork`, made when a consumer asks for it."""
    if name == "clockwork":
        return jobs.clockwork(app)
    raise AttributeError(name)

"""The composition root: the only file that knows every part."""

import game
import tours
from core import create_app, jobs

app = create_app(parts=(game, tours))


def __getattr__(name: str) -> object:
    """`wsgi.clockwork`, made when a consumer asks for it."""
    if name == "clockwork":
        return jobs.clockwork(app)
    raise AttributeError(name)

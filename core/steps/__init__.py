"""Steps: how something came to stand as it does, one row for each, with words and who said them; none ever changes."""

from flask import Flask

from core.personal_data import SORTS
from core.steps import cli
from core.steps.personal_data import STEPS


def init_app(app: Flask) -> None:
    """Register what is kept of who took a step, and the command."""
    SORTS.add(app, STEPS.name, STEPS)
    cli.init_app(app)

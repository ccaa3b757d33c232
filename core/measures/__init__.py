"""What it does for the neighbourhood: numbers that parts count, said so that nobody is betrayed (docs/rules.md §9)."""

from flask import Flask

from core import jobs as clockwork
from core.measures import cli, coming_in, jobs, views
from core.measures.measure import MEASURES


def init_app(app: Flask) -> None:
    """Register the pages, the edition of each week, the commands, and the one thing that core counts itself."""
    views.init_app(app)
    cli.init_app(app)
    clockwork.SWEEPS.add(app, "editions of what is measured", jobs.draw_up, order=60)
    MEASURES.add(app, coming_in.COMING_IN.name, coming_in.COMING_IN, order=80)

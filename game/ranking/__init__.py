"""The ranking: for those who want to stand in it, drawn up once a day. The neighbourhood comes before it."""

from flask import Flask

from core import jobs as clockwork
from game.ranking import demo, jobs, personal_data, views


def init_app(app: Flask) -> None:
    """Register the page, what is kept about people, and the drawing of every day; who likes one in the demo."""
    views.init_app(app)
    personal_data.init_app(app)
    demo.init_app(app)
    clockwork.SWEEPS.add(app, "ranking", jobs.draw)

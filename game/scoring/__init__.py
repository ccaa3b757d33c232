"""Scoring: what a meeting is worth, the ledger, and the thermometer. It knows no encounter, only a Meeting."""

from flask import Flask

from game.scoring import personal_data, queries, views
from game.seasons import played


def init_app(app: Flask) -> None:
    """Register the thermometer, the points on the page about oneself, what is kept about people, and on a season."""
    views.init_app(app)
    personal_data.init_app(app)
    played.PLAYED.add(app, "points", lambda season: queries.has_entries(season.id))

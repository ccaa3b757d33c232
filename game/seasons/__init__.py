"""Seasons: 24 to 28 days in which encounters score."""

from flask import Flask

from core.people import zones
from game.seasons import queries, views


def init_app(app: Flask) -> None:
    """Register the pages, and what "once a season" means for a change of zone."""
    zones.count_from(app, queries.began)
    views.init_app(app)

"""Scoring: what a meeting is worth, the ledger, and the thermometer. It knows no encounter, only a Meeting."""

from flask import Flask

from game.scoring import views


def init_app(app: Flask) -> None:
    """Register the thermometer and the points on the page about oneself."""
    views.init_app(app)

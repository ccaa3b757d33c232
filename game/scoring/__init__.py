"""Scoring: what a meeting is worth, the ledger, and the thermometer. It knows no encounter, only a Meeting."""

from flask import Flask

from game.scoring import kept, views


def init_app(app: Flask) -> None:
    """Register the thermometer, the points on the page about oneself, and what is kept about people."""
    views.init_app(app)
    kept.init_app(app)

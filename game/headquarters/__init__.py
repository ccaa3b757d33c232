"""The desk in the neighbourhood house: a host witnesses meetings, and taps for who has no phone."""

from flask import Flask

from game.headquarters import views


def init_app(app: Flask) -> None:
    """Register the pages of the desk."""
    views.init_app(app)

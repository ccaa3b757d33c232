"""The game: residents score by meeting. Two persons, one moment, both said yes."""

from flask import Flask

from game import challenges, encounters, scoring


def init_app(app: Flask) -> None:
    """Register what the game adds to the app."""
    for capability in (challenges, scoring, encounters):
        capability.init_app(app)

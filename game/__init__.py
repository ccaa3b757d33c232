"""The game: residents score by meeting. Two persons, one moment, both said yes."""

from flask import Flask

from game import challenges, encounters, headquarters, scoring, seasons, visits


def init_app(app: Flask) -> None:
    """Register what the game adds to the app."""
    for capability in (seasons, challenges, scoring, visits, encounters, headquarters):
        capability.init_app(app)

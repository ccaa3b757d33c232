"""The game: residents score by meeting. Two persons, one moment, both said yes."""

from flask import Flask

from game import challenges, encounters, headquarters, ranking, scoring, seasons, teams, visits


def init_app(app: Flask) -> None:
    """Register what the game adds to the app."""
    for capability in (seasons, challenges, scoring, ranking, teams, visits, encounters, headquarters):
        capability.init_app(app)

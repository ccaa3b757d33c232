"""The game: residents score by meeting. Two persons, one moment, both said yes."""

from flask import Flask

from game import (
    challenges,
    choices,
    dialogues,
    encounters,
    gatherings,
    headquarters,
    ideas,
    initiatives,
    offers,
    partners,
    promises,
    ranking,
    scoring,
    seasons,
    teams,
    visits,
)


def init_app(app: Flask) -> None:
    """Register what the game adds to the app."""
    for capability in (
        seasons, challenges, scoring, ranking, teams, visits, encounters, promises, gatherings, headquarters, ideas,
        partners, dialogues, choices, initiatives, offers,
    ):  # fmt: skip
        capability.init_app(app)

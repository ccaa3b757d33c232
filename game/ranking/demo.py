"""Who of the made-up people likes a ranking, and the first one."""

from flask import Flask

from core.database import writing
from core.demo.command import FURNISHERS, Furnished
from game.ranking import jobs, queries, service
from game.seasons import queries as seasons

STAND = ("amina", "cem", "oksana", "ria", "selma", "thijs")


def init_app(app: Flask) -> None:
    """Furnish the demo, once people met."""
    FURNISHERS.add(app, "ranking", _furnish, order=60)


def _furnish(furnished: Furnished) -> None:
    season = seasons.shown(furnished.neighbourhood.id)
    if season is None or queries.drawn_on(season.id):
        return  # it was furnished before
    with writing():
        for key in STAND:
            service.stand(furnished.people[key])
    jobs.draw()

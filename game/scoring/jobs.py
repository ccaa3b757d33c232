"""What the clockwork does for points: hosts are known, and what waits when a season is over goes to the buurt."""

from datetime import timedelta

from core import clock
from core.database import writing
from game.scoring import newcomers, queries, still
from game.seasons import queries as seasons

A_FEW_DAYS = timedelta(days=3)  # before a season's last day nothing of it can stand still


def welcome_hosts() -> int:
    """Whoever has a role in the team is known: a season opens with its hosts. How many became so."""
    hosts = queries.unknown_hosts()
    for neighbourhood_id, player in hosts:
        with writing():
            newcomers.welcome(neighbourhood_id, [player], "host")
    return len(hosts)


def give_to_buurt() -> int:
    """How many shares went to the buurt."""
    with writing():
        return newcomers.give_to_buurt()


def draw_up() -> int:
    """How many boards were drawn up: those that stand still from now on, and those of seasons that were shown."""
    drawn = 0
    for season_id in queries.without_board(clock.today() + A_FEW_DAYS):
        with writing():
            drawn += still.keep(seasons.get(season_id))
    return drawn

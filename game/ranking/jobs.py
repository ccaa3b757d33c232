"""What the clockwork does for the ranking: draw it up once a day."""

from core import clock
from core.database import writing
from game.ranking import queries, service
from game.seasons import queries as seasons


def draw() -> int:
    """How many rankings were drawn up."""
    drawn = 0
    for season_id in queries.due(clock.today()):
        with writing():
            drawn += service.draw(seasons.get(season_id))
    return drawn

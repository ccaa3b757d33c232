"""What the clockwork counts for the team."""

from core import clock
from core.database import writing
from game.headquarters import care
from game.seasons import queries as seasons


def draw_up_editions() -> int:
    """For how many seasons the edition of this week was drawn up."""
    due = care.without_edition(clock.today())
    for season_id in due:
        with writing():
            care.draw_up(seasons.get(season_id), clock.today())
    return len(due)

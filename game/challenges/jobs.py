"""What the clockwork does for challenges: when a day begins it fixes whose turn it is."""

from core import clock
from core.database import writing
from game.challenges import queries, service


def sweep() -> int:
    """In how many neighbourhoods the day began, or lost its challenge."""
    today, fixed = clock.today(), 0
    for neighbourhood_id in queries.without_turn(today):
        with writing():
            fixed += service.fix_turn(neighbourhood_id, today)
    return fixed

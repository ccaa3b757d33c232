"""What the clockwork draws up: the edition of a week, once."""

from core import clock
from core.database import writing
from core.measures import service


def draw_up() -> int:
    """How many editions were printed."""
    printed = 0
    for season, until in service.due(clock.today()):
        drawn = service.draw_up(season, until)
        with writing():
            printed += service.keep(drawn)
    return printed

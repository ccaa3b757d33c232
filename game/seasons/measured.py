"""What measuring knows of seasons (core/measures): their days and their theme."""

from collections.abc import Iterable
from datetime import date

from core.measures.measure import WEEK, Period, Seasons
from game.seasons import queries
from game.seasons.models import Season


def of(neighbourhood_id: int) -> list[Period]:
    """Those that began, the newest first."""
    return [period(season) for season in queries.begun(neighbourhood_id)]


def open_on(today: date) -> Iterable[Period]:
    """Those that run for a week or longer, and those that ended a short while ago and still have their rows."""
    return [period(season) for season in queries.measured_on(today - WEEK, today - 4 * WEEK)]


def period(season: Season) -> Period:
    """One of them."""
    return Period(season.neighbourhood_id, season.starts_on, season.ends_on, season.texts)


SEASONS = Seasons(open_on, of)

"""Rules about the days of a season."""

from datetime import UTC, date, datetime, timedelta

from core import clock
from game.seasons.models import CLOSES_AFTER, Season

STILL = timedelta(hours=48)
OPENS_BY_ITSELF = timedelta(days=7)  # after the last day: nobody waits for a coordinator who forgets


def ends_at(season: Season) -> datetime:
    """The first moment that does not count any more: midnight in Amsterdam, after the last day."""
    return clock.first_moment_of(season.ends_on + timedelta(days=1)).astimezone(UTC)


def stands_still(season: Season, now: datetime) -> bool:
    """Whether the public board stands still: the last 48 hours of a season, also where the clock goes back or on.

    Play goes on, and own points stay visible (docs/rules.md §4).
    """
    return ends_at(season) - STILL <= now < ends_at(season)


def still_from(season: Season) -> datetime:
    """The moment from which the public board stands still."""
    return ends_at(season) - STILL


def moves(season: Season, now: datetime) -> bool:
    """Whether what stands on public boards may change: not from 48 hours before the end until it is revealed."""
    return now < still_from(season) or is_revealed(season, now)


def is_over(season: Season, now: datetime) -> bool:
    """Whether nothing counts any more."""
    return now >= ends_at(season)


def closes_on(season: Season) -> date:
    """The day on which partner, spot and moment leave its rows, unless something still waits (docs/rules.md §4)."""
    return season.ends_on + CLOSES_AFTER


def is_revealed(season: Season, now: datetime) -> bool:
    """Whether everybody may see what became of it: once a coordinator showed it, and by itself a week after its end."""
    by_itself = clock.first_moment_of(season.ends_on + timedelta(days=1) + OPENS_BY_ITSELF)
    return is_over(season, now) and (season.revealed_at is not None or now >= by_itself)

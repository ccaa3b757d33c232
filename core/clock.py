"""The one clock. Everything that asks for the time asks here, so that a test can set it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_fixed: datetime | None = None


def now() -> datetime:
    """This moment, in UTC."""
    return _fixed or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as people in the neighbourhood read it (Europe/Amsterdam)."""
    return moment.astimezone(AMSTERDAM)


def day_of(moment: datetime) -> date:
    """The Amsterdam date of a moment: what "today" means in every rule (docs/rules.md §10)."""
    return local(moment).date()


def today() -> date:
    """Today's date in Amsterdam."""
    return day_of(now())


def first_moment_of(day: date) -> datetime:
    """The first moment of an Amsterdam date."""
    return datetime.combine(day, time.min, AMSTERDAM)


def last_moment_of(day: date) -> datetime:
    """The last moment of an Amsterdam date."""
    return datetime.combine(day, time.max, AMSTERDAM)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def set(moment: datetime) -> None:
    """Stop the clock at a moment (tests and the demo only)."""
    global _fixed
    _fixed = moment.astimezone(UTC)


def real() -> None:
    """Let the clock run again."""
    global _fixed
    _fixed = None

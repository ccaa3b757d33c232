"""Opening hours of a week, as people in the street read them (Europe/Amsterdam)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from core import clock

ALWAYS = "always"
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")

Times = Sequence[Sequence[str]]  # [["09:00", "12:30"], …]; "24:00" is the end of a day
Week = Mapping[str, Times]  # day ("mo" … "su") → its times; a day that is not there is closed


class Opening(NamedTuple):
    """A time that a place opens: its day, in how many days that is, and its times as people say them."""

    day: date
    in_days: int
    start: str
    end: str


class Now(NamedTuple):
    """Whether a place is open at a moment; `until` when, None for ever; and when it opens next, within a week."""

    is_open: bool
    until: str | None
    opens: Opening | None


class Row(NamedTuple):
    """Days in a row with the same times: 0 is Monday."""

    first: int
    last: int
    times: list[tuple[str, str]]


def check(hours: Week | str | None) -> None:
    """Raise ValueError for hours that no week has: an unknown day, a time that is none, an end before its start."""
    if hours is None or hours == ALWAYS:
        return
    if isinstance(hours, str) or set(hours) - set(DAYS):
        raise ValueError(f"hours are None, {ALWAYS!r} or times by {', '.join(DAYS)}, not {hours!r}")
    for start, end in (times for day in hours.values() for times in day):
        if not (TIME.fullmatch(start) and TIME.fullmatch(end) and start < end):
            raise ValueError(f"{start}-{end} is no time of one day")


def at(hours: Week | str | None, moment: datetime) -> Now | None:
    """What to say of a place at a moment; None when nobody said. What closes at 17:00 is closed at 17:00."""
    if hours is None or isinstance(hours, str):
        return Now(True, None, None) if hours == ALWAYS else None
    ends = [end for start, end in _on(hours, clock.local(moment)) if start <= _time(moment) < end]
    return Now(bool(ends), _spoken(ends[0]) if ends else None, _next(hours, moment))


def rows(hours: Week | str | None) -> list[Row]:
    """The week as a table, with days that have the same times taken together; empty without times."""
    if hours is None or isinstance(hours, str):
        return []
    times = [[(_spoken(start), _spoken(end)) for start, end in hours.get(day, ())] for day in DAYS]
    together = [list(days) for _times, days in groupby(range(len(DAYS)), key=lambda day: times[day])]
    return [Row(days[0], days[-1], times[days[0]]) for days in together]


def open_days(hours: Week | str | None) -> list[Row]:
    """The rows of that table that have times."""
    return [row for row in rows(hours) if row.times]


def _next(hours: Week, moment: datetime) -> Opening | None:
    today = clock.day_of(moment)
    for days in range(8):
        day = today + timedelta(days=days)
        for start, end in sorted((start, end) for start, end in _on(hours, day)):
            if days or start > _time(moment):
                return Opening(day, days, _spoken(start), _spoken(end))
    return None


def _on(hours: Week, day: date) -> Times:
    return hours.get(DAYS[day.weekday()], ())


def _time(moment: datetime) -> str:
    return f"{clock.local(moment):%H:%M}"


def _spoken(time: str) -> str:
    return time.lstrip("0").replace(":", ".") if time >= "01:00" else time[1:].replace(":", ".")

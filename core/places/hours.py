"""Opening hours of a week, as people in the street read them (Europe/Amsterdam)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from core import clock

ALWAYS = "always"
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")

Times = Sequence[Sequence[str]]  # [["09:00", "12:30"], …]; "24:00" is the end of a day
Week = Mapping[str, Times]  # day ("mo" … "su") → its times; a day that is not there is closed


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


def is_open(hours: Week | str | None, moment: datetime) -> bool | None:
    """Whether it is open at a moment; None when nobody said. What closes at 17:00 is closed at 17:00."""
    if hours is None:
        return None
    if isinstance(hours, str):
        return hours == ALWAYS
    there = clock.local(moment)
    return any(start <= f"{there:%H:%M}" < end for start, end in hours.get(DAYS[there.weekday()], ()))


def rows(hours: Week | str | None) -> list[Row]:
    """The week as a table, with days that have the same times taken together; empty without times."""
    if hours is None or isinstance(hours, str):
        return []
    times = [[(_spoken(start), _spoken(end)) for start, end in hours.get(day, ())] for day in DAYS]
    together = [list(days) for _times, days in groupby(range(len(DAYS)), key=lambda day: times[day])]
    return [Row(days[0], days[-1], times[days[0]]) for days in together]


def _spoken(time: str) -> str:
    return time.lstrip("0").replace(":", ".") if time >= "01:00" else time[1:].replace(":", ".")

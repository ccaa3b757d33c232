"""In which parts of the day something was done at a spot, lately: never a moment, never a person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from core import clock
from core.registry import Registry

DAYS = 7
FEWEST = 5  # people who did something there in that part of the day, before the spot glows (docs/rules.md §9)


class Part(StrEnum):
    """A part of the day, in Amsterdam: from 6, from 12 and from 18 until midnight."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HOURS = {Part.MORNING: (6, 12), Part.AFTERNOON: (12, 18), Part.EVENING: (18, 24)}
Times = Mapping[Part, Sequence[tuple[datetime, datetime]]]  # of each part, from when until when, day by day
GLOWS: Registry[Callable[[int, Times, int], set[tuple[int, Part]]]] = Registry("what makes a spot glow on the wall")
"""Each says at which spots of a neighbourhood, by their ids, at least so many people did something, with one query."""


def times() -> Times:
    """The parts of the last days that are over: one that goes on shows nothing, so that nobody sees who came in."""
    now = clock.now()
    found: dict[Part, list[tuple[datetime, datetime]]] = {part: [] for part in Part}
    for day in (clock.today() - timedelta(days=back) for back in range(DAYS)):
        for part, (start, end) in HOURS.items():
            if (until := _at(day, end)) <= now:
                found[part].append((_at(day, start), until))
    return found


def at_spots(neighbourhood_id: int) -> set[tuple[int, Part]]:
    """The spots that glow, by id, each with the part of the day."""
    over = times()
    return {glow for say in GLOWS.all() for glow in say(neighbourhood_id, over, FEWEST)}


def _at(day: date, hour: int) -> datetime:
    """An hour of a day by the clock on the wall, also on the two days that are not 24 hours long."""
    return datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), clock.AMSTERDAM).astimezone(UTC)

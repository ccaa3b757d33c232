"""What parts count, and of which days: measures and seasons come by registry (docs/add-a-measure.md)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock, i18n
from core.registry import Registry

WEEK = timedelta(days=7)  # between two editions


class Mechanism(StrEnum):
    """By what a neighbourhood gets closer, after Steenzicht; and what else people do."""

    CONTACTS = "contacts"
    AGAIN = "again"
    VISION = "vision"
    SAY = "say"
    GIVING = "giving"
    MORE = "more"


CALLED: Mapping[str, LazyString] = {
    Mechanism.CONTACTS: _l("New contacts"),
    Mechanism.AGAIN: _l("Seeing each other again"),
    Mechanism.VISION: _l("A shared picture"),
    Mechanism.SAY: _l("A say that does something"),
    Mechanism.GIVING: _l("Doing something for each other"),
    Mechanism.MORE: _l("What else people do"),
}


@dataclass(frozen=True)
class Breakdown:
    """The one way in which a measure is divided. `cells`: their names with how they read; zones have none here."""

    label: LazyString
    cells: Mapping[str, LazyString]


NO_ZONE = "0"  # the cell of who chose no part of the neighbourhood, or who will live here
ZONE = Breakdown(_l("Part of the neighbourhood"), {NO_ZONE: _l("no part chosen")})
ZONES = Breakdown(_l("Between which parts"), {})
NEWCOMER = Breakdown(_l("Since when"), {"new": _l("new this season"), "before": _l("here before")})
AGE = Breakdown(_l("Age"), {"young": _l("younger than 16"), "older": _l("16 or older")})


class Span(NamedTuple):
    """The days that are counted in a neighbourhood: from the first day until the day before `until`."""

    neighbourhood_id: int
    first: date
    until: date

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return clock.first_moment_of(self.first)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over."""
        return clock.first_moment_of(self.until)


class Event(NamedTuple):
    """That it happened once: in which cell ("" where a measure is not divided), and who had a part in it.

    `persons` are keys that say nothing. They stay in memory, and only while an edition is drawn up.
    """

    cell: str
    persons: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """What a part counts. `says` reads after a number of five or more, `not_said` after "This does not say:".

    `count` yields what happened in a span, one by one: a year of it need not fit in memory. It counts persons, or
    with `of_events` how often. `aloud`: the sentence about it at the top of the page, with
    %(number)s and %(weeks)s ("3 weeks"). `is_list`: its cells are a list without a total (rule 2).
    """

    name: str
    label: LazyString
    mechanism: Mechanism
    unit: LazyString
    says: LazyString
    not_said: LazyString
    count: Callable[[Span], Iterable[Event]]
    by: Breakdown | None = None
    of_events: bool = False
    is_list: bool = False
    aloud: LazyString | None = None

    @property
    def is_of_zones(self) -> bool:
        """Whether its cells are parts of the neighbourhood, so that another map of them makes it another table."""
        return self.by in (ZONE, ZONES)


MEASURES: Registry[Measure] = Registry("what is measured")


class Period(NamedTuple):
    """A season, as far as measuring knows it."""

    neighbourhood_id: int
    first: date
    last: date
    texts: Mapping[str, Any]  # language → {"theme"}

    @property
    def theme(self) -> dict[str, Any]:
        """What it is about, in the reader's language: {"theme", "lang"}."""
        return i18n.pick({code: said for code, said in self.texts.items() if "theme" in said})

    @property
    def over(self) -> date:
        """The day of its last edition: no day of it comes after."""
        weeks = -(-((self.last - self.first).days + 1) // WEEK.days)
        return self.first + weeks * WEEK

    def day_of_edition(self, today: date) -> date | None:
        """The day of the newest edition that there can be; None in its first week."""
        day = min(self.first + (today - self.first).days // WEEK.days * WEEK, self.over)
        return day if day > self.first else None


@dataclass(frozen=True)
class Seasons:
    """What a part with seasons says of them. `open_on`: those of which an edition may be due on a day, anywhere.

    `of`: those of a neighbourhood that began, the newest first.
    """

    open_on: Callable[[date], Iterable[Period]]
    of: Callable[[int], Iterable[Period]]


SEASONS: Registry[Seasons] = Registry("seasons that are measured")


def open_on(today: date) -> list[Period]:
    """The seasons of which an edition may be due."""
    return [season for part in SEASONS.all() for season in part.open_on(today)]


def seasons_of(neighbourhood_id: int) -> list[Period]:
    """The seasons of a neighbourhood that began, the newest first."""
    return [season for part in SEASONS.all() for season in part.of(neighbourhood_id)]

"""How many neighbours are still alone, and in which zones people take part: as the last edition says it everywhere.

Nobody is named, also not to the team (docs/rules.md §9). Nothing is counted here: core/measures did, once a week.
"""

from dataclasses import dataclass
from datetime import date

from core.measures import queries as measures
from core.measures.measure import WEEK
from game.scoring.measures import ALONE, CONTACTS
from game.seasons import measured
from game.seasons.models import Season


@dataclass(frozen=True)
class Said:
    """What is said of a season, wherever it is said; None is "too few to say"."""

    drawn_on: date
    alone: int | None
    zones: list[tuple[str, int | None]]
    in_all: int | None

    @property
    def unsaid(self) -> list[str]:
        """The zones of which nothing can be said: nobody or few take part, or it would give those away."""
        return [zone for zone, many in self.zones if many is None]


def said(season: Season) -> Said | None:
    """What the last edition says, in two questions; None before the first."""
    report = measures.of_season(measured.period(season))
    alone, there = (report.of(ALONE.name), report.of(CONTACTS.name)) if report else (None, None)
    if report is None or alone is None or there is None:
        return None
    zones = [(row.zones[0], row.shown) for row in there.rows if row.zones]
    return Said(report.day, alone.total, zones, there.total)


def first_on(season: Season) -> date:
    """When the first edition of a season comes."""
    return season.starts_on + WEEK

"""The neighbourhood thermometer: a wall, one brick for each new pair, and lines between zones."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from flask_babel import LazyString

from core.pages.deeds import DEEDS
from game.scoring import queries
from game.seasons.models import Season

ROW = 12  # bricks in a row
SMALLEST = 5  # rows that a wall has at least


@dataclass(frozen=True)
class Line:
    """New pairs between two zones, as published."""

    one: str
    other: str
    pairs: int


@dataclass(frozen=True)
class Thermometer:
    """What a season did for the neighbourhood, as published: every total in steps of five."""

    pairs: int
    today: int
    returned: int
    given: int  # points that people gave to the neighbourhood
    lines: list[Line]
    deeds: list[tuple[LazyString, int]]  # what else people did, and how often

    @property
    def zones_connected(self) -> int:
        """How many lines have pairs on them."""
        return sum(line.pairs > 0 for line in self.lines)

    @property
    def wall(self) -> list[list[str]]:
        """The wall as a phone shows it."""
        return self.bricks(ROW, SMALLEST)

    def bricks(self, wide: int, fewest: int) -> list[list[str]]:
        """Rows of so many bricks, the top row first: "laid", "new" (laid today), "open"."""
        rows = max(fewest, self.pairs // wide + 2)
        bricks = ["laid"] * (self.pairs - self.today) + ["new"] * self.today
        bricks += ["open"] * (rows * wide - len(bricks))
        return [bricks[row * wide : (row + 1) * wide] for row in reversed(range(rows))]


def places(lines: list[Line]) -> list[tuple[int, str, int]]:
    """Each zone that has a line with pairs on it: its place, its name, how many others it met. Places are shared."""
    met = Counter(zone for line in lines if line.pairs for zone in (line.one, line.other))
    return [
        (1 + sum(more > many for more in met.values()), zone, many)
        for zone, many in sorted(met.items(), key=lambda row: (-row[1], row[0]))
    ]


def count(season: Season, zones: dict[int, str], today: date) -> Thermometer:
    """The thermometer as it would be now. `zones` are the zones that people live in: id → name."""
    season_id, days = season.id, (season.starts_on, season.ends_on)
    pairs = queries.published(queries.pairs(season_id))
    between = queries.zone_pairs(season_id)
    return Thermometer(
        pairs=pairs,
        today=pairs - queries.published(queries.pairs(season_id, before=today)),
        returned=queries.published(queries.returned_pairs(season_id)),
        given=queries.published(queries.given_to_buurt(season_id)),
        lines=[
            Line(zones[one], zones[other], queries.published(between.get((one, other), 0)))
            for one, other in combinations(sorted(zones), 2)
        ],
        deeds=[(deed.label, queries.published(deed.count(season.neighbourhood_id, *days))) for deed in DEEDS.all()],
    )

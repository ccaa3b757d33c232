"""The neighbourhood thermometer: a wall, one brick for each new pair, and lines between zones."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from game.scoring import queries

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
    lines: list[Line]

    @property
    def zones_connected(self) -> int:
        """How many lines have pairs on them."""
        return sum(line.pairs > 0 for line in self.lines)

    @property
    def wall(self) -> list[list[str]]:
        """Rows of bricks, the top row first: "laid", "new" (laid today), "open"."""
        rows = max(SMALLEST, self.pairs // ROW + 2)
        bricks = ["laid"] * (self.pairs - self.today) + ["new"] * self.today
        bricks += ["open"] * (rows * ROW - len(bricks))
        return [bricks[row * ROW : (row + 1) * ROW] for row in reversed(range(rows))]


def read(season_id: int, zones: dict[int, str], today: date) -> Thermometer:
    """The thermometer of a season. `zones` are the zones that people live in: id → name."""
    pairs = queries.published(queries.pairs(season_id))
    between = queries.zone_pairs(season_id)
    return Thermometer(
        pairs=pairs,
        today=pairs - queries.published(queries.pairs(season_id, before=today)),
        returned=queries.published(queries.returned_pairs(season_id)),
        lines=[
            Line(zones[one], zones[other], queries.published(between.get((one, other), 0)))
            for one, other in combinations(sorted(zones), 2)
        ],
    )

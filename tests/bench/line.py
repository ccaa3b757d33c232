"""A line of the bench: what was measured, against what, and whether that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Line:
    """One goal. `ratio` is what goal and floor are about; where more is better, `more` says so."""

    name: str
    ours: str
    reference: str
    ratio: float
    goal: float
    floor: float
    more: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """ok, short of the goal, or below the floor."""
        if self._reaches(self.goal):
            return "ok"
        return "short" if self._reaches(self.floor) else "below"

    def __str__(self) -> str:
        figures = f"{self.ratio:8.2f}{self.goal:8.2f}{self.floor:8.2f}"
        return f"{self.name:<24}{self.ours:>12}{self.reference:>12}{figures}  {self.verdict}"

    def _reaches(self, bound: float) -> bool:
        return self.ratio >= bound if self.more else self.ratio <= bound


HEADING = f"{'':<24}{'ours':>12}{'reference':>12}{'ratio':>8}{'goal':>8}{'floor':>8}"


def middle(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The round with the median ratio, of (ours, reference) a round."""
    return sorted(rounds, key=lambda pair: pair[0] / pair[1])[len(rounds) // 2]


def medians(ours: Sequence[float], reference: Sequence[float]) -> tuple[float, float]:
    """One round: the median of each."""
    return median(ours), median(reference)

"""What it costs to walk from each stop to each other: tiers give way to the next, and each leg says which it has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise, permutations
from typing import Protocol

from core.places import geo
from tours.routing import patience

DETOUR = 1.3  # streets are so much longer than a straight line
SECONDS = 2.0  # that one tier may take before the next has its turn
MONTHS = 24  # after which what somebody checked is unknown again

Point = tuple[float, float]  # latitude, longitude (WGS 84 degrees)
Pair = tuple[int, int]  # from and to, as places in the list of points


class StepFree(StrEnum):
    """Whether a leg can be walked without a step. Nobody looked is not the same as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


WORST_LAST = (StepFree.YES, StepFree.UNKNOWN, StepFree.NO)


@dataclass(frozen=True)
class Profile:
    """Who walks: `speed` in kilometres an hour; without steps where `step_free`, then unknown ways only if said so."""

    name: str
    speed: float
    step_free: bool = False
    takes_unknown: bool = True

    def seconds(self, metres: float) -> float:
        """How long so many metres take."""
        return metres / (self.speed / 3.6)

    def refuses(self, answer: StepFree) -> bool:
        """Whether a leg is no way for them."""
        return self.step_free and (answer == StepFree.NO or (answer == StepFree.UNKNOWN and not self.takes_unknown))


WALK = Profile("walk", 4.0)
CHILDREN = Profile("children", 3.0)
SLOW = Profile("slow", 2.5)
STEP_FREE = Profile("step-free", 3.0, step_free=True, takes_unknown=False)
PROFILES = {profile.name: profile for profile in (WALK, CHILDREN, SLOW, STEP_FREE)}


@dataclass(frozen=True)
class Leg:
    """From one stop to the next: metres, seconds, and its `line` from end to end (None: nobody knows the way).

    `step_free` rests on `evidence` (a tag of the map, who checked) of the day `checked`. `source` is the tier's name.
    """

    metres: float
    seconds: float
    source: str
    line: tuple[Point, ...] | None = None
    step_free: StepFree = StepFree.UNKNOWN
    checked: date | None = None
    evidence: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByHand:
    """What an author drew or said about a leg; it wins over every tier. None leaves a thing as the tier has it."""

    line: tuple[Point, ...] | None = None
    metres: float | None = None
    step_free: StepFree | None = None
    checked: date | None = None
    evidence: str = ""
    remarks: tuple[str, ...] = ()


class Tier(Protocol):
    """A source of legs. It may miss some, and stops once `until` (of time.monotonic) has passed."""

    @property
    def name(self) -> str: ...

    def legs(self, points: Sequence[Point], profile: Profile, until: float) -> Iterator[tuple[Pair, Leg]]:
        """Legs between points, the ones it knows, as it finds them. Raises Broken when it cannot be used."""
        ...


class Broken(Exception):
    """A tier that is missing or damaged; says what is the matter."""


@dataclass(frozen=True)
class Straight:
    """As the crow flies, × 1.3. It has every leg, and knows no way."""

    name: str = "straight"

    def legs(self, points: Sequence[Point], profile: Profile, until: float) -> Iterator[tuple[Pair, Leg]]:
        """Every leg, at once."""
        for start, end in permutations(range(len(points)), 2):
            metres = DETOUR * geo.distance(*points[start], *points[end])
            yield (start, end), Leg(metres, profile.seconds(metres), self.name)


@dataclass(frozen=True)
class GaveWay:
    """A tier that did not give every leg: `why` is "missing", "broken", "slow", "busy" or "no way"; `legs` so many."""

    tier: str
    why: str
    legs: int
    what: str = ""


@dataclass(frozen=True)
class Costs:
    """Every leg between the points, by pair, and which tiers gave way."""

    legs: Mapping[Pair, Leg]
    gave_way: tuple[GaveWay, ...] = ()


@dataclass(frozen=True)
class Legs:
    """Where legs come from: tiers in the order in which they are asked, and what was drawn by hand by stops' keys."""

    tiers: Sequence[Tier] = ()
    by_hand: Mapping[tuple[str, str], ByHand] = field(default_factory=dict)
    seconds: float = SECONDS

    def between(self, points: Mapping[str, Point], profile: Profile, today: date) -> Costs:
        """Every leg between the points, by the places of their keys. A straight line is always the last tier."""
        keys, found, gave_way = list(points), dict[Pair, Leg](), []
        wanted = len(keys) * (len(keys) - 1)
        for tier in self.tiers:
            if len(found) < wanted:
                more, why, what = patience.ask(tier, list(points.values()), profile, self.seconds)
                found = {**more, **found}
                if len(found) < wanted:
                    gave_way.append(GaveWay(tier.name, why, wanted - len(found), what))
        found = {**dict(Straight().legs(list(points.values()), profile, 0)), **found}
        said = {pair: self._by_hand(keys, pair, leg, profile, today) for pair, leg in found.items()}
        return Costs(said, tuple(gave_way))

    def _by_hand(self, keys: list[str], pair: Pair, leg: Leg, profile: Profile, today: date) -> Leg:
        hand = self.by_hand.get((keys[pair[0]], keys[pair[1]]))
        if hand is not None:
            leg = _judged(_drawn(leg, hand, profile), hand)
        return leg if is_fresh(leg.checked, today) else replace(leg, step_free=StepFree.UNKNOWN)


def is_fresh(checked: date | None, today: date) -> bool:
    """Whether what was seen that day still counts; what bears no date does."""
    return checked is None or (today.year - checked.year) * 12 + today.month - checked.month <= MONTHS


def _drawn(leg: Leg, hand: ByHand, profile: Profile) -> Leg:
    leg = replace(leg, remarks=hand.remarks)
    if hand.line is None and hand.metres is None:
        return leg
    line = leg.line if hand.line is None else hand.line
    metres = length(line or ()) if hand.metres is None else hand.metres
    # Another way than the tier's: what the tier knew of its steps is not about this one.
    return Leg(metres, profile.seconds(metres), "by hand", line, remarks=hand.remarks)


def _judged(leg: Leg, hand: ByHand) -> Leg:
    if hand.step_free is None:
        return leg
    return replace(leg, step_free=hand.step_free, checked=hand.checked, evidence=hand.evidence)


def length(line: Sequence[Point]) -> float:
    """Metres along a line."""
    return sum(geo.distance(*start, *end) for start, end in pairwise(line))

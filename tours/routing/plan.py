"""A plan of a walk: which stops, in which order, along which legs, how long, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from core import clock
from tours.routing import choosing
from tours.routing.asked import Settings, Stop
from tours.routing.choosing import Bounds
from tours.routing.course import Course
from tours.routing.legs import WORST_LAST, GaveWay, Leg, Legs, StepFree
from tours.routing.order import Chain

MINUTE = 60.0  # seconds
BY_DEFAULT = Settings()
ONLY_STRAIGHT = Legs()
NO_BOUNDS = Bounds()


@dataclass(frozen=True)
class Dropped:
    """A stop that did not fit. It would add so many minutes, and metres.

    `why`: "steps" (no way that the profile may go), "distance" (beyond the metres) or "time".
    """

    key: str
    why: str
    minutes: float
    metres: float


@dataclass(frozen=True)
class Checked:
    """How far the way without steps is known: of so many pieces so many were checked, the last on that day.

    `answer` is that of the worst piece.
    """

    pieces: int
    checked: int
    last: date | None
    answer: StepFree


@dataclass(frozen=True)
class Plan:
    """A walk. `legs[i]` leaves from `order[i]`; a round has one more, back to its first stop. Minutes are not rounded.

    `refused`: the legs that the profile may not walk, as no order avoids them; with none it can be walked. `sources`:
    the tiers that its legs are from. `gave_way`: the tiers that did not have every leg between all stops, and why.
    """

    order: tuple[str, ...]
    legs: tuple[Leg, ...]
    metres: float
    walking: float
    listening: float
    stopping: float
    step_free: Checked
    dropped: tuple[Dropped, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    gave_way: tuple[GaveWay, ...] = ()

    @property
    def minutes(self) -> float:
        """Walking, listening and stopping together."""
        return self.walking + self.listening + self.stopping


def plan(
    stops: Sequence[Stop], settings: Settings = BY_DEFAULT, legs: Legs = ONLY_STRAIGHT, today: date | None = None
) -> Plan:
    """The walk past the stops, as asked. Without a map it goes by straight lines; it never fails for want of one.

    `today` (else now) decides which checks are too old. Raises Refusal when what is locked together contradicts itself,
    the start or the end; KeyError for a key that no stop has; ValueError when two stops have one key.
    """
    points = {stop.key: (stop.lat, stop.lon) for stop in stops}
    if len(points) < len(stops):
        raise ValueError("two stops have the same key")
    course = Course(stops, settings, legs.between(points, settings.profile, today or clock.today()))
    if not settings.is_bound:
        return _drawn(course, course.in_order(range(len(stops))), [])
    named = {settings.start, None if settings.is_round else settings.end, *settings.kept} - {None}
    must = frozenset(course.place[key] for key in named if key is not None)
    minutes, metres = settings.minutes, settings.metres
    bounds = Bounds(inf if minutes is None else minutes * MINUTE, inf if metres is None else metres)
    return _drawn(course, *choosing.choose(course, bounds, must), bounds)


def _drawn(course: Course, walk: Sequence[int], left: Sequence[Chain], bounds: Bounds = NO_BOUNDS) -> Plan:
    legs = tuple(course.costs.legs[pair] for pair in course.pairs(walk))
    keys = [stop.key for stop in course.stops]
    return Plan(
        order=tuple(keys[stop] for stop in walk),
        legs=legs,
        metres=sum(leg.metres for leg in legs),
        walking=sum(leg.seconds for leg in legs) / MINUTE,
        listening=sum(course.stops[stop].listening for stop in walk) / MINUTE,
        stopping=sum(course.stops[stop].arriving for stop in walk) / MINUTE,
        step_free=_checked(legs),
        dropped=tuple(one for chain in left for one in _dropped(course, walk, chain, bounds)),
        refused=tuple((keys[start], keys[end]) for start, end in course.refused(walk)),
        sources=tuple(dict.fromkeys(leg.source for leg in legs)),
        gave_way=course.costs.gave_way,
    )


def _checked(legs: Sequence[Leg]) -> Checked:
    known = [leg for leg in legs if leg.step_free != StepFree.UNKNOWN]
    days = [leg.checked for leg in known if leg.checked is not None]
    worst = max((leg.step_free for leg in legs), key=WORST_LAST.index, default=StepFree.YES)
    return Checked(len(legs), len(known), max(days, default=None), worst)


def _dropped(course: Course, walk: Sequence[int], chain: Chain, bounds: Bounds) -> list[Dropped]:
    now, later = course.size(walk), course.size(course.with_more(walk, chain))
    why = "steps" if later.refused > now.refused else "time" if later.seconds > bounds.seconds else "distance"
    more = (later.seconds - now.seconds) / MINUTE, later.metres - now.metres
    return [Dropped(course.stops[stop].key, why, *more) for stop in chain]

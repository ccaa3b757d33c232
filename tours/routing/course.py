"""What was asked, as numbers: the stops, their legs and what may be walked, for any part of the stops."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isinf

from tours.routing import order
from tours.routing.asked import Settings, Stop
from tours.routing.legs import Costs
from tours.routing.order import Chain, Ends, Mode


@dataclass(frozen=True)
class Size:
    """What a walk comes to: seconds with its stops, metres, and how many legs of it nobody may walk."""

    seconds: float
    metres: float
    refused: int


@dataclass(frozen=True)
class Course:
    """Stops by their places in the list, and every leg between them."""

    stops: Sequence[Stop]
    settings: Settings
    costs: Costs

    @cached_property
    def cost(self) -> list[list[float]]:
        """Seconds of each leg; `inf` where the profile may not go."""
        places = range(len(self.stops))
        return [[self._price(start, end) for end in places] for start in places]

    @cached_property
    def place(self) -> dict[str, int]:
        """Where a stop's key stands in the list."""
        return {stop.key: place for place, stop in enumerate(self.stops)}

    @cached_property
    def ends(self) -> Ends:
        """Where it begins and ends."""
        return self._ends(range(len(self.stops)))

    @cached_property
    def locked(self) -> list[order.Pair]:
        """What stays together."""
        return [(self.place[first], self.place[second]) for first, second in self.settings.locked]

    @cached_property
    def chains(self) -> list[Chain]:
        """The stops in units that go in or out of a walk together. Raises Refusal where they contradict."""
        return order.chains(len(self.stops), self.locked, self.ends)

    def in_order(self, some: Iterable[int]) -> list[int]:
        """Some stops, no chain torn, in the order that is asked."""
        ours = sorted(some)
        new = {stop: place for place, stop in enumerate(ours)}
        found = order.in_order(
            [[self.cost[start][end] for end in ours] for start in ours],
            self.settings.mode,
            self._ends(ours),
            [(new[first], new[second]) for first, second in self.locked if first in new],
            [self.stops[stop].year for stop in ours],
        )
        return [ours[place] for place in found]

    def with_more(self, walk: Sequence[int], chain: Chain) -> list[int]:
        """A walk with a chain in it: where it adds least, or where its year or its author has it."""
        if self.settings.mode != Mode.SHORTEST or len(walk) < 2:
            return self.in_order([*walk, *chain])
        together = {first for first, _second in self.locked}
        places = range(1 if self.ends.start is not None else 0, len(walk) + (self.ends.end is None))
        tried = [[*walk[:at], *chain, *walk[at:]] for at in places if at == 0 or walk[at - 1] not in together]
        return min(tried, key=self._by_cost)

    def size(self, walk: Sequence[int]) -> Size:
        """What a walk comes to."""
        legs = self.pairs(walk)
        return Size(
            sum(self.costs.legs[pair].seconds for pair in legs) + sum(self.stops[stop].seconds for stop in walk),
            sum(self.costs.legs[pair].metres for pair in legs),
            len(self.refused(walk)),
        )

    def worth(self, walk: Iterable[int]) -> int:
        """1 a stop, 1 more with sound, 1 for each teller and 1 for each decade that it has."""
        some = [self.stops[stop] for stop in walk]
        tellers = {stop.teller for stop in some} - {None}
        decades = {stop.year // 10 for stop in some if stop.year is not None}
        return len(some) + sum(stop.audio is not None for stop in some) + len(tellers) + len(decades)

    def pairs(self, walk: Sequence[int]) -> list[order.Pair]:
        """The legs of a walk."""
        return order.legs_of(walk, is_round=self.settings.is_round)

    def refused(self, walk: Sequence[int]) -> list[order.Pair]:
        """The legs of a walk that the profile may not go."""
        return [(start, end) for start, end in self.pairs(walk) if isinf(self.cost[start][end])]

    def _price(self, start: int, end: int) -> float:
        if start == end:
            return 0.0
        leg = self.costs.legs[start, end]
        return inf if self.settings.profile.refuses(leg.step_free) else leg.seconds

    def _by_cost(self, walk: Sequence[int]) -> tuple[int, float]:
        size = self.size(walk)
        return size.refused, size.seconds

    def _ends(self, ours: Iterable[int]) -> Ends:
        new = {self.stops[stop].key: place for place, stop in enumerate(ours)}
        start, end = self.settings.start, None if self.settings.is_round else self.settings.end
        return Ends(self.settings.is_round, None if start is None else new[start], None if end is None else new[end])

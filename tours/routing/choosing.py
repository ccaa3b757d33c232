"""Which stops fit in the time: the most worth for the seconds that they add, and why each other one was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from tours.routing.course import Course, Size
from tours.routing.order import Chain


@dataclass(frozen=True)
class Bounds:
    """Seconds and metres that a walk may come to."""

    seconds: float = inf
    metres: float = inf

    def hold(self, size: Size) -> bool:
        """Whether it fits, on legs that may all be walked."""
        return size.seconds <= self.seconds and size.metres <= self.metres and not size.refused


@dataclass
class Choosing:
    """A walk that grows by chains of stops (what is locked together) as long as they fit."""

    course: Course
    bounds: Bounds
    walk: list[int]
    left: list[Chain]

    def fill(self) -> None:
        """Add what brings most for each second, until nothing fits; a better order may make room again."""
        while self._grow():
            pass
        settled = self.course.in_order(self.walk)
        if self.course.size(settled).seconds < self.course.size(self.walk).seconds - 1:
            self.walk = settled
            self.fill()

    def improve(self, must: frozenset[int]) -> None:
        """One chain in, and what has to go for it out, as long as that is worth more."""
        while found := next(self._swaps(must), None):
            self.walk = found
            self.left = [chain for chain in self.course.chains if chain[0] not in found]
            self.fill()
        self.walk = self.course.in_order(self.walk)

    def _grow(self) -> bool:
        now, worth = self.course.size(self.walk).seconds, self.course.worth(self.walk)
        best, most = None, 0.0
        for chain in self.left:
            walk = self.course.with_more(self.walk, chain)
            size = self.course.size(walk)
            rate = (self.course.worth(walk) - worth) / max(size.seconds - now, 1.0)
            if rate > most and self.bounds.hold(size):
                best, most = (walk, chain), rate
        if best:
            self.walk = best[0]
            self.left.remove(best[1])
        return best is not None

    def _swaps(self, must: frozenset[int]) -> Iterator[list[int]]:
        worth = self.course.worth(self.walk)
        for chain in self.left:
            walk = self._room_for(chain, must)
            if self.bounds.hold(self.course.size(walk)) and self.course.worth(walk) > worth:
                yield walk

    def _room_for(self, chain: Chain, must: frozenset[int]) -> list[int]:
        """The walk with a chain in it, without those that give the most time for the least worth."""
        walk = self.course.with_more(self.walk, chain)
        loose = [one for one in self.course.chains if one[0] in self.walk and not must & set(one)]
        while loose and not self.bounds.hold(self.course.size(walk)):
            out = min(loose, key=lambda one: self._loss(walk, one))
            loose.remove(out)
            walk = [stop for stop in walk if stop not in out]
        return walk

    def _loss(self, walk: Sequence[int], out: Chain) -> float:
        """Worth that goes for each second that comes free."""
        rest = [stop for stop in walk if stop not in out]
        less = self.course.size(walk).seconds - self.course.size(rest).seconds
        return (self.course.worth(walk) - self.course.worth(rest)) / max(less, 1.0)


def choose(course: Course, bounds: Bounds, must: frozenset[int]) -> tuple[Sequence[int], list[Chain]]:
    """The walk within its bounds that is worth much, in its order, and the chains that did not fit.

    What must be in it is, even when that alone is too much. The same question has the same answer.
    """
    first = [chain for chain in course.chains if must & set(chain)]
    left = [chain for chain in course.chains if not must & set(chain)]
    choosing = Choosing(course, bounds, course.in_order(stop for chain in first for stop in chain), left)
    choosing.fill()
    choosing.improve(must)
    return choosing.walk, choosing.left

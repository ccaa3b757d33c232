"""A good round through many points: many starts, 2-opt and or-opt, then kicks. The same question has one answer.

Both ways of a street may cost differently, so a piece that is turned round is counted anew, with running sums.
"""

import random
from collections.abc import Sequence
from itertools import pairwise

from tours.routing.exact import Matrix

STARTS = 6  # rounds from nearest neighbours and one from insertion, each made as good as it gets
KICKS = 120  # times that the best one is shaken
LONGEST = 3  # stops that or-opt moves together
LEAST = 1e-9  # seconds: less is no gain but rounding


def round_trip(cost: Matrix, seed: int = 1, kicks: int = KICKS) -> list[int]:
    """A way from 0 past all others and back to 0, seldom more than 1 % above the best."""
    size = len(cost)
    if size < 4:
        return min(_few(size), key=lambda way: total(cost, way))
    chance = random.Random(seed)
    firsts = chance.sample(range(size), min(STARTS, size))
    rounds = [_settled(cost, way) for way in [_inserted(cost), *(_nearest(cost, first) for first in firsts)]]
    best = min(rounds, key=lambda way: total(cost, way))
    best_cost = total(cost, best)
    for _ in range(kicks):
        tried = _settled(cost, _kicked(best, chance))
        if (its_cost := total(cost, tried)) < best_cost - LEAST:
            best, best_cost = tried, its_cost
    home = best.index(0)
    return best[home:] + best[:home]


def total(cost: Matrix, way: Sequence[int]) -> float:
    """What a round costs, back to its first point."""
    return sum(cost[way[place - 1]][point] for place, point in enumerate(way))


def _few(size: int) -> list[list[int]]:
    return [[0, 1, 2], [0, 2, 1]] if size == 3 else [list(range(size))]


def _nearest(cost: Matrix, first: int) -> list[int]:
    way, left = [first], set(range(len(cost))) - {first}
    while left:
        row = cost[way[-1]]
        way.append(min(left, key=lambda point: (row[point], point)))
        left.remove(way[-1])
    return way


def _inserted(cost: Matrix) -> list[int]:
    """The cheapest insertion first, until all are in."""
    way, left = [0], set(range(1, len(cost)))
    while left:
        _added, point, place = min(
            (cost[way[place - 1]][point] + cost[point][way[place]] - cost[way[place - 1]][way[place]], point, place)
            for point in left
            for place in range(len(way))
        )
        way.insert(place, point)
        left.remove(point)
    return way


def _kicked(way: list[int], chance: random.Random) -> list[int]:
    """Three cuts not far apart, and the two pieces between them change places: none is turned round."""
    size = len(way)
    turn = chance.randrange(size)
    way = way[turn:] + way[:turn]
    reach = min(size - 1, 24)
    first, second, third = sorted(chance.sample(range(1, reach + 1), 3))
    return way[:first] + way[second:third] + way[first:second] + way[third:]


def _settled(cost: Matrix, way: list[int]) -> list[int]:
    """No turned piece and no moved piece makes it better."""
    while _turn(cost, way) or _move(cost, way):
        pass
    return way


def _turn(cost: Matrix, way: list[int]) -> bool:
    """2-opt: turns the pieces round that gain by it, one pass; whether there was one."""
    size, better = len(way), False
    for first in range(1, size):
        there = back = 0.0
        before = way[first - 1]
        for last in range(first + 1, size):
            there += cost[way[last - 1]][way[last]]
            back += cost[way[last]][way[last - 1]]
            after = way[(last + 1) % size]
            now = cost[before][way[first]] + there + cost[way[last]][after]
            if cost[before][way[last]] + back + cost[way[first]][after] < now - LEAST:
                way[first : last + 1] = way[first : last + 1][::-1]
                there, back, better = back, there, True
    return better


def _move(cost: Matrix, way: list[int]) -> bool:
    """Or-opt: takes up to three stops out and puts them in where they cost least, one pass; whether it gained."""
    size, better = len(way), False
    for length in range(1, min(LONGEST, size - 2) + 1):
        for start in range(size):
            turned = way[start:] + way[:start]
            piece, rest = turned[:length], turned[length:]
            place, flip = _cheapest(cost, piece, rest)
            if place:
                way[:] = [*rest[:place], *(piece[::-1] if flip else piece), *rest[place:]]
                better = True
    return better


def _cheapest(cost: Matrix, piece: list[int], rest: list[int]) -> tuple[int, bool]:
    """Where in the rest a piece costs less than between its last and first point, and whether turned; 0: nowhere."""
    head, tail = piece[0], piece[-1]
    inside = sum(cost[start][end] for start, end in pairwise(piece))
    turned = sum(cost[end][start] for start, end in pairwise(piece)) - inside
    least = cost[rest[-1]][head] + cost[tail][rest[0]] - cost[rest[-1]][rest[0]] - LEAST
    found = 0, False
    to_head, to_tail = [row[head] for row in cost], [row[tail] for row in cost]
    from_head, from_tail = cost[head], cost[tail]
    before = rest[0]
    for place in range(1, len(rest)):
        after = rest[place]
        gap = cost[before][after]
        if (added := to_head[before] + from_tail[after] - gap) < least:
            least, found = added, (place, False)
        if (added := to_tail[before] + from_head[after] - gap + turned) < least:
            least, found = added, (place, True)
        before = after
    return found

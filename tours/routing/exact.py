"""The best round through few points, exactly: Held and Karp, 1962."""

from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]  # cost from row to column; it may differ from the way back
MOST = 13  # stops; each one more doubles the time


def round_trip(cost: Matrix) -> list[int]:
    """The cheapest way from 0 past all others and back to 0. Every cost is finite."""
    others = len(cost) - 1
    if others < 1:
        return [0] * len(cost)
    best, before = _grown(cost, others)
    everyone = (1 << others) - 1
    last = min(range(others), key=lambda end: best[everyone][end] + cost[end + 1][0])
    return [0, *_back(before, everyone, last)]


def _grown(cost: Matrix, others: int) -> tuple[list[list[float]], list[list[int]]]:
    """By set and by its last point: the least cost from 0 through the set, and which point came before the last."""
    never = float("inf")
    best = [[never] * others for _ in range(1 << others)]
    before = [[-1] * others for _ in range(1 << others)]
    to = [[cost[start + 1][end + 1] for start in range(others)] for end in range(others)]
    members = [[point for point in range(others) if some >> point & 1] for some in range(1 << others)]
    for some in range(1, 1 << others):
        inside = members[some]
        for last in inside:
            rest = some ^ (1 << last)
            if not rest:
                best[some][last] = cost[0][last + 1]
                continue
            known, step = best[rest], to[last]
            least, who = min([(known[point] + step[point], point) for point in members[rest]])
            best[some][last], before[some][last] = least, who
    return best, before


def _back(before: list[list[int]], some: int, last: int) -> list[int]:
    way = []
    while last >= 0:
        way.append(last + 1)
        some, last = some ^ (1 << last), before[some][last]
    return way[::-1]

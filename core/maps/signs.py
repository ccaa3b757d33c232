"""What can be done at a spot, as the map and the list say it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from core.registry import Registry

Words = Mapping[
    str, str
]  # {"title", "lang"}: what there is, in which language that is said; "kind": its pin, else meet
SIGNS: Registry[Callable[[int], Mapping[int, Words]]] = Registry("what can be done at a spot")
"""Each says it for all spots of a neighbourhood, by their ids, with one query."""


class Point(NamedTuple):
    """What stands on the map beside the spots: what it is called, its page, and where (WGS 84 degrees)."""

    kind: str
    name: str
    language: str
    page: str
    lat: float
    lon: float
    about: str


POINTS: Registry[Callable[[int], Sequence[Point]]] = Registry("what else stands on the map")
"""Each gives those of a neighbourhood, with one query."""


def points(neighbourhood_id: int) -> list[Point]:
    """All of them, in order."""
    return [point for say in POINTS.all() for point in say(neighbourhood_id)]


def at_spots(neighbourhood_id: int) -> dict[int, Words]:
    """What there is to do, by spot id; where parts say two things the first stands."""
    said: dict[int, Words] = {}
    for say in SIGNS.all():
        said = {**say(neighbourhood_id), **said}
    return said

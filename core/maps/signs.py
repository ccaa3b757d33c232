"""What can be done at a spot, as the map and the list say it."""

from collections.abc import Callable, Mapping

from core.registry import Registry

Words = Mapping[str, str]  # {"title", "lang"}: what there is to do, and in which language that is said
SIGNS: Registry[Callable[[int], Mapping[int, Words]]] = Registry("what can be done at a spot")
"""Each says it for all spots of a neighbourhood, by their ids, with one query."""


def at_spots(neighbourhood_id: int) -> dict[int, Words]:
    """What there is to do, by spot id; where parts say two things the first stands."""
    said: dict[int, Words] = {}
    for say in SIGNS.all():
        said = {**say(neighbourhood_id), **said}
    return said

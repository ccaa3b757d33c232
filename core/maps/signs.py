"""What can be done at a spot, as the map and the list say it: a registry that parts fill."""

from collections.abc import Callable, Mapping

from flask import Flask, current_app

Words = Mapping[str, str]  # {"title", "lang"}: what there is to do, and in which language that is said
Say = Callable[[int], Mapping[int, Words]]


def say_with(app: Flask, say: Say) -> None:
    """Let a part say what there is to do: `say(neighbourhood_id)` gives words by spot id, with one query for all."""
    app.extensions.setdefault("signs", []).append(say)


def at_spots(neighbourhood_id: int) -> dict[int, Words]:
    """What there is to do, by spot id; where parts say two things the first stands."""
    said: dict[int, Words] = {}
    for say in current_app.extensions.get("signs", []):
        said = {**say(neighbourhood_id), **said}
    return said

"""Stories on the map: the sign of a place that has some, and those with a point of their own."""

from collections.abc import Mapping, Sequence

from flask import Flask, url_for

from core.maps.signs import POINTS, SIGNS, Point, Words
from tours.stories import queries


def init_app(app: Flask) -> None:
    """Register both."""
    SIGNS.add(app, "stories", _at_spots, order=90)  # what there is to do stands before it
    POINTS.add(app, "stories", _points)


def _at_spots(neighbourhood_id: int) -> Mapping[int, Words]:
    told = queries.at_spots(neighbourhood_id)
    return {spot: {"title": title, "lang": language, "kind": "story"} for spot, title, language in told}


def _points(neighbourhood_id: int) -> Sequence[Point]:
    """Where everybody may know each to be; one at a place of the list stands there."""
    return [
        Point("story", story.title, story.language, url_for("stories.show", key=story.key), story.lat, story.lon,
              story.address)
        for story in queries.at_points(neighbourhood_id) if story.lat is not None and story.lon is not None
    ]  # fmt: skip

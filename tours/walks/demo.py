"""What walks add to the demo: two past its twelve stories, made and published through the same services as all."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock
from core.database import writing
from core.demo.command import FURNISHERS, Furnished
from core.desk import service as desk
from core.guard import Role
from core.places import queries as places
from tours.routing.order import Mode
from tours.stories.models import Story
from tours.walks import queries, service
from tours.walks.models import Tour

FILE = Path(__file__).with_name("demo_walks.json")
MAKER, EDITOR = "joke", "farid"  # of the cast


def init_app(app: Flask) -> None:
    """Furnish the demo, after its stories."""
    FURNISHERS.add(app, "walks", _furnish)


@cache
def strung() -> list[dict[str, Any]]:
    """The walks, each with the titles of its stories."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    if queries.of_makers(here):
        return
    for one in strung():
        with writing():
            tour = _made(here, one, furnished.people[MAKER].player_key)
            desk.decide(
                here, queries.DESK_KIND, tour.desk_key, "good", furnished.people[EDITOR].player_key, Role.EDITOR
            )


def _made(here: int, one: Mapping[str, Any], maker: str) -> Tour:
    tour = service.make(here, one["title"], "nl", maker)
    service.write(tour, {name: one[name] for name in ("intro", "ending", "credit")})
    if house := places.house(here):
        stop = service.add(tour, house)
        service.write_stop(tour, stop.id, {"title": "", "intro": one["welcome"], "bridge": ""}, None)
    told: dict[str, Story] = {story.title: story for story in queries.offered(here)}
    for title in one["stories"]:
        story = told[title]
        if story.spot:
            service.add(tour, story.spot, story)
    service.make_loop(tour, Mode.SHORTEST)
    service.check_on_foot(tour, clock.today() - timedelta(days=3), one["walked_by"])
    service.send(tour)
    return tour

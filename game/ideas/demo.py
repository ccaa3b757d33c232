"""What ideas add to the demo: six, in five states, through the same services as all."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock
from core.contributions import service as contributions
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from game.ideas import queries, service
from game.ideas.course import APPEALED
from game.ideas.kind import PROPOSAL

FILE = Path(__file__).with_name("demo_ideas.json")
EDITOR = "farid"  # of the cast: who looked at all of them


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "ideas", _furnish, order=60)


@cache
def told() -> list[dict[str, Any]]:
    """The ideas, as the file has them."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    if queries.of(furnished.neighbourhood.id):
        return
    for one in sorted(told(), key=lambda one: -one["days_ago"]):
        try:
            _sent(furnished, one)
        finally:
            clock.real()


def _sent(furnished: Furnished, said: Mapping[str, Any]) -> None:
    now, keys = clock.now(), {name: person.player_key for name, person in furnished.people.items()}
    content = {name: said[name] for name in ("title", "words", "sort", "spot")}
    clock.set(now - timedelta(days=said["days_ago"]))
    with writing():
        here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
        made = contributions.hand_in(PROPOSAL, here, keys[said["by"]], content, said["language"], named=said["called"])
        contributions.say_yes(made, made.last, keys[EDITOR])
        idea = queries.one(here.id, made.key)
        assert idea is not None
        for who, shows_name in said["signed"]:
            service.sign(idea, keys[who], shows_name)
    for to, who, words, days_ago in said["steps"]:
        clock.set(now - timedelta(days=days_ago))
        with writing():
            if to == APPEALED:
                service.appeal(idea, keys[who], words, said["language"])
            else:
                service.decide(idea, to, keys[who], words, "nl")

"""What promises add to the demo: three of which one is late, and one that was kept."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock
from core.contributions import service as contributions
from core.database import db, writing
from core.demo import team
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from game.promises import queries, service
from game.promises.kind import VOW

FILE = Path(__file__).with_name("demo_promises.json")
EDITOR = "farid"  # of the cast: who looked at all of them


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "promises", _furnish, order=64)


def _furnish(furnished: Furnished) -> None:
    if queries.of(furnished.neighbourhood.id):
        return
    team.furnish(furnished.people)  # who promises for an organisation is on the team
    for one in json.loads(FILE.read_text("utf-8")):
        try:
            _made(furnished, one)
        finally:
            clock.real()


def _made(furnished: Furnished, said: Mapping[str, Any]) -> None:
    now, keys = clock.now(), {name: person.player_key for name, person in furnished.people.items()}
    clock.set(now - timedelta(days=said["days_ago"]))
    content = {name: said.get(name, "") for name in ("what", "to_whom", "decided_by", "organisation", "gathering")}
    content |= {
        "due_on": (clock.today() + timedelta(days=said["within"])).isoformat(),
        "tag": furnished.people[said["to"]].tag if "to" in said else None,
    }
    with writing():
        here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
        made = contributions.hand_in(VOW, here, keys[said["by"]], content, "nl", named=True)
        contributions.say_yes(made, made.last, keys[EDITOR])
        promise = queries.one(here.id, made.key)
        assert promise is not None
        if "to" in said:
            service.show_receiver(made.key, keys[said["to"]], shows_name=True)
        for name in said.get("against", ()):
            service.disagree(promise, keys[name], shows_name=True)
    for to, who, words, days_ago in said.get("steps", ()):
        clock.set(now - timedelta(days=days_ago))
        with writing():
            service.step(promise, to, keys[who], (), words, "nl")

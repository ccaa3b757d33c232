"""What initiatives add to the demo: what came of three ideas, with who takes part, through the same services as all."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from core import clock
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from game.ideas.models import Idea
from game.initiatives import queries, service
from game.initiatives.course import LEADER
from game.initiatives.forms import HERE

FILE = Path(__file__).with_name("demo_initiatives.json")


def init_app(app: Flask) -> None:
    """Furnish the demo, after its ideas."""
    FURNISHERS.add(app, "initiatives", _furnish, order=61)


@cache
def told() -> list[dict[str, Any]]:
    """The initiatives, as the file has them."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    for said in told():
        idea = db.session.scalar(
            select(Idea).where(Idea.neighbourhood_id == furnished.neighbourhood.id, Idea.title == said["idea"])
        )
        if idea is not None:
            _runs(furnished, idea, said)


def _runs(furnished: Furnished, idea: Idea, said: Mapping[str, Any]) -> None:
    keys = {name: person.player_key for name, person in furnished.people.items()}
    with writing():
        service.begin(idea)
        one = queries.of_idea(idea.key)
        assert one is not None
        if queries.participant(one, keys[said["leads"]]):
            return
        for who, shows_name in [(said["leads"], True), *said["people"]]:
            service.join(one, keys[who], shows_name, would_lead=who == said["leads"])
        lead = queries.participant(one, keys[said["leads"]])
        assert lead is not None
        service.appoint(one, lead.key)
        next_on = clock.today() + timedelta(days=said["next_in_days"])
        service.write(one, said, next_on, "nl", keys[said["leads"]])
        for words, many, sort, takers in said["needs"]:
            need = service.add_need(one, words, many, sort == HERE, "nl")
            for who in takers:
                service.take(one, need.key, keys[who])
        for to, words in said["steps"]:
            service.step(one, to, keys[said["leads"]], LEADER, words, "nl")

"""What choices add to the demo: one that closes tomorrow and one with an outcome, through the same services as all."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock
from core.contributions import service as contributions
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from core.photos import prepare
from core.storage import storage
from game.choices import demo_pictures, queries, service
from game.choices.kind import CARD, OBJECTION
from game.choices.models import Choice
from game.choices.service import Offered

FILE = Path(__file__).with_name("demo_choices.json")
COORDINATOR, EDITOR = "joke", "farid"  # of the cast


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "choices", _furnish, order=60)


@cache
def told() -> list[dict[str, Any]]:
    """The choices, as the file has them."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    if queries.open_in(here) or queries.closed_in(here):
        return
    for one in told():
        try:
            _choice(furnished, one, clock.now())
        finally:
            clock.real()


def _choice(furnished: Furnished, said: Mapping[str, Any], now: datetime) -> None:
    keys = {name: person.player_key for name, person in furnished.people.items()}
    here = furnished.neighbourhood.id
    closes_on = clock.day_of(now) + timedelta(days=said["closes_in_days"])
    clock.set(now - timedelta(days=said["opened_days_ago"]))
    with writing():
        options = [_offered(*one) for one in said["options"]]
        asked = service.Wording(said["title"], said["fixed"], said["undecided"], options)
        made = service.open_choice(here, keys[COORDINATOR], asked, said["mode"], closes_on, "nl")
        for who, which, *named in said["votes"]:
            service.vote(made, keys[who], made.options[which].key, any(named))
        for who, which, side, words, named in said["reasons"]:
            _card(here, keys, who, {"about": made.options[which].key, "side": side, "words": words}, named)
        key = made.key
    if said["outcome"]:
        _outcome(here, keys, key, said, now)


def _offered(title: str, words: str, picture: str = "", seen: str = "") -> Offered:
    made = prepare.prepare(demo_pictures.draw(picture), storage().tmp()) if picture else None
    return Offered(title, words, seen, made)


def _outcome(here: int, keys: Mapping[str, str], key: str, said: Mapping[str, Any], now: datetime) -> None:
    who, which, because, days_ago, review_in = said["outcome"]
    clock.set(now - timedelta(days=days_ago))
    with writing():
        choice = queries.one(here, key)
        assert isinstance(choice, Choice)
        service.empty(choice)
        day = clock.day_of(now) + timedelta(days=review_in)
        service.decide(choice, keys[who], choice.options[which].key, because, "nl", day)
        for neighbour, words, named in said["objections"]:
            _card(here, keys, neighbour, {"about": key, "side": OBJECTION, "words": words}, named)


def _card(here: int, keys: Mapping[str, str], who: str, content: Mapping[str, Any], named: bool) -> None:
    neighbourhood = db.session.get_one(Neighbourhood, here)
    made = contributions.hand_in(CARD, neighbourhood, keys[who], content, "nl", named=named)
    contributions.say_yes(made, made.last, keys[EDITOR])

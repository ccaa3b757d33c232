"""What offers add to the demo: two offers and two wishes, and one match that waits for both."""

import json
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
from game.offers import queries, service
from game.offers.kind import CARD

FILE = Path(__file__).with_name("demo_offers.json")
EDITOR = "farid"  # of the cast: who looked at all of them


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "offers", _furnish, order=62)


@cache
def told() -> list[dict[str, Any]]:
    """The offers and wishes, as the file has them: the first of each are matched."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    here_id = furnished.neighbourhood.id
    if queries.of(here_id, False) or queries.matches(here_id):
        return
    keys = {name: person.player_key for name, person in furnished.people.items()}
    with writing():
        here = db.session.get_one(Neighbourhood, here_id)
        for one in told():
            until = (clock.today() + timedelta(days=one["days"])).isoformat()
            said = {"sort": one["sort"], "words": one["words"], "zone": "", "until": until}
            made = contributions.hand_in(CARD, here, keys[one["by"]], said, "nl", named=one["named"])
            contributions.say_yes(made, made.last, keys[EDITOR])
        service.match(queries.of(here_id, False)[-1], queries.of(here_id, True)[-1])

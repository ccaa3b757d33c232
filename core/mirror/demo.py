"""What the mirror adds to the demo: three of seven before this season, five of seven in it."""

import json
from datetime import timedelta
from pathlib import Path

from flask import Flask

from core import clock
from core.database import writing
from core.demo.command import FURNISHERS, Furnished
from core.mirror import queries, service

FILE = Path(__file__).with_name("demo_answers.json")


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "mirror", _furnish, order=80)


def _furnish(furnished: Furnished) -> None:
    here, now = furnished.neighbourhood.id, clock.now()
    if queries.now(here, None):
        return
    keys = {name: person.player_key for name, person in furnished.people.items()}
    try:
        for one in json.loads(FILE.read_text("utf-8")):
            clock.set(now - timedelta(days=one["days_ago"]))
            with writing():
                service.answer(here, one["factor"], one["does"], one["why"], one["to_do"], keys[one["by"]], "nl")
    finally:
        clock.real()

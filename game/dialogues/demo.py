"""What dialogues add to the demo: two professionals, two talks from which people learned, an open hour, a question."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock
from core.contributions import service as contributions
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.places.models import Spot
from game.dialogues import asking, insights, queries, question_queries, service, talks
from game.dialogues.kind import INQUIRY
from game.dialogues.models import Hour, State

FILE = Path(__file__).with_name("demo_dialogues.json")
EDITOR = "farid"  # of the cast


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "dialogues", _furnish, order=61)


@cache
def told() -> dict[str, Any]:
    """The professionals and their hours, as the file has them."""
    return dict(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    if queries.professionals(here):
        return
    with writing():
        for one in told()["professionals"]:
            made = service.appoint(furnished.people[one["who"]], one["organisation"], one["role"])
            service.show_name(made, True)
    for said in told()["hours"]:
        try:
            _held(furnished, said)
        finally:
            clock.real()


def _held(furnished: Furnished, said: Mapping[str, Any]) -> None:
    now, here = clock.now(), furnished.neighbourhood.id
    who = furnished.people[said["who"]].player_key
    day = clock.today() + timedelta(days=said["days"])
    begins, ends = _times(said, now)
    if said["days"] < 0:
        clock.set(datetime.combine(day, begins, clock.AMSTERDAM))
    with writing():
        one = queries.professional(here, who)
        assert one is not None
        hour = service.plan(one, _spot(here, said["spot"]), said["theme"], day, begins, ends)
        if said["state"] != State.PLANNED:
            service.move(hour, State.OPEN)
        if "talk" in said:
            _talked(furnished, hour, said["talk"])
        if "question" in said:
            _asked(furnished, hour, said["question"], now)
        if said["state"] == State.CLOSED:
            service.move(hour, State.CLOSED)


def _talked(furnished: Furnished, hour: Hour, said: Mapping[str, Any]) -> None:
    resident, professional = furnished.people[said["by"]].player_key, hour.professional.who
    talk = talks.draw(hour, said["card"], resident, said["said"], "nl")
    talks.answer(talk, professional, said["answered"], "nl")
    insight = insights.write(talk, professional, said["learned"], "nl")
    for who, shows in ((professional, True), (resident, said["named"])):
        insights.sign(insight, insight.hash, who, shows)


def _asked(furnished: Furnished, hour: Hour, said: Mapping[str, Any], now: datetime) -> None:
    here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
    content, who = {"words": said["words"], "hour": hour.key}, furnished.people[said["by"]].player_key
    made = contributions.hand_in(INQUIRY, here, who, content, "nl", named=True)
    contributions.say_yes(made, made.last, furnished.people[EDITOR].player_key)
    question = question_queries.question(here.id, made.key)
    assert question is not None
    for to, words, days_ago in said["steps"]:
        clock.set(now - timedelta(days=days_ago))
        asking.take(question, to, hour.professional.who, words, "nl")
    clock.set(datetime.combine(clock.day_of(hour.begins), clock.local(hour.begins).time(), clock.AMSTERDAM))


def _times(said: Mapping[str, Any], now: datetime) -> tuple[time, time]:
    """As the file says; where it says none, around now."""
    if said["begins"]:
        return time.fromisoformat(said["begins"]), time.fromisoformat(said["ends"])
    hour = clock.local(now).hour
    return time(hour), time(min(hour + 3, 23), 59)


def _spot(here: int, key: str) -> Spot:
    found = places.house(here) if key == "house" else places.by_key(here, key)
    if found is None:
        raise LookupError(f"the demo has no {key}")
    return found

"""What gatherings add to the demo: one of this evening, and one that was, with what was said there."""

from datetime import timedelta

from flask import Flask

from core import clock
from core.contributions import service as contributions
from core.contributions.kinds import Kind
from core.contributions.models import Contribution
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from game.gatherings import queries, service
from game.gatherings.kind import OPENING
from game.gatherings.report_kind import TOLD

EDITOR = "farid"  # of the cast: who looked at all of it
OPENER = "marwa"
BEFORE = 12  # days: when the one that was, was


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "gatherings", _furnish, order=62)


def _furnish(furnished: Furnished) -> None:
    if queries.past(furnished.neighbourhood.id, 1):
        return
    now = clock.now()
    try:
        clock.set(now - timedelta(days=BEFORE + 3))
        day = (clock.today() + timedelta(days=3)).isoformat()
        was = _opened(furnished, "Koffie en plannen", "Wat missen we rond het plein?", day)
        clock.set(clock.first_moment_of(clock.today() + timedelta(days=3)) + timedelta(hours=18, minutes=30))
        _came(furnished, was)
        _say(furnished, TOLD, {"gathering": was, "words": _SAID}, OPENER)
    finally:
        clock.real()
    evening = clock.today() + timedelta(days=clock.local(clock.now()).hour >= 20)
    _opened(furnished, "Soep en plannen", "Wat komt er onder de linde?\nEn wie zorgt daarvoor?", evening.isoformat())


_SAID = "We willen een lange tafel onder de linde. En een sleutel van de kas voor iedereen die water geeft."


def _opened(furnished: Furnished, title: str, words: str, day: str) -> str:
    said = {"title": title, "words": words, "spot": "bank-onder-de-linde", "day": day, "begins": "18:00",
            "until": "20:00", "names": False}  # fmt: skip
    return _say(furnished, OPENING, said, OPENER).key


def _say(furnished: Furnished, kind: Kind, said: dict[str, object], who: str) -> Contribution:
    with writing():
        here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
        made = contributions.hand_in(kind, here, furnished.people[who].player_key, said, "nl", named=True)
        contributions.say_yes(made, made.last, furnished.people[EDITOR].player_key)
    return made


def _came(furnished: Furnished, key: str) -> None:
    with writing():
        gathering = queries.one(furnished.neighbourhood.id, key, lock=True)
        assert gathering is not None
        for name, shows_name in (("marwa", True), ("cem", True), ("ria", False), ("henk", True), ("noor", False)):
            service.arrive(gathering, furnished.people[name].player_key, shows_name)
        service.count_others(gathering, 6)

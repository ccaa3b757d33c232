"""What the game adds to the demo: challenges, a season that renews itself, and encounters made through the services."""

from datetime import timedelta
from io import BytesIO

from flask import Flask

from core import clock, jobs
from core.database import db, writing
from core.demo import cast, neighbourhood
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import WEB
from core.photos.prepare import Prepared, prepare
from core.storage import storage
from game.challenges import queries as challenges
from game.challenges.service import load_pack
from game.encounters import service
from game.scoring import newcomers
from game.seasons import queries as seasons
from game.seasons.service import LONGEST, start

THEME = {"nl": {"theme": "Deuren open"}, "en": {"theme": "Open doors"}}
DONE_AT = {  # a challenge that is about one place, and that place
    "find-the-pump": "fietshoek",
    "find-the-view": "kanterbrug",
    "find-a-cutting": "groene-stoep",
    "then-the-shop": "slagerij-kuiper",
    "then-the-washing": "wasplaats-kanterkade",
    "then-the-lime": "bank-onder-de-linde",
}
DAYS_PLAYED = 9  # how far into its first season a fresh demo is


def init_app(app: Flask) -> None:
    """Furnish the demo, and while it is on begin a new season when one is over."""
    FURNISHERS.add(app, "meetings", _furnish)
    if app.config["BUURT"].demo:
        jobs.SWEEPS.add(app, "demo season", renew)


def renew() -> int:
    """Begin a season today in every made-up neighbourhood that has none; how many began."""
    begun = 0
    with writing():
        for here in neighbourhoods.everyone():
            if here.is_made_up and seasons.on(here.id, clock.today()) is None:
                start(here.id, clock.today(), LONGEST, THEME)
                begun += 1
    return begun


def _furnish(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    is_fresh = seasons.latest(here) is None
    with writing():
        spots = neighbourhood.drawing()["spots"]
        load_pack(here, "everyday", {spot["challenge"]: furnished.spots[spot["key"]].id for spot in spots})
        load_pack(here, "kanterhoek", {key: furnished.spots[spot].id for key, spot in DONE_AT.items()})
        if is_fresh:
            start(here, clock.today() - timedelta(days=DAYS_PLAYED), LONGEST, THEME)
    renew()
    if is_fresh:
        _welcome(furnished)
        for number, met in enumerate(cast.MEETINGS):
            _meet(furnished, met, number)


def _welcome(furnished: Furnished) -> None:
    """Whoever lives there has had a letter; not the stranger, and not who is still to come and live there."""
    clock.set(clock.now() - timedelta(days=DAYS_PLAYED))
    try:
        with writing():
            for member in cast.PEOPLE:
                if member.key not in {"dirk", "noor"}:
                    newcomers.welcome(furnished.neighbourhood.id, [furnished.people[member.key].player_key], "letter")
    finally:
        clock.real()


def _meet(furnished: Furnished, met: cast.Meeting, number: int) -> None:
    """Two of the cast meet, as on two phones, some days ago."""
    from core.demo import kieken  # Pillow, which no web process needs

    prepared = prepare(BytesIO(kieken.draw(number)), storage().tmp()) if met.has_photo else None
    moment = clock.now() - timedelta(days=met.days_ago, minutes=7 * number)
    clock.set(moment)
    try:
        with writing():
            _say_yes(furnished, met, prepared, number)
    finally:
        clock.real()


def _say_yes(furnished: Furnished, met: cast.Meeting, prepared: Prepared | None, number: int) -> None:
    one, other = (db.session.get_one(Person, furnished.people[key].id) for key in (met.one, met.other))
    challenge = challenges.by_key(furnished.neighbourhood.id, met.challenge)
    if challenge is None:
        raise LookupError(f"the cast does {met.challenge}, which no pack has")
    encounter = service.hand_in(one, challenge, prepared, f"demo-{number}", other)
    clock.set(clock.now() + timedelta(minutes=1))  # on two phones nobody answers at once
    service.agree(encounter.id, other, with_photo=True)
    if met.is_for_all:
        for photo in encounter.photos:
            for person in (one, other):
                photos.choose(photo, person.player_key, [WEB])
            if met.was_looked_at:
                photos.clear(photo)

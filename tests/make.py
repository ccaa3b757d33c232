"""Builders: the smallest real thing of each sort, made through the services."""

from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from core import clock
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood, Zone
from core.people import service as people
from core.people.models import Person
from core.places.models import Spot
from core.staff import service as staff
from core.staff.devices import HINT
from game.challenges.models import Challenge
from game.encounters import service
from game.encounters.models import Encounter
from game.scoring.models import Known
from game.seasons.models import Season
from game.seasons.service import LONGEST, start

numbers = count(1)
PASSWORD = "negen natte schoenen"
CAST = {"Blauwe Reiger": "Noord", "Warme Sjaal": "Zuid", "Stille Fiets": "Noord", "Ronde Deur": None}
TEXTS = {
    "nl": {"title": "Trek dezelfde kleur aan", "text": "Ga samen op de foto.", "question": "Wat is jouw kleur?"},
    "en": {"title": "Wear the same colour", "text": "Take a photo together.", "question": "What is your colour?"},
}


def neighbourhood(slug: str = "lombok") -> Neighbourhood:
    """A neighbourhood with two zones and "ik kom hier wonen"."""
    here = Neighbourhood(slug=slug, name=slug.title(), lat=52.09, lon=5.1)
    here.zones = [Zone(name="Noord"), Zone(name="Zuid"), Zone(name="Ik kom hier wonen", is_future=True)]
    db.session.add(here)
    db.session.flush()
    return here


def season(here: Neighbourhood, days_ago: int = 3) -> Season:
    """A season of 28 days that began some days ago."""
    return start(here.id, clock.today() - timedelta(days=days_ago), LONGEST, {"nl": {"theme": "Deuren open"}})


def challenge(here: Neighbourhood, key: str | None = None, kind: str = "together", **more: Any) -> Challenge:
    """A challenge to do together."""
    one = Challenge(
        neighbourhood_id=here.id, key=key or f"challenge-{next(numbers)}", kind=kind, icon="i-samen", texts=TEXTS,
        marks=["free"], faceless=True, by=None, **more,
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    return one


def spot(here: Neighbourhood, key: str = "bank", lat: float = 52.09, lon: float = 5.1, **more: Any) -> Spot:
    """A place with a name, not yet in the session."""
    given = {"kind": "place", "name": "Bank", "street": "Plein", "texts": {"nl": {"about": "Een bank."}}, **more}
    return Spot(neighbourhood_id=here.id, key=key, lat=lat, lon=lon, **given)


def person(
    here: Neighbourhood, name: str, zone: str | None = "Noord", is_young: bool = False, known: bool = True
) -> Person:  # fmt: skip
    """Somebody who plays here, whom a host knows."""
    made = people.join(here, name, is_young)
    if known:
        db.session.add(Known(player=made.player_key, how="host", at=clock.now()))
    made.zone = next((one for one in here.zones if one.name == zone), None)
    db.session.flush()
    return made


def as_staff(phone: FlaskClient, someone: Person, role: Role) -> None:
    """Sign somebody in as staff on a phone, with a role that needs no second factor. Inside `writing()`."""
    admin = frozenset({Role.ADMIN})
    account = staff.accept(staff.invite(someone.neighbourhood_id, role, None, admin), someone, someone.name, PASSWORD)
    token = people.sign_in(someone)
    staff.open_session(account, token)
    phone.set_cookie("device", token)
    phone.set_cookie(HINT, "1")


def encounter(one: Person, other: Person, doing: Challenge | None = None) -> Encounter:
    """A meeting that waits for the other's yes."""
    doing = doing or challenge(one.neighbourhood)
    return service.hand_in(one, doing, None, f"client-{next(numbers)}", other)


def confirmed(one: Person, other: Person, doing: Challenge | None = None) -> Encounter:
    """A meeting to which both said yes."""
    return service.agree(encounter(one, other, doing).id, other, with_photo=True)


def world() -> tuple[Neighbourhood, Season]:
    """A neighbourhood in the middle of a season, committed, with the cast and three challenges."""
    with writing():
        here = neighbourhood()
        running = season(here)
        for key in ("colour", "bench", "bike"):
            challenge(here, key)
        for name, zone in CAST.items():
            person(here, name, zone)
    return here, running


def jpeg(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> BytesIO:
    """A photo of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    out.seek(0)
    return out

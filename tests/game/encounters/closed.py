"""A season in which two met in every way that leaves a trace, and what is left of it in every table and file."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image
from sqlalchemy import select

from core import clock, codes
from core.backup import rows
from core.database import db, writing
from core.media import jobs as media
from core.people.models import Person
from core.photos.prepare import prepare
from core.storage import storage
from game.challenges.models import Challenge
from game.encounters import closing, jobs, service, signals_found, talk
from game.encounters.models import Encounter
from game.scoring import jobs as scoring
from game.seasons import rules
from game.seasons import service as seasons
from game.seasons.models import Season
from game.visits import service as visits
from tests import make

THEME = {"nl": {"theme": "Deuren open"}}
WORDS = "brandweerbrug met jouw neef"
SWEEPS = (jobs.sweep, scoring.give_to_buurt, scoring.draw_up, signals_found.sweep)
SHARED = {"neighbourhood_id", "season_id", "zone_id"}  # what a whole neighbourhood has in common
numbers = count(1)


def season(first: date) -> Season:
    """One of 28 days in a neighbourhood where eight play, all known for years; the clock stands in it."""
    clock.set(datetime.combine(first - timedelta(days=400), datetime.min.time(), UTC) + timedelta(hours=9))
    with writing():
        here = make.neighbourhood("dicht")
        for number in range(8):
            make.person(here, f"Buur {'abcdefgh'[number]}", ("Noord", "Zuid")[number % 2])
    clock.set(datetime.combine(first, datetime.min.time(), UTC) + timedelta(days=9, hours=10, minutes=17, seconds=23))
    with writing():
        return seasons.start(here.id, first, 28, THEME)


def people() -> list[Person]:
    """Who plays there, in the order in which they came."""
    return list(db.session.scalars(select(Person).order_by(Person.id)).unique())


def picture() -> BytesIO:
    """A photo that no other is like."""
    made = Image.effect_noise((640, 480), 40 + next(numbers)).convert("RGB")
    out = BytesIO()
    made.save(out, "JPEG")
    out.seek(0)
    return out


def meet(one: Person, other: Person, doing: Challenge | None = None, with_photo: bool = True) -> Encounter:
    """The two meet, with a photo to which the other says yes or not."""
    prepared = prepare(picture(), storage().tmp())
    with writing():
        one, other = db.session.get_one(Person, one.id), db.session.get_one(Person, other.id)
        doing = doing or make.challenge(one.neighbourhood)
        met = service.hand_in(one, doing, prepared, f"closing-{codes.new_key()}", other, evidence="verified")
        clock.set(clock.now() + timedelta(minutes=3))
        service.agree(met.id, other, with_photo=with_photo)
    return met


def meet_in_every_way(one: Person, other: Person) -> Encounter:
    """At a spot, with words at a talk card, a visit each, a return a week later, and a no to somebody else."""
    with writing():
        spot = make.spot(one.neighbourhood, key="brandweerbrug", name="Brandweerbrug")
        db.session.add(spot)
        db.session.flush()
        doing = make.challenge(one.neighbourhood, kind="talk", spot_id=spot.id)
    met = meet(one, other, doing)
    with writing():
        met = db.session.get_one(Encounter, met.id)
        for player in (one.player_key, other.player_key):
            talk.say(met, player, WORDS)
            visits.record(player, spot.id, clock.today())
    clock.set(clock.now() + timedelta(days=8))
    meet(one, other)
    with writing():
        declined = make.encounter(db.session.get_one(Person, one.id), people()[7])
        service.decline(declined.id, people()[7])
    return met


def go_to_its_end(of: Season, days: int = 0) -> None:
    """Ninety days after its last day, and so many more: what the clockwork does until then is done."""
    for at in (of.ends_on + timedelta(days=1), rules.closes_on(of) + timedelta(days=days)):
        clock.set(clock.first_moment_of(at) + timedelta(hours=3))
        for _twice in range(2):
            for sweep in SWEEPS:
                sweep()


def close(of: Season) -> bool:
    """Go there and close it."""
    go_to_its_end(of)
    done = closing.sweep() == 1
    media.sweep()
    return done


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as a back-up would say it."""
    with db.engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))] for table in rows.tables()
        }


def said(row: dict[str, Any]) -> str:
    """All that a row says, moments and days in one way."""
    return " ".join(str(value) for value in row.values())


def threads(tables: dict[str, list[dict[str, Any]]], one: str, other: str) -> list[str]:
    """Whatever leads from one player to another: a row that names both, or two rows that name the same third thing."""
    found = []
    for name, all_of_it in tables.items():
        theirs = [[row for row in all_of_it if who in row.values()] for who in (one, other)]
        found += [f"{name}: both" for row in theirs[0] if other in row.values()]
        for column in {column for row in theirs[0] for column in row if _leads(column)}:
            shared = {row[column] for row in theirs[0]} & {row[column] for row in theirs[1]}
            found += [f"{name}.{column}: {value}" for value in shared if value is not None]
    return found


def _leads(column: str) -> bool:
    is_key = column in {"key", "about", "thing", "meeting", "sha256", "once", "content"}
    return column not in SHARED and (is_key or column.endswith("_id"))


def files() -> dict[str, str]:
    """The hash of each large picture that lies there, by the key of its folder."""
    found = {name: storage().path(f"{name}/large.webp") for name in storage().names()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if path}

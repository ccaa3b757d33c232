"""What the demo has of a season that is over: numbers to show, made by people who moved away since.

They met through the same services as everybody, week after week, and each week its edition was drawn up.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from flask import Flask

from core import clock
from core.database import db, writing
from core.demo import cast
from core.demo.command import FURNISHERS, Furnished
from core.measures import jobs as editions
from core.neighbourhoods.models import Neighbourhood
from core.people import erasure, names
from core.people import service as people
from core.people.models import Person
from game.challenges import queries as challenges
from game.challenges.models import Challenge
from game.encounters import service, talk
from game.scoring import newcomers
from game.seasons import queries as seasons
from game.seasons.service import LONGEST, start

THEME = {"nl": {"theme": "Stoel op de stoep"}, "en": {"theme": "A chair outside"}}
DAYS_AGO = 49  # that it began: six weeks, before the one that runs
WEEK = timedelta(days=7)
CAME = (26, 16, 12)  # in each of its weeks; in the last one nobody new
LIVED = ("Lindeplein", "Kanterkade", "Weverseind", "Touwbaan", "Lindeplein", "Kanterkade", "Weverseind", "Lindeplein")
AGAIN = 9  # pairs that saw each other in the last week too


def init_app(app: Flask) -> None:
    """Furnish the demo, once it has challenges."""
    FURNISHERS.add(app, "a season before", _furnish, order=70)


def _furnish(furnished: Furnished) -> None:
    here, first = furnished.neighbourhood, clock.today() - timedelta(days=DAYS_AGO)
    if len(seasons.begun(here.id)) > 1:
        return  # it was furnished before
    begins = clock.first_moment_of(first) + timedelta(hours=12)
    try:
        _play(here, begins)
    finally:
        clock.real()


def _play(here: Neighbourhood, begins: datetime) -> None:
    neighbours: list[int] = []
    for week, number in enumerate((*CAME, 0)):
        clock.set(begins + week * WEEK)
        with writing():
            if not week:
                start(here.id, clock.today(), LONGEST, THEME)
            if number:
                neighbours += _come(here, number, len(neighbours))
                _meet(neighbours[-number - 1 :] if week else neighbours, week)
            else:
                _meet(neighbours[: AGAIN + 1], week)
        clock.set(clock.now() + WEEK)
        editions.draw_up()
    with writing():
        for person in _people(neighbours):
            erasure.ask(person, person.name, None)


def _come(here: Neighbourhood, number: int, before: int) -> list[int]:
    """So many come to live there, with a letter or seen by a host."""
    zones, made = {zone.name: zone for zone in db.session.get_one(Neighbourhood, here.id).zones}, []
    for one, name in enumerate(_names()[before : before + number]):
        person = people.join(here, name, is_young=False)
        person.zone = zones[LIVED[one % len(LIVED)]]
        made.append(person)
    db.session.flush()
    for way, some in (("letter", made[::2]), ("host", made[1::2])):
        newcomers.welcome(here.id, [person.player_key for person in some], way)
    return [person.id for person in made]


def _meet(neighbours: Sequence[int], week: int) -> None:
    """Each meets the next. At a talk card both say something."""
    for number, (one, other) in enumerate(pairwise(_people(neighbours))):
        doing = _challenge(one, number + week)
        meeting = service.hand_in(one, doing, None, f"before-{week}-{number}", other)
        clock.set(clock.now() + timedelta(minutes=3))
        service.agree(meeting.id, other, with_photo=False)
        if talk.has_card(meeting):
            for each in (one, other):
                talk.say(meeting, each.player_key, "Groen, en een bankje.")


def _challenge(person: Person, number: int) -> Challenge:
    kind = "together" if number % 2 else "talk"
    doing = [one for one in challenges.of(person.neighbourhood_id) if one.kind == kind]
    return doing[number // 2 % len(doing)]


def _people(ids: Sequence[int]) -> list[Person]:
    return [db.session.get_one(Person, one) for one in ids]


def _names() -> list[str]:
    """Pseudonyms that nobody of the cast has."""
    taken = {member.name for member in cast.PEOPLE}
    made = (f"{one} {other}" for one, other in zip(names.WORDS["adjectives"], names.WORDS["nouns"], strict=True))
    return [name for name in made if name not in taken]

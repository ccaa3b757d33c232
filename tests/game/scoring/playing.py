"""Plays the scripts of fairness.json through the services, with the clock moved: hand in, and say yes.

The scripts and their totals came with the rules of docs/rules.md §4, from whoever decided them; none was worked out
from the code. A meeting is [day, one, other, fits]; day 0 is a Wednesday.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core import clock, codes
from core.database import db
from core.neighbourhoods.models import Neighbourhood, Zone
from core.people import households
from core.people.models import Person
from game.challenges import service as challenges
from game.challenges.models import Challenge
from game.encounters import cli, second_yes, service
from game.encounters.models import Encounter
from game.scoring import queries
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import letters

SCRIPTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "fairness.json").read_text())["scripts"]
FIRST_DAY = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
MOST = 28  # meetings of one pair


@dataclass(frozen=True)
class Planned:
    """A meeting that is to be: who start it with whom, what they do, and what shows that they are at its spot."""

    starter: Person
    companion: Person
    doing: Challenge
    evidence: str
    key: str


@dataclass
class Played:
    """A neighbourhood in which a script is played, and who did which challenge with whom."""

    here: Neighbourhood
    season: Season
    people: dict[str, Person]
    plain: list[Challenge]
    at_a_spot: list[Challenge]
    weeks: dict[date, Challenge] = field(default_factory=dict)
    done: set[tuple[frozenset[str], int]] = field(default_factory=set)
    number: int = 0

    def meet(self, day: int, one: str, other: str, fits: int) -> None:
        """The two meet on a day, at the next moment of it; every other yes goes the quick way."""
        planned = self.plan(day, one, other, fits)
        met = hand_in(planned)
        if self.number % 2 == 0 and second_yes.say(met.key, planned.companion.player_key):
            db.session.expire(met)
        else:
            say_yes(planned, met)

    def plan(self, day: int, one: str, other: str, fits: int) -> Planned:
        """What the two will do on a day, and the clock at its next moment."""
        self.number += 1
        clock.set(max(FIRST_DAY + timedelta(days=day), clock.now() + timedelta(seconds=2)))
        doing, evidence = self._something(frozenset((one, other)), bool(fits))
        return Planned(self.people[one], self.people[other], doing, evidence, f"met-{self.number}")

    def must_be(self, expected: dict[str, Any]) -> None:
        """Everybody's own points and those of the buurt are these; the independent scorer says so too."""
        paid = {name: queries.points(self.season.id, self.people[name].player_key) for name in expected["paid"]}
        assert paid == expected["paid"]
        assert queries.given_to_buurt(self.season.id) == expected["neighbourhood_pot"]
        assert cli.differences() == []

    def _something(self, pair: frozenset[str], fits: bool) -> tuple[Challenge, str]:
        """A challenge that the two did not do yet: the week's, at a spot with who was seen there, or a plain one."""
        weeks = self._weeks()
        choices = [*([weeks] if weeks else []), *self.at_a_spot] if fits else self.plain
        doing = next(one for one in choices if (pair, one.id) not in self.done)
        self.done.add((pair, doing.id))
        return doing, "verified" if doing.spot_id else ""

    def _weeks(self) -> Challenge:
        monday = clock.week_of(clock.today())
        if monday not in self.weeks:
            chosen = self.weeks[monday] = make.challenge(self.here)
            challenges.choose_week(self.here.id, monday, chosen.key)
        return self.weeks[monday]


def hand_in(planned: Planned, made_at: datetime | None = None) -> Encounter:
    """The starter's phone sends it; `made_at`: when it was made, if it waited there."""
    return service.hand_in(
        planned.starter, planned.doing, None, planned.key, planned.companion, planned.evidence, made_at
    )


def say_yes(planned: Planned, met: Encounter) -> None:
    """The companion's phone answers."""
    service.agree(met.id, planned.companion, with_photo=True)


def _group(members: list[Person]) -> None:
    """A declared group, by sentence 5 the same as a household; larger than pages let one be, so as rows."""
    if members:
        group = households.Household(key=codes.new_key(), since=clock.now())
        group.members = [households.Member(person_id=one.id, since=clock.now()) for one in members]
        db.session.add(group)
        db.session.flush()


def begin(script: dict[str, Any]) -> Played:
    """The neighbourhood, the season and the people of a script, on its first day."""
    clock.set(FIRST_DAY)
    here = make.neighbourhood(f"fair-{letters(len(script['people']))}")
    here.zones = [*here.zones, Zone(name="West")]
    spot = make.spot(here)
    db.session.add(spot)
    db.session.flush()
    zones = ("Noord", "Zuid", "West")
    people = {
        one["id"]: make.person(here, f"Buur {letters(number)}", zones[one["zone"]], known=one["known"])
        for number, one in enumerate(script["people"])
    }
    _group([people[one["id"]] for one in script["people"] if one["group"]])
    plain = [make.challenge(here) for _number in range(MOST)]
    there = [make.challenge(here, spot_id=spot.id) for _number in range(MOST)]
    return Played(here, make.season(here, days_ago=0), people, plain, there)

"""The scripts of fairness.json as phones send them: twice, late and in any order, and all of it at one moment.

Their totals stay exactly what they are. What two do who share nobody with two others of that day may come in any order.
"""

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from flask import Flask

from core import clock as now
from core.database import db, writing
from core.once import ACCEPTED
from core.people.models import Person
from game.challenges.models import Challenge
from game.encounters import queries, second_yes, service
from tests.game.encounters.test_races import at_once
from tests.game.scoring import playing
from tests.game.scoring.playing import FIRST_DAY, Planned, Played

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("clock")]
FEW = 40  # meetings; a script with more takes minutes
SCRIPTS = [
    pytest.param(one, id=one["name"], marks=[pytest.mark.long] if len(one["meetings"]) > FEW else [])
    for one in playing.SCRIPTS
]
every_script = pytest.mark.parametrize("script", SCRIPTS)


def days(script: dict[str, Any]) -> Iterable[list[list[Any]]]:
    """Its meetings, a day at a time."""
    return [list(met) for _day, met in groupby(script["meetings"], key=lambda meeting: meeting[0])]


@pytest.mark.long
@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("script", [one for one in SCRIPTS if one.marks])
def test_a_script_of_many_meetings_gives_exactly_its_totals_too(script):
    played = playing.begin(script)
    for meeting in script["meetings"]:
        played.meet(*meeting)
    played.must_be(script["expected"])


@pytest.mark.usefixtures("inside")
@every_script
def test_each_request_may_come_twice(script):
    played = playing.begin(script)
    for meeting in script["meetings"]:
        planned = played.plan(*meeting)
        met = playing.hand_in(planned)
        assert playing.hand_in(planned) is met
        for _time in range(2):
            playing.say_yes(planned, met)
            assert second_yes.say(met.key, planned.companion.player_key) is None
        assert playing.hand_in(planned) is met
    played.must_be(script["expected"])


@pytest.mark.usefixtures("inside")
@every_script
def test_what_waited_on_a_phone_may_come_up_to_fourteen_days_later_and_in_any_order(script):
    """The moment of the second yes decides, so these are said in the order of the script."""
    played, chance, late = playing.begin(script), random.Random(14), 0
    for day in days(script):
        planned = [played.plan(*meeting) for meeting in day]
        mixed, met = chance.sample(planned, len(planned)), {}
        for one in mixed + mixed[::-1]:
            made_at = max(FIRST_DAY, now.now() - ACCEPTED * chance.random())
            met[one.key] = playing.hand_in(one, made_at)
            late += met[one.key].taken_on is not None
        for one in planned:
            now.set(now.now() + timedelta(seconds=2))
            playing.say_yes(one, met[one.key])
    played.must_be(script["expected"])
    assert late


# ---- all at one moment


@dataclass(frozen=True)
class Sent:
    """A meeting that is to be, for threads: by the ids of its rows."""

    starter: int
    companion: int
    doing: int
    evidence: str
    key: str

    def hand_in(self, by_other: bool = False) -> None:
        """By the starter's phone, or by the other's, which reports the same meeting."""
        one, other = (self.companion, self.starter) if by_other else (self.starter, self.companion)
        person, with_whom = db.session.get_one(Person, one), db.session.get_one(Person, other)
        key = f"{self.key}-other" if by_other else self.key
        doing = db.session.get_one(Challenge, self.doing)
        service.hand_in(person, doing, None, key, with_whom, self.evidence)

    def hand_in_other(self) -> None:
        self.hand_in(by_other=True)

    def say_yes(self) -> None:
        starter, companion = (db.session.get_one(Person, one) for one in (self.starter, self.companion))
        met = queries.handed_in(starter.player_key, self.key)
        service.agree(met.id, companion, with_photo=True)

    def say_yes_quickly(self) -> None:
        starter, companion = (db.session.get_one(Person, one) for one in (self.starter, self.companion))
        second_yes.say(queries.handed_in(starter.player_key, self.key).key, companion.player_key)


def sent(planned: Planned) -> Sent:
    return Sent(planned.starter.id, planned.companion.id, planned.doing.id, planned.evidence, planned.key)


def apart(planned: Iterable[Sent]) -> list[list[Sent]]:
    """In groups, one after the other: nobody is twice in one, and each meets in the order of the script."""
    turn: Counter[int] = Counter()
    groups: dict[int, list[Sent]] = defaultdict(list)
    for one in planned:
        when = max(turn[one.starter], turn[one.companion])
        groups[when].append(one)
        turn[one.starter] = turn[one.companion] = when + 1
    return [groups[when] for when in sorted(groups)]


def requests(group: list[Sent], chance: random.Random) -> Iterable[list[Callable[[], None]]]:
    """What the phones of a group send, each twice and mixed: hand-ins, every other one by both; then the yeses."""
    handed_in = [one.hand_in for one in group] + [one.hand_in_other for one in group[::2]]
    yeses = [one.say_yes for one in group] + [one.say_yes_quickly for one in group]
    return [chance.sample(sort * 2, 2 * len(sort)) for sort in (handed_in, yeses)]


@pytest.fixture
def runs(monkeypatch, clock):
    """The clock runs, a millionth of a second each time that it is read: no two moments are the same."""
    ticks = itertools.count(1)
    stands = now.now
    monkeypatch.setattr(now, "now", lambda: stands() + timedelta(microseconds=next(ticks)))


def planned_today(played: Played, day: list[list[Any]]) -> list[Sent]:
    with writing():
        return [sent(played.plan(*meeting)) for meeting in day]


@every_script
def test_all_may_come_twice_and_at_one_moment(app: Flask, runs, script):
    chance, together = random.Random(8), 0
    with app.app_context():
        with writing():
            played = playing.begin(script)
        for day in days(script):
            for group in apart(planned_today(played, day)):
                db.session.rollback()
                together = max(together, len(group))
                for jobs in requests(group, chance):
                    at_once(app, jobs)
        played.must_be(script["expected"])
    print(f"at most {together} meetings at one moment")

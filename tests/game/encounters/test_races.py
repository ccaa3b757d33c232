"""Two phones at the same moment, each request three times, in any order: points exactly right on both databases."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from time import sleep

import pytest
from sqlalchemy import delete, select

from core.database import db, writing
from core.people import names
from core.people.models import Person
from core.refusal import Refusal
from game.challenges.models import Challenge
from game.encounters import cli, service
from game.encounters.models import Encounter, State
from game.scoring.models import Known, LedgerEntry, Total
from tests import make

pytestmark = pytest.mark.both
PEOPLE, WORKERS = 25, 8


@pytest.fixture
def crowd(app):
    """Twenty-five people in two zones and forty challenges, in the middle of a season; the clock runs."""
    with app.app_context():
        with writing():
            here = make.neighbourhood()
            make.season(here)
            for number in range(PEOPLE):
                make.person(here, f"{names.WORDS['adjectives'][number]} Speler", "Noord" if number % 2 else "Zuid")
            for _number in range(40):
                make.challenge(here)
        people = db.session.scalars(select(Person.id).order_by(Person.id)).all()
        challenges = db.session.scalars(select(Challenge.id).order_by(Challenge.id)).all()
    return app, list(people), list(challenges)


def at_once(app, jobs: list[Callable[[], None]], start: Barrier | None = None) -> None:
    """Run jobs on eight threads, each in an app context of its own; a refusal is an answer, anything else a failure."""

    def run(job: Callable[[], None]) -> None:
        with app.app_context():
            if start:
                start.wait(10)
            try:
                with writing():
                    job()
            except Refusal:
                pass

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run, jobs))


def one_into_the_other(app, first: Callable[[], None], second: Callable[[], None]) -> None:
    """Run the second job while what the first one wrote is not committed yet."""
    written = Event()

    def begin() -> None:
        first()
        db.session.flush()
        written.set()
        sleep(0.2)

    def follow() -> None:
        written.wait(9)
        at_once(app, [second])

    thread = Thread(target=follow)
    thread.start()
    at_once(app, [begin])
    thread.join()


def hand_in(one: int, other: int, challenge: int, key: str) -> Callable[[], None]:
    def job() -> None:
        me, you = db.session.get_one(Person, one), db.session.get_one(Person, other)
        service.hand_in(me, db.session.get_one(Challenge, challenge), None, key, you)

    return job


def say_yes(encounter: int, person: int) -> Callable[[], None]:
    return lambda: service.agree(encounter, db.session.get_one(Person, person), with_photo=True) and None


def check_the_ledger(app) -> int:
    """The shares in the ledger, once it equals the independent scorer's and every total equals its sum."""
    with app.app_context():
        assert cli.differences() == []
        return sum(row.purse == "own" for row in cli.written_rows())


def meetings(people: list[int], challenges: list[int], how_many: int) -> list[tuple[int, int, int]]:
    chance = random.Random(7)
    found: set[tuple[int, int, int]] = set()
    while len(found) < how_many:
        one, other = sorted(chance.sample(people, 2))
        found.add((one, other, chance.choice(challenges)))
    return sorted(found)


def test_500_meetings_reported_by_both_phones_three_times_each_are_500(crowd):
    app, people, challenges = crowd
    wanted = meetings(people, challenges, 500)
    jobs = [
        hand_in(*pair, challenge, f"{one}-{other}-{challenge}-of-{pair[0]}")
        for one, other, challenge in wanted
        for pair in ((one, other), (other, one))
        for _time in range(3)
    ]
    random.Random(1).shuffle(jobs)
    at_once(app, jobs)
    with app.app_context():
        confirmed = db.session.scalars(select(Encounter).where(Encounter.state == State.CONFIRMED)).all()
    assert len(confirmed) == 500
    assert check_the_ledger(app) == 2 * len({(one, other) for one, other, _challenge in wanted})


@pytest.mark.long
def test_1000_meetings_handed_in_and_answered_10_000_times_by_both_phones_are_1000(crowd):
    """R2: each phone reports it with a key of its own, and again; each says yes, before and after, and again."""
    app, people, challenges = crowd
    wanted = meetings(people, challenges, 1000)
    jobs = []
    for one, other, challenge in wanted:
        for me, you in ((one, other), (other, one)):
            jobs += [hand_in(me, you, challenge, f"{one}-{other}-{challenge}-of-{me}")] * 3
            jobs += [say_yes_to_it(me, you, challenge)] * 2
    random.Random(3).shuffle(jobs)
    assert len(jobs) == 10_000
    at_once(app, jobs)
    with app.app_context():
        confirmed = db.session.scalars(select(Encounter).where(Encounter.state == State.CONFIRMED)).all()
    assert len(confirmed) == 1000
    assert check_the_ledger(app) == 2 * len({(one, other) for one, other, _challenge in wanted})


def say_yes_to_it(one: int, other: int, challenge: int) -> Callable[[], None]:
    """By who only knows with whom and what: nothing where nobody handed it in yet."""

    def job() -> None:
        me, you = (db.session.get_one(Person, person).player_key for person in (one, other))
        theirs = (Encounter.starter.in_([me, you]), Encounter.companion.in_([me, you]))
        found = db.session.scalar(select(Encounter.id).where(*theirs, Encounter.challenge_id == challenge).limit(1))
        if found:
            say_yes(found, one)()

    return job


def test_150_meetings_answered_by_both_phones_three_times_each_score_once(crowd):
    app, people, challenges = crowd
    wanted = meetings(people, challenges, 150)
    with app.app_context():
        ids = []
        for number, (one, other, challenge) in enumerate(wanted):
            with writing():
                hand_in(one, other, challenge, f"key-{number}")()
            ids.append(db.session.scalars(select(Encounter.id).order_by(Encounter.id.desc()).limit(1)).one())
    jobs = [
        say_yes(encounter, person)
        for encounter, (one, other, _challenge) in zip(ids, wanted, strict=True)
        for person in (one, other)
        for _time in range(3)
    ]
    random.Random(2).shuffle(jobs)
    at_once(app, jobs)
    assert check_the_ledger(app) == 2 * len({(one, other) for one, other, _challenge in wanted})


def test_one_meeting_answered_by_eight_requests_at_the_very_same_moment(crowd):
    app, people, challenges = crowd
    with app.app_context(), writing():
        hand_in(people[0], people[1], challenges[0], "key")()
    with app.app_context():
        encounter = db.session.scalars(select(Encounter.id)).one()
    at_once(app, [say_yes(encounter, people[1])] * WORKERS, Barrier(WORKERS))
    with app.app_context():
        assert [entry.points for entry in db.session.scalars(select(LedgerEntry))] == [15, 15]


def test_two_meetings_at_the_very_same_moment_never_give_more_than_120_a_week(crowd):
    app, people, challenges = crowd
    me, others = people[0], people[1:17]
    with app.app_context():
        ids = []
        for other in others:
            with writing():
                hand_in(me, other, challenges[0], f"key-{other}")()
            ids.append(db.session.scalars(select(Encounter.id).order_by(Encounter.id.desc()).limit(1)).one())
    at_once(app, [say_yes(encounter, other) for encounter, other in zip(ids, others, strict=True)], Barrier(WORKERS))
    check_the_ledger(app)
    with app.app_context():
        mine = db.session.scalars(select(Person).where(Person.id == me)).unique().one().player_key
        [total] = db.session.scalars(select(Total).where(Total.player == mine))
        shares = db.session.execute(select(LedgerEntry.purse, LedgerEntry.points).where(LedgerEntry.player == mine))
        purses = [(purse, points) for purse, points in shares]
    assert total.points == sum(points for purse, points in purses if purse == "own") == 120
    assert (
        sum(points for _purse, points in purses) == sum(10 if n % 2 == 0 else 15 for n in range(1, 17)) == total.given
    )


def test_newcomers_who_become_known_by_meetings_at_the_very_same_moment(crowd):
    app, people, challenges = crowd
    with app.app_context(), writing():
        new = [db.session.get_one(Person, one).player_key for one in people[:10]]
        db.session.execute(delete(Known).where(Known.player.in_(new)))
    wanted = meetings(people, challenges[:1], 150)
    jobs = [
        hand_in(*pair, challenge, f"{one}-{other}-{challenge}-of-{pair[0]}")
        for one, other, challenge in wanted
        for pair in ((one, other), (other, one))
    ]
    random.Random(3).shuffle(jobs)
    at_once(app, jobs)
    assert check_the_ledger(app) >= 2 * len(wanted)
    with app.app_context():
        arrived = db.session.scalars(select(LedgerEntry.id).where(LedgerEntry.reason == "arrived")).all()
        assert len(arrived) > 10

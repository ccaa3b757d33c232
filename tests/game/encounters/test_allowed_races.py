"""A block, a pause, or a wish to be erased, with a yes on its way: after it none is confirmed, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import select

from core import clock as time
from core.conduct import suspending
from core.database import db, writing
from core.guard import Role
from core.people import blocks, erasure, households, suspensions
from core.people.models import Person
from core.refusal import Refusal
from game.encounters import cli, second_yes, service
from game.encounters.models import Encounter, State
from tests import make

pytestmark = pytest.mark.both
ROUNDS = 12


@pytest.fixture
def crowd(app):
    """Twelve pairs, each with a meeting that waits for the yes of the other."""
    with app.app_context(), writing():
        here = make.neighbourhood()
        make.season(here)
        doing = make.challenge(here)
        pairs = []
        for number in range(ROUNDS):
            letters = f"{chr(65 + number)}{chr(66 + number)}"
            one, other = (make.person(here, f"{who} {letters}") for who in ("Links", "Rechts"))
            meeting = make.encounter(one, other, doing)
            pairs.append((meeting.id, meeting.key, one.id, other.id, one.player_key, other.player_key))
    return app, pairs


def at_once(app, *jobs, late: float = 0) -> list[object]:
    """What each gives when all begin at the same moment, on threads of their own; the last `late` seconds on."""
    start = Barrier(len(jobs))

    def run(job):
        with app.app_context():
            start.wait(10)
            sleep(late if job is jobs[-1] else 0)
            try:
                with writing():
                    return job()
            except Refusal as refusal:
                return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.parametrize("in_one_go", [True, False])
def test_a_yes_is_confirmed_before_the_block_or_not_at_all(crowd, in_one_go):
    app, pairs = crowd
    for number, (meeting, key, one, other, my_key, other_key) in enumerate(pairs):

        def block(one=one, other_key=other_key):
            blocks.block(db.session.get_one(Person, one), other_key)
            return time.now()

        def agree(meeting=meeting, key=key, other=other, other_key=other_key):
            if in_one_go:
                second_yes.say(key, other_key)
            else:
                service.agree(meeting, db.session.get_one(Person, other), with_photo=True)
            db.session.flush()

        at_once(app, block, agree, late=number % 3 * 0.01)  # now the one is first, now the other
        with app.app_context():
            since = db.session.scalar(select(blocks.Block.since).where(blocks.Block.player == my_key))
            met = db.session.get_one(Encounter, meeting)
            assert met.state in {State.CONFIRMED, State.PROPOSED}
            if met.state == State.CONFIRMED:
                assert met.confirmed_at <= since
            with writing(), pytest.raises(Refusal):
                make.encounter(db.session.get_one(Person, other), db.session.get_one(Person, one))
    with app.app_context():
        assert cli.differences() == []


@pytest.mark.parametrize("who", ["starter", "companion"])
@pytest.mark.parametrize("in_one_go", [True, False])
def test_a_yes_is_confirmed_before_the_pause_of_either_or_not_at_all(crowd, in_one_go, who):
    app, pairs = crowd
    with app.app_context(), writing():
        editor = make.person(db.session.get_one(Person, pairs[0][2]).neighbourhood, "Ronde Tafel").id
    for number, (meeting, key, one, other, my_key, other_key) in enumerate(pairs):

        def suspend(paused=one if who == "starter" else other):
            asks, about = (db.session.get_one(Person, number) for number in (editor, paused))
            suspending.suspend(asks, Role.EDITOR, about, 1, "pushed")

        def agree(meeting=meeting, key=key, other=other, other_key=other_key):
            if in_one_go:
                second_yes.say(key, other_key)
            else:
                service.agree(meeting, db.session.get_one(Person, other), with_photo=True)
            db.session.flush()

        at_once(app, suspend, agree, late=number % 3 * 0.01)
        with app.app_context():
            given = suspensions.of(my_key if who == "starter" else other_key)
            met = db.session.get_one(Encounter, meeting)
            assert met.state in {State.CONFIRMED, State.PROPOSED}
            if met.state == State.CONFIRMED:
                assert met.confirmed_at <= given.since
            with writing(), pytest.raises(Refusal):
                make.encounter(db.session.get_one(Person, other), db.session.get_one(Person, one))
    with app.app_context():
        assert cli.differences() == []


def test_two_editors_at_once_give_one_pause(crowd):
    app, pairs = crowd
    with app.app_context(), writing():
        here = db.session.get_one(Person, pairs[0][2]).neighbourhood
        editors = [make.person(here, name).id for name in ("Ronde Tafel", "Hoge Kast")]

    def suspend(editor):
        asks, about = (db.session.get_one(Person, number) for number in (editor, pairs[0][2]))
        return suspending.suspend(asks, Role.EDITOR, about, 1, "pushed").id

    given = at_once(app, *[lambda editor=editor: suspend(editor) for editor in editors * 3])
    assert sum(isinstance(one, int) for one in given) == 1


def test_a_yes_to_who_is_being_erased_is_before_it_or_not_at_all(crowd):
    app, pairs = crowd
    for meeting, key, one, _other, _my_key, other_key in pairs:

        def leave(one=one):
            me = db.session.get_one(Person, one)
            erasure.ask(me, me.name, None)

        at_once(app, leave, lambda key=key, other_key=other_key: second_yes.say(key, other_key))
        with app.app_context():
            met, me = db.session.get_one(Encounter, meeting), db.session.get_one(Person, one)
            assert me.leaving_at is not None
            assert met.state == State.PROPOSED or met.confirmed_at <= me.leaving_at


def test_eight_answers_to_one_question_make_one_household(crowd):
    app, pairs = crowd
    _meeting, _key, one, other, *_keys = pairs[0]
    with app.app_context(), writing():
        asker, asked = db.session.get_one(Person, one), db.session.get_one(Person, other)
        households.ask(asker, asked)
        households.ask(asked, asker)
        keys = {who.id: households.waiting_for(who)[0].key for who in (asker, asked)}

    def say(who):
        return lambda: households.answer(db.session.get_one(Person, who), keys[who], is_yes=True)

    at_once(app, *[say(who) for who in (one, other) * 4])
    with app.app_context():
        assert len(db.session.scalars(select(households.Household)).all()) == 1
        assert len(db.session.scalars(select(households.Member)).all()) == 2

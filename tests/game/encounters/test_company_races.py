"""A block, or a wish to be erased, while the yes is on its way: after it nothing is confirmed, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import select

from core import clock as time
from core.database import db, writing
from core.people import blocks, erasure, households
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
        assert cli.expected_rows() == cli.written_rows()
        assert cli.wrong_totals() == []


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

"""Two things at the very same moment: one truth comes of it."""

import threading
from contextlib import suppress

import pytest
from sqlalchemy import select

from core.contributions import queries, service
from core.contributions.models import Contribution, State
from core.database import db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.places.models import Spot
from core.refusal import Refusal
from tests.game.encounters.test_races import one_into_the_other

pytestmark = pytest.mark.both


@pytest.fixture
def bed(here, kinds, amina):
    """The key of one that waits, and whose it is."""
    made = service.hand_in(kinds["bed"], here, amina.player_key, {"words": "Rozen"}, "nl", named=False)
    db.session.commit()
    return made.key, amina.player_key


def refused(act):
    with suppress(Refusal):
        act()


@pytest.fixture
def acts(here, bed, cem):
    """What can be done to it, each finding it anew."""
    (key, who), place, editor = bed, here.id, cem.player_key

    def mine():
        return queries.one_of(who, key)

    def change():
        found = mine()
        if found:
            service.send_again(found, db.session.get_one(Neighbourhood, place), {"words": "Tulpen"}, "nl", False)

    def yes():
        deciding.decide(place, "bed", key, "good", editor, Role.EDITOR)

    def withdraw():
        found = mine()
        if found:
            service.withdraw(found)

    acts = {"change": change, "yes": yes, "withdraw": withdraw}
    return {name: lambda act=act: refused(act) for name, act in acts.items()}


def stand():
    """What stands in the database: the contributions, and what everybody sees."""
    db.session.rollback()
    beds = db.session.scalars(select(Contribution)).all()
    return beds, [
        spot.name for spot in db.session.scalars(select(Spot).where(Spot.removed_at.is_(None))) if spot.street
    ]


@pytest.mark.parametrize(("first", "second"), [("yes", "withdraw"), ("withdraw", "yes")])
def test_a_yes_and_a_withdrawal_leave_nothing_to_see(app, acts, first, second):
    with app.test_request_context("/w/lombok/"):
        one_into_the_other(app, acts[first], acts[second])
        assert stand() == ([], [])


@pytest.mark.parametrize(("first", "second"), [("yes", "change"), ("change", "yes")])
def test_words_that_change_at_the_moment_of_a_yes_are_shown_with_both_signatures_alone(app, acts, first, second):
    with app.test_request_context("/w/lombok/"):
        one_into_the_other(app, acts[first], acts[second])
        [bed], seen = stand()
        assert bed.state == State.SHOWN
        assert seen == [bed.shown.content["words"]]
        assert bed.shown.is_signed_by(frozenset({"editor", "gardener"}))


def test_sent_twice_at_once_it_is_one(app, here, bed, kinds):
    place, who, gate = here.id, bed[1], threading.Barrier(2)

    def again():
        with app.test_request_context("/w/lombok/"):
            gate.wait(10)
            with writing():
                neighbourhood = db.session.get_one(Neighbourhood, place)
                service.hand_in(kinds["bed"], neighbourhood, who, {"words": "Lelies"}, "nl", named=False)

    db.session.rollback()
    threads = [threading.Thread(target=again) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    beds, _seen = stand()
    assert sorted(one.last.content["words"] for one in beds) == ["Lelies", "Rozen"]

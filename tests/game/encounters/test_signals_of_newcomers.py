"""Signals about newcomers: who made the same ones known, and whom newcomers met alone; and the scripts of fairness."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import select

from core import clock
from core.database import db
from core.desk import queries as desk
from game.encounters import signals_found
from game.encounters.models import Encounter
from game.encounters.signals_found import Look, Raised
from tests import make
from tests.game.encounters.test_signals import at_once_five_times, decide, looks, play, same_photo, swept
from tests.game.scoring import playing

pytestmark = pytest.mark.both
SCRIPTS = {script["name"]: script for script in playing.SCRIPTS}
NOTHING = (
    "honest player, 12 new contacts", "street party of 25, everyone with everyone once", "declared group of 25, once",
    "two friends, every day", "shy player, 3 new contacts", "waiting points arrive in two weeks",
)  # fmt: skip
LONG = ("street party of 25, three times, eight days apart", "declared group of 25, three times")  # 900 meetings each
COLLUDING = "three known cheats from three zones sharing 60 fakes"


@pytest.fixture
def web(app, here):
    with app.test_request_context("/w/lombok/"):
        yield


def play_script(name):
    """Play a script whose people looked at each photo for a minute, and let the sweeps look at all of it."""
    script = SCRIPTS[name]
    played = playing.begin(script)
    for day, one, other, fits in script["meetings"]:
        played.meet(day, one, other, fits)
    for met in db.session.scalars(select(Encounter)):
        met.made_at -= timedelta(minutes=1)
    db.session.commit()
    clock.set(clock.now() + signals_found.SETTLED)
    upto = None
    while upto != (upto := db.session.scalar(select(Look.upto))) or upto is None:
        signals_found.sweep()
    return played


def newcomers(here, many):
    words = ("Een", "Twee", "Drie", "Vier", "Vijf")
    return [make.person(here, f"Buur {word}", known=False) for word in words[:many]]


@pytest.mark.parametrize("name", [*NOTHING, *(pytest.param(name, marks=pytest.mark.long) for name in LONG)])
def test_the_honest_the_party_and_the_declared_group_raise_nothing(web, name):
    played = play_script(name)
    assert looks(played.here, make.person(played.here, "Rode Fiets")) == []


def test_the_three_colluding_accounts_raise_exactly_one_item_that_is_about_the_three(web):
    played = play_script(COLLUDING)
    editor = make.person(played.here, "Rode Fiets")
    [item] = looks(played.here, editor)
    three = {played.people[name].player_key for name in ("c0", "c1", "c2")}
    assert item.readers == three
    assert all(played.people[name].name in item.called for name in ("c0", "c1", "c2"))
    assert item.letters == ""
    decide(played.here, item, editor, "back", reason="more people")
    assert looks(played.here, editor) == []
    assert all(desk.unread(player) == 1 for player in three)


SEEN = {  # what somebody does with two neighbours and four newcomers
    "same picture": lambda one, others, _new: same_photo(one, *others),
    "one phone": lambda one, others, _new: [play(one, others[0], on_one_phone=True) for _time in range(6)],
    "at once": lambda one, others, _new: at_once_five_times(one, others[0]),
    "only partner": lambda one, _others, new: [play(one, newcomer) for newcomer in new],
}


@pytest.mark.parametrize("names", [*combinations(SEEN, 1), *combinations(SEEN, 2), tuple(SEEN)], ids=" and ".join)
def test_one_signal_alone_is_no_item_and_each_two_and_all_of_them_are_exactly_one(
    here, web, amina, bram, cem, dirk, names
):
    new = newcomers(here, 4)
    for name in names:
        SEEN[name](amina, (bram, cem), new)
    swept()
    assert set(db.session.scalars(select(Raised.name).where(Raised.player == amina.player_key))) == set(names)
    found = looks(here, dirk)
    assert [item.readers for item in found] == [{amina.player_key}] * (len(names) > 1)


def made_known(here, vouchers, people):
    for number, newcomer in enumerate(people):
        if number % 3 == 0:
            clock.set(clock.now() + timedelta(days=7))
        for voucher in vouchers:
            play(voucher, newcomer)


def test_four_newcomers_of_the_same_three_are_nothing_and_five_are_one_item(here, web, amina, bram, cem, dirk):
    people = newcomers(here, 5)
    made_known(here, (amina, bram, cem), people[:4])
    swept()
    assert looks(here, dirk) == []
    for voucher in (amina, bram, cem):
        play(voucher, people[4])
    assert swept() >= 3
    [item] = looks(here, dirk)
    assert item.readers == {one.player_key for one in (amina, bram, cem)}
    assert looks(here, cem) == []  # who is in it does not decide about it


def test_five_newcomers_of_different_threes_are_nothing(here, web, amina, bram, cem, dirk):
    editor, people = make.person(here, "Rode Fiets"), newcomers(here, 5)
    made_known(here, (amina, bram, cem), people[:3])
    made_known(here, (amina, bram, dirk), people[3:])
    swept()
    assert looks(here, editor) == []


def test_four_newcomers_who_met_one_person_are_a_signal_that_waits_for_another(here, web, amina, bram, dirk):
    *three, fourth = newcomers(here, 4)
    for newcomer in three:
        play(amina, newcomer)
    assert swept() == 0
    play(amina, fourth)
    assert swept() == 1
    assert db.session.scalars(select(Raised.name)).all() == ["only partner"]
    assert looks(here, dirk) == []
    at_once_five_times(amina, bram)
    swept()
    [item] = looks(here, dirk)
    assert item.readers == {amina.player_key}


def test_newcomers_who_met_somebody_else_too_are_no_signal(here, web, amina, bram):
    for newcomer in newcomers(here, 4):
        play(amina, newcomer)
        play(bram, newcomer)
    assert swept() == 0


def test_two_signals_about_one_of_the_three_are_a_look_of_their_own(here, web, amina, bram, cem, dirk):
    made_known(here, (amina, bram, cem), newcomers(here, 5))
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    swept()
    found = looks(here, dirk)
    assert {item.readers for item in found} == {
        frozenset({amina.player_key}), frozenset(one.player_key for one in (amina, bram, cem)),
    }  # fmt: skip

"""A talk card: both answer the same question, and what they write is for the two."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.people.models import Person
from game.encounters import talk
from game.encounters.models import TalkAnswer
from tests import make
from tests.game.encounters.test_pages import hand_in, joined, letters

pytestmark = pytest.mark.both
SAID = "De bel van de school."


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        make.world()
        with writing():
            make.challenge(db.session.scalars(select(Neighbourhood)).one(), "sounds", "talk")
    return app


@pytest.fixture
def two(lombok):
    """Two who talked, and where their meeting is."""
    one, other = joined(lombok, "Rode Fiets"), joined(lombok, "Groene Deur")
    address = hand_in(one, "sounds").location
    other.post(f"/e/{letters(lombok, one, address)}/yes", data={"photo": "with"})
    return one, other, address


def page(phone, address: str) -> str:
    return phone.get(address).get_data(as_text=True)


def test_words_are_read_by_the_other_once_both_wrote(two):
    one, other, address = two
    assert one.post(f"{address}/words", data={"words": f"  {SAID}\n"}).status_code == 303
    assert SAID in page(one, address)
    assert SAID not in page(other, address)
    other.post(f"{address}/words", data={"words": "Regen."})
    assert SAID in page(other, address)
    assert "Regen." in page(one, address)


def test_it_is_an_answer_and_no_conversation(two, lombok):
    one, other, address = two
    for words in ("Eerst.", "En nog iets."):
        one.post(f"{address}/words", data={"words": words})
    one.post(f"{address}/words", data={"take_back": "1"})
    one.post(f"{address}/words", data={"words": "Toch weer."})
    other.post(f"{address}/words", data={"words": "Regen."})
    for phone in (one, other):
        assert not re.search("Eerst|nog iets|Toch weer", page(phone, address))
    with lombok.app_context():
        assert sorted(db.session.scalars(select(TalkAnswer.words))) == ["", "Regen."]


@pytest.mark.parametrize("words", ["", "   ", "x" * 281])
def test_nothing_and_too_much_are_refused_with_a_sentence(two, words):
    one, _other, address = two
    answer = one.post(f"{address}/words", data={"words": words})
    assert answer.status_code == 422
    assert "280" in answer.get_data(as_text=True)


def test_nobody_else_reads_or_writes_and_no_other_challenge_takes_words(two, lombok):
    one, other, address = two
    third = joined(lombok, "Gele Kraan")
    assert third.post(f"{address}/words", data={"words": SAID}).status_code == 404
    bench = hand_in(one, "bench", key="bench").location
    assert one.post(f"{bench}/words", data={"words": SAID}).status_code == 422
    other.post(f"/e/{letters(lombok, one, bench)}/yes", data={"photo": "with"})
    assert one.post(f"{bench}/words", data={"words": SAID}).status_code == 422


def test_before_the_second_yes_there_is_nothing_to_write(lombok):
    one = joined(lombok, "Rode Fiets")
    address = hand_in(one, "sounds").location
    assert one.post(f"{address}/words", data={"words": SAID}).status_code == 422


def test_what_somebody_said_is_exported_and_erased(two, lombok):
    one, _other, address = two
    one.post(f"{address}/words", data={"words": SAID})
    with lombok.app_context(), writing():
        me = db.session.scalars(select(Person).where(Person.name == "Rode Fiets")).unique().one()
        assert [kept["words"] for kept in talk.export(me.player_key)] == [SAID]
        talk.erase(me.player_key)
        assert talk.export(me.player_key) == []


def test_a_poem_that_two_made_is_written_down_in_words(lombok):
    with lombok.app_context(), writing():
        make.challenge(db.session.scalars(select(Neighbourhood)).one(), "poem", "make")
    one, other = joined(lombok, "Gele Regenjas"), joined(lombok, "Witte Duif")
    address = hand_in(one, "poem").location
    other.post(f"/e/{letters(lombok, one, address)}/yes", data={"photo": "without"})
    assert "Wat maakten jullie, in woorden?" in page(one, address)
    for phone in (one, other):
        phone.post(f"{address}/words", data={"words": "De bus reed weg, wij bleven."})
    assert page(other, address).count("De bus reed weg, wij bleven.") == 2

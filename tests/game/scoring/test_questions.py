"""A player asks whether points are right: a coordinator reads what was given and when, never to whom."""

from dataclasses import fields

import pytest
from sqlalchemy import select

from core import clock as moments
from core import personal_data
from core.database import db
from core.refusal import Refusal
from game.scoring import questions
from game.scoring.models import Question
from tests import make

pytestmark = pytest.mark.both


def waiting(here, coordinator="somebody") -> list[questions.Asked]:
    return questions.open_ones(here.id, coordinator)


def test_a_question_waits_with_what_each_rule_gave_and_without_whose_it_is(here, amina, bram):
    met = make.confirmed(amina, bram)
    questions.ask(amina.player_key, met.key, "not met")
    [asked] = waiting(here)
    assert (asked.reason, asked.lines) == ("not met", [("first", 10), ("other zone", 5)])
    said = " ".join(str(getattr(asked, one.name)) for one in fields(asked))
    for secret in (amina.player_key, bram.player_key, amina.name, bram.name, amina.tag, bram.tag, met.key):
        assert secret not in said


def test_two_who_ask_about_one_meeting_stand_there_like_two_strangers(here, amina, bram, cem, dirk):
    met, other = make.confirmed(amina, bram), make.confirmed(cem, bram)
    for one, meeting in ((amina, met), (bram, met), (cem, other)):
        questions.ask(one.player_key, meeting.key, "not met")
    assert len(waiting(here)) == 3
    questions.answer(questions.one(here.id, waiting(here)[0].key, dirk.player_key))
    assert len(waiting(here)) == 2


def test_asking_twice_is_asking_once(here, amina, bram):
    met = make.confirmed(amina, bram)
    questions.ask(amina.player_key, met.key, "not met")
    questions.ask(amina.player_key, met.key, "points")
    assert [one.reason for one in db.session.scalars(select(Question))] == ["not met"]


def test_nobody_asks_about_anothers_meeting_or_without_a_reason(here, amina, bram, cem):
    met = make.confirmed(amina, bram)
    for player, reason in ((cem.player_key, "not met"), (amina.player_key, "because")):
        with pytest.raises(Refusal):
            questions.ask(player, met.key, reason)
    assert waiting(here) == []


def test_a_coordinator_neither_sees_nor_answers_what_is_about_themselves(here, amina, bram):
    questions.ask(amina.player_key, make.confirmed(amina, bram).key, "not met")
    [asked] = waiting(here)
    assert waiting(here, bram.player_key) == []
    with pytest.raises(Refusal, match="over jou"):
        questions.one(here.id, asked.key, bram.player_key)


def test_another_neighbourhood_sees_none_of_it(here, amina, bram, dirk):
    elsewhere = make.neighbourhood("zuilen")
    questions.ask(amina.player_key, make.confirmed(amina, bram).key, "not met")
    [asked] = waiting(here)
    assert waiting(elsewhere) == []
    with pytest.raises(Refusal):
        questions.one(elsewhere.id, asked.key, dirk.player_key)


def test_what_was_answered_waits_no_more_and_goes_with_its_player(here, amina, bram, dirk):
    met = make.confirmed(amina, bram)
    questions.ask(amina.player_key, met.key, "not met")
    key = waiting(here)[0].key
    questions.answer(questions.one(here.id, key, dirk.player_key))
    assert waiting(here) == []
    with pytest.raises(Refusal):
        questions.one(here.id, key, dirk.player_key)
    assert questions.of(amina.player_key, [met.key])[met.key].answered_at == moments.now()
    [kept] = personal_data.SORTS.of("questions about points").export(amina.player_key)
    assert kept["why"] == "not met"
    personal_data.SORTS.of("questions about points").erase(amina.player_key)
    assert questions.of(amina.player_key, [met.key]) == {}

"""Living together: both say so, a no is silent, and a block changes nothing that anybody sees."""

import pytest
from sqlalchemy import func, select

from core.database import db
from core.people import blocks, households
from core.people.households import Ask, Household, Member
from core.refusal import Refusal
from game.encounters import cli, second_yes, service
from game.scoring.models import LedgerEntry
from tests import make
from tests.core import objects

pytestmark = pytest.mark.both


def together(one, *others) -> None:
    for other in others:
        households.ask(one, other)
        [asked] = [ask for ask in households.waiting_for(other) if ask.asker_id == one.id]
        households.answer(other, asked.key, is_yes=True)


def lines(person) -> list[list[list[object]]]:
    wanted = select(LedgerEntry.lines).where(LedgerEntry.player == person.player_key).order_by(LedgerEntry.id)
    return list(db.session.scalars(wanted))


def test_two_live_together_once_both_said_so(amina, bram):
    households.ask(amina, bram)
    households.ask(amina, bram)
    assert households.of(amina) is None
    assert len(households.who_wait_for(bram)) == 1
    together(amina, bram)
    assert {member.person_id for member in households.of(bram).members} == {amina.id, bram.id}
    assert len(households.who_wait_for(bram)) == 0


def test_a_no_looks_to_the_asker_like_no_answer(amina, bram, cem):
    households.ask(amina, bram)
    households.ask(amina, cem)
    [asked] = households.waiting_for(bram)
    households.answer(bram, asked.key, is_yes=False)
    assert [one.letters for one in households.asked_by(amina)] == [bram.tag, cem.tag]
    assert len(households.who_wait_for(bram)) == 0
    households.ask(amina, bram)
    assert len(households.who_wait_for(bram)) == 0


def test_who_is_blocked_asks_and_nothing_arrives(amina, bram):
    blocks.block(bram, amina.player_key)
    households.ask(amina, bram)
    assert [one.letters for one in households.asked_by(amina)] == [bram.tag]
    assert households.waiting_for(bram) == []


def test_only_who_was_asked_answers_and_only_once(amina, bram, cem):
    households.ask(amina, bram)
    key = households.waiting_for(bram)[0].key
    with pytest.raises(Refusal):
        households.answer(cem, key, is_yes=True)
    households.answer(bram, key, is_yes=True)
    with pytest.raises(Refusal):
        households.answer(bram, key, is_yes=True)


def test_of_many_who_ask_a_page_shows_the_oldest_and_the_next_come_once_those_are_answered(here, amina):
    first, *others = [make.person(here, f"{start} Vos") for start in objects.starts(households.SHOWN + 2)]
    for asker in (first, *others):
        households.ask(asker, amina)
    shown = households.waiting_for(amina)
    assert [ask.asker for ask in shown] == [first, *others[: households.SHOWN - 1]]
    assert len(households.who_wait_for(amina)) == households.SHOWN + 2
    households.answer(amina, shown[0].key, is_yes=False)
    assert [ask.asker for ask in households.waiting_for(amina)] == others[: households.SHOWN]


def test_nobody_lives_in_two_households_and_eight_is_the_most(here, amina, bram, cem, dirk):
    together(amina, bram)
    together(cem, dirk)
    households.ask(amina, cem)
    with pytest.raises(Refusal, match="ander huishouden"):
        households.answer(cem, households.waiting_for(cem)[0].key, is_yes=True)
    more = [make.person(here, f"Huisgenoot {letter}") for letter in "ABCDEFG"]
    together(amina, *more[:6])
    with pytest.raises(Refusal, match="acht"):
        households.ask(amina, more[6])


def test_who_leaves_is_out_at_once_and_a_household_of_one_is_none(amina, bram, cem):
    together(amina, bram, cem)
    households.leave(bram)
    assert households.of(bram) is None
    assert len(households.of(amina).members) == 2
    households.leave(cem)
    assert households.of(amina) is None
    assert db.session.scalar(select(func.count()).select_from(Household)) == 0
    assert db.session.scalar(select(func.count()).select_from(Member)) == 0


def test_a_question_is_over_after_fourteen_days_and_may_be_asked_again(amina, bram, clock):
    households.ask(amina, bram)
    clock.advance(days=14, seconds=1)
    assert households.waiting_for(bram) == households.asked_by(amina) == []
    households.ask(amina, bram)
    assert len(households.who_wait_for(bram)) == 1
    assert db.session.scalar(select(func.count()).select_from(Ask)) == 1


@pytest.mark.parametrize("in_one_go", [True, False])
def test_a_household_gets_five_each_once_a_season_and_no_other_lines(amina, bram, clock, in_one_go):
    together(amina, bram)
    for _week in range(3):
        meeting = make.encounter(amina, bram)
        if in_one_go:
            assert second_yes.say(meeting.key, bram.player_key)
            db.session.expire_all()
        else:
            service.agree(meeting.id, bram, with_photo=True)
        clock.advance(days=7)
    assert lines(amina) == lines(bram) == [[["household", 5]]]
    assert cli.differences() == []


def test_the_household_at_the_moment_of_the_yes_counts(amina, bram):
    together(amina, bram)
    meeting = make.encounter(amina, bram)
    households.leave(bram)
    service.agree(meeting.id, bram, with_photo=True)
    assert lines(amina) == [[["first", 10], ["other zone", 5]]]
    assert cli.differences() == []


def test_who_met_before_living_together_gets_nothing_more_for_it(amina, bram, clock):
    make.confirmed(amina, bram)
    together(amina, bram)
    clock.advance(days=8)
    make.confirmed(amina, bram)
    assert lines(amina) == [[["first", 10], ["other zone", 5]]]
    households.leave(amina)
    make.confirmed(amina, bram)
    assert lines(amina) == [[["first", 10], ["other zone", 5]], [["again", 5]]]
    assert cli.differences() == []

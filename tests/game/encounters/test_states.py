"""The states of an encounter: who may do what, when, and what it gives."""

import pytest
from sqlalchemy import select

from core.database import db
from core.refusal import Refusal, Sort
from game.encounters import jobs, queries, service
from game.encounters.models import State
from game.scoring import queries as scoring
from game.scoring.models import LedgerEntry
from tests import make

pytestmark = pytest.mark.both


def points(person):
    return sum(entry.points for entry in _entries(person))


def _entries(person):
    return db.session.scalars(select(LedgerEntry).where(LedgerEntry.player == person.player_key)).all()


def test_both_get_the_same_price_when_the_second_says_yes(amina, bram):
    meeting = make.encounter(amina, bram)
    assert points(amina) == points(bram) == 0
    service.agree(meeting.id, bram, with_photo=True)
    assert points(amina) == points(bram) == 15  # first time 10, other zone 5


def test_a_second_yes_of_the_same_person_changes_nothing(amina, cem):
    meeting = make.confirmed(amina, cem)
    service.agree(meeting.id, cem, with_photo=True)
    service.agree(meeting.id, cem, with_photo=False)
    assert points(amina) == points(cem) == 10


def test_a_stranger_cannot_say_yes_to_somebody_elses_meeting(amina, bram, dirk):
    meeting = make.encounter(amina, bram)
    with pytest.raises(Refusal):
        service.agree(meeting.id, dirk, with_photo=True)
    assert points(dirk) == 0


def test_nobody_meets_themselves(amina, bench):
    meeting = service.hand_in(amina, bench, None, "key")
    with pytest.raises(Refusal):
        service.name_companion(meeting.id, amina, amina)


def test_no_answer_in_72_hours_ends_it_even_before_the_sweep(amina, bram, clock):
    meeting = make.encounter(amina, bram)
    clock.advance(hours=72)
    assert not meeting.is_open
    with pytest.raises(Refusal):
        service.agree(meeting.id, bram, with_photo=True)


def test_the_sweep_ends_what_nobody_answered(amina, bram, clock):
    meeting = make.encounter(amina, bram)
    db.session.commit()
    clock.advance(hours=72)
    assert jobs.sweep() == 1
    assert jobs.sweep() == 0
    assert queries.locked(meeting.id).state == State.EXPIRED


def test_after_a_no_the_pair_can_do_the_challenge_after_all(amina, bram, bench):
    service.decline(make.encounter(amina, bram, bench).id, bram)
    assert make.confirmed(amina, bram, bench).is_confirmed


def test_an_overdue_meeting_does_not_stand_in_the_way_of_a_new_one(amina, bram, bench, clock):
    make.encounter(amina, bram, bench)
    clock.advance(hours=73)
    assert make.confirmed(amina, bram, bench).is_confirmed


def test_the_starter_takes_back_a_yes_while_nobody_answered(amina, bram):
    meeting = make.encounter(amina, bram)
    service.take_back(meeting.id, amina)
    with pytest.raises(Refusal):
        service.agree(meeting.id, bram, with_photo=True)


def test_confirmed_is_final(amina, bram):
    meeting = make.confirmed(amina, bram)
    with pytest.raises(Refusal):
        service.take_back(meeting.id, amina)
    with pytest.raises(Refusal):
        service.decline(meeting.id, bram)


def test_the_same_hand_in_twice_is_one(amina, bram, bench):
    one = service.hand_in(amina, bench, None, "same", bram)
    assert service.hand_in(amina, bench, None, "same", bram) is one


def test_the_same_key_with_other_content_is_refused(amina, bench, bike):
    service.hand_in(amina, bench, None, "same")
    with pytest.raises(Refusal) as refused:
        service.hand_in(amina, bike, None, "same")
    assert refused.value.kind == Sort.CONFLICT


def test_two_reports_of_one_meeting_become_one(amina, bram, bench):
    service.hand_in(amina, bench, None, "of amina", bram)
    merged = service.hand_in(bram, bench, None, "of bram", amina)
    assert merged.is_confirmed
    assert merged.starter == amina.player_key
    assert points(amina) == points(bram) == 15


def test_two_codes_for_one_meeting_become_one(amina, bram, bench):
    mine = service.hand_in(amina, bench, None, "of amina")
    yours = service.hand_in(bram, bench, None, "of bram")
    first = service.agree(mine.id, bram, with_photo=True)
    second = service.agree(yours.id, amina, with_photo=True)
    assert second is first
    assert points(amina) == points(bram) == 15
    assert service.hand_in(bram, bench, None, "of bram") is first


def test_the_same_pair_and_challenge_on_another_day_is_refused(amina, bram, bench, clock):
    make.confirmed(amina, bram, bench)
    clock.advance(days=1)
    with pytest.raises(Refusal) as refused:
        make.confirmed(amina, bram, bench)
    assert refused.value.kind == Sort.CONFLICT


def test_a_child_is_refused_both_ways_in_the_same_words(here, amina, bench):
    child = make.person(here, "Kleine Vlieger", is_young=True)
    with pytest.raises(Refusal) as as_starter:
        service.hand_in(child, bench, None, "of the child", amina)
    with pytest.raises(Refusal) as as_companion:
        service.hand_in(amina, bench, None, "of amina", child)
    open_one = service.hand_in(amina, bench, None, "open")
    with pytest.raises(Refusal) as by_code:
        service.agree(open_one.id, child, with_photo=True)
    assert str(as_starter.value.sentence) == str(as_companion.value.sentence) == str(by_code.value.sentence)


def test_outside_a_season_a_meeting_goes_to_the_album_without_points(amina, bram, clock):
    clock.advance(days=60)
    meeting = make.confirmed(amina, bram)
    assert meeting.is_confirmed
    assert points(amina) == points(bram) == 0
    assert [one.id for one in queries.album(bram)] == [meeting.id]


def test_the_moment_of_the_second_yes_decides_the_season(here, amina, bram, clock):
    clock.advance(days=24)  # the season's last day is day 27 of 0..27, 3 of which had passed
    meeting = make.encounter(amina, bram)
    clock.advance(days=1)
    service.agree(meeting.id, bram, with_photo=True)
    assert meeting.season_id is None


def test_five_meetings_a_week_score_with_one_phone_for_two(here, amina):
    others = [make.person(here, f"Buur {letter}", "Noord") for letter in "ABCDEFG"]
    for other in others:
        service.agree(make.encounter(amina, other).id, other, with_photo=True, on_this_phone=True)
    assert points(amina) == 5 * 10
    assert points(others[4]) == 10
    assert points(others[5]) == points(others[6]) == 0
    assert len(queries.album(amina)) == 7


def test_a_total_is_what_a_person_reads_as_their_points(amina, bram):
    meeting = make.confirmed(amina, bram)
    assert scoring.points(meeting.season_id, amina.player_key) == 15

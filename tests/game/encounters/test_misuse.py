"""What somebody might try, by malice or by a thumb: each was once possible."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core.database import db
from core.people import blocks
from core.people.models import Person
from core.photos.prepare import prepare
from core.refusal import Refusal
from core.storage import storage
from game.encounters import cli, meeting_pages, queries, service
from game.encounters.models import State
from game.scoring.models import LedgerEntry
from tests import make

pytestmark = pytest.mark.both


def kiek(colour: str = "teal"):
    return prepare(make.jpeg(colour, (64, 48)), storage().tmp())


def rows() -> int:
    return len(db.session.scalars(select(LedgerEntry)).all())


def test_a_yes_that_was_taken_back_never_counts(amina, bram, bench):
    mine = service.hand_in(amina, bench, None, "of amina")
    service.hand_in(bram, bench, None, "of bram", amina)
    service.take_back(mine.id, amina)
    with pytest.raises(Refusal):
        service.agree(mine.id, bram, with_photo=True)
    assert rows() == 0


def test_a_report_that_went_up_in_another_gives_its_yes_to_nobody_else(amina, bram, dirk, bench):
    mine = service.hand_in(amina, bench, None, "of amina")
    service.hand_in(bram, bench, None, "of bram", amina)
    service.agree(mine.id, bram, with_photo=True)
    service.hand_in(dirk, bench, None, "of dirk", amina)
    with pytest.raises(Refusal):
        service.agree(mine.id, dirk, with_photo=True)
    assert rows() == 2


def test_the_letters_of_a_meeting_that_ended_are_over(amina, bench):
    meeting = service.hand_in(amina, bench, None, "key")
    letters = service.new_code(meeting.id, amina).letters
    service.take_back(meeting.id, amina)
    with pytest.raises(Refusal):
        service.by_code(letters)


def test_a_yes_is_for_the_photos_that_were_shown_not_for_those_a_merge_brings(amina, bram, bench):
    first = service.hand_in(amina, bench, kiek("red"), "first", bram)
    second = service.hand_in(amina, bench, kiek("blue"), "second")
    merged = service.agree(second.id, bram, with_photo=True)
    assert merged is first
    assert [picture.waits for picture in meeting_pages.pictures(merged, merged.key, bram.player_key)] == [True, False]
    assert len(meeting_pages.shared(merged, amina.player_key)) == 1


def test_each_photo_of_two_reports_waits_for_the_yes_of_the_other(amina, bram, bench):
    service.hand_in(amina, bench, kiek("red"), "of amina", bram)
    merged = service.hand_in(bram, bench, kiek("blue"), "of bram", amina)
    assert merged.is_confirmed
    assert meeting_pages.shared(merged, amina.player_key) == []
    for photo in merged.photos:
        other = bram if photo.maker == amina.player_key else amina
        service.allow_photo(merged.id, other, photo.key)
    assert len(meeting_pages.shared(merged, amina.player_key)) == 2


def test_without_photo_after_all_takes_the_photo_away(amina, bram, bench):
    meeting = service.hand_in(amina, bench, kiek(), "key", bram)
    service.agree(meeting.id, bram, with_photo=True)
    service.agree(meeting.id, bram, with_photo=False)
    assert meeting.photos[0].is_forgotten
    assert rows() == 2


def test_a_refused_hand_in_leaves_no_picture(amina, bram, bench, clock):
    blocks.block(amina, bram.player_key)
    with pytest.raises(Refusal):
        service.hand_in(amina, bench, kiek(), "again", bram)
    assert list(storage().names()) == []


def test_one_phone_meetings_before_the_season_do_not_use_up_the_five(app, inside, clock):
    here = make.neighbourhood()
    db.session.commit()
    amina = make.person(here, "Blauwe Reiger")
    for letter in "ABCDE":
        other = make.person(here, f"Buur {letter}")
        service.agree(make.encounter(amina, other).id, other, with_photo=True, on_this_phone=True)
    clock.advance(days=1)
    make.season(here, days_ago=0)
    other = make.person(here, "Buur F")
    service.agree(make.encounter(amina, other).id, other, with_photo=True, on_this_phone=True)
    assert rows() == 2
    assert cli.differences() == []


def test_a_challenge_counts_once_a_season_also_across_its_first_night(here, amina, bram, bench, clock):
    clock.advance(days=24)  # the last day of the season
    meeting = service.hand_in(amina, bench, None, "late", bram)
    clock.advance(days=1)
    make.season(here, days_ago=0)
    service.agree(meeting.id, bram, with_photo=True)
    clock.advance(days=8)
    again = service.hand_in(amina, bench, None, "again", bram)
    assert again.companion is None  # it waits for another challenge
    assert rows() == 2


def test_nobody_gives_a_photo_yes_for_a_player_who_is_only_named(amina, here, bench):
    paper = make.person(here, "Papieren Vlieger")
    time.set(time.now() + timedelta(hours=1))
    meeting = service.hand_in(amina, bench, kiek(), "key", paper)
    service.agree(meeting.id, paper, with_photo=True, on_this_phone=True)
    assert meeting.is_confirmed
    assert meeting_pages.shared(meeting, amina.player_key) == []


def test_who_once_had_a_phone_answers_on_a_phone_of_their_own(amina, bram, bench):
    from core.people import service as people

    people.sign_out(people.sign_in(bram))
    meeting = service.hand_in(amina, bench, None, "key", bram)
    assert not service.answers_on_this_phone(meeting, bram)
    with pytest.raises(Refusal):
        service.companion_on_this_phone(meeting, amina)


def test_a_child_cannot_even_say_no(here, amina, bench):
    child = make.person(here, "Kleine Vlieger", is_young=True)
    meeting = service.hand_in(amina, bench, kiek(), "key")
    with pytest.raises(Refusal):
        service.decline(meeting.id, child)
    assert meeting.state == State.DRAFT
    assert not meeting.photos[0].is_forgotten


def test_the_album_shows_the_last_meeting_first_whenever_it_was_handed_in(amina, bram, cem, clock):
    early, late = make.encounter(amina, bram), make.encounter(amina, cem)
    service.agree(late.id, cem, with_photo=True)
    clock.advance(hours=1)
    service.agree(early.id, bram, with_photo=True)
    assert [one.id for one in queries.album(amina)] == [early.id, late.id]
    assert [one.id for one in queries.album(amina, before=early.key)] == [late.id]


def test_joining_with_the_same_form_twice_is_one_person(here):
    from core.people import service as people

    one = people.join(here, "Late Merel", False, "the form")
    assert people.join(here, "Late Merel", False, "the form") is one
    assert len(db.session.scalars(select(Person).where(Person.name == "Late Merel")).unique().all()) == 1

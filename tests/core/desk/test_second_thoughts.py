"""At the desk: an undo puts back what was, an appeal goes to another editor, promises are counted as they were made."""

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.desk import jobs, queries, reasons, service
from core.desk.models import Decision
from core.guard import Role
from core.people import erasure
from core.people import service as people
from core.photos import queries as photos
from core.photos import service as keeping
from core.photos.models import WEB
from core.refusal import Refusal
from tests import make
from tests.bench import meetings


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def photo(here, amina, bram, bench, web):
    met = make.service.hand_in(amina, bench, meetings.photo(), "one", bram)
    make.service.agree(met.id, bram, with_photo=True)
    for person in (amina, bram):
        keeping.choose(met.photos[0], person.player_key, (WEB,))
    return met.photos[0]


def test_undo_gives_a_name_back_that_was_taken_away_by_a_slip(here, amina, cem, web, clock):
    before = amina.name
    service.report(here.id, "name", amina.tag, "other")
    slip = service.decide(here.id, "name", amina.tag, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(seconds=5)
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert amina.name == before


def test_undo_leaves_the_name_that_they_chose_meanwhile(here, amina, cem, web, clock):
    service.report(here.id, "name", amina.tag, "other")
    slip = service.decide(here.id, "name", amina.tag, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    people.rename(amina, "Gele Kat")
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert amina.name == "Gele Kat"


def test_a_name_that_was_taken_away_is_forgotten_once_nobody_can_undo_it(app, clock):
    with app.app_context(), app.test_request_context("/w/lombok/"):
        here, _season = make.world()
        with writing():
            rude, editor = make.person(here, "Boze Buur"), make.person(here, "Stille Uil")
            service.report(here.id, "name", rude.tag, "other")
            service.decide(here.id, "name", rude.tag, "away", editor.player_key, Role.EDITOR, reason="hurtful")
        assert jobs.sweep() == 0
        clock.advance(seconds=reasons.UNDO_WITHIN.total_seconds())
        assert jobs.sweep() == 1
        assert db.session.scalars(select(Decision.before)).all() == [None]
        assert jobs.sweep() == 0


def test_a_name_that_changed_since_it_was_seen_is_not_taken_away(here, amina, cem, web):
    service.report(here.id, "name", amina.tag, "threat")
    [seen] = queries.queue(here.id, cem.player_key)
    people.rename(amina, "Gele Kat")  # meanwhile she chose another herself
    answer = (here.id, "name", seen.item.key, "away", cem.player_key, Role.EDITOR, "hurtful")
    with pytest.raises(Refusal):
        service.decide(*answer, shown=seen.shown)
    [now] = queries.queue(here.id, cem.player_key)
    service.decide(*answer, shown=now.shown)
    assert amina.name != "Gele Kat"


def test_a_report_that_waited_three_days_was_not_answered_in_time(here, photo, cem, clock):
    service.decide(here.id, "photo", photo.key, "good", cem.player_key, Role.EDITOR)
    clock.advance(minutes=1)
    service.report(here.id, "photo", photo.key, "other")
    clock.advance(days=3)
    service.decide(here.id, "photo", photo.key, "good", cem.player_key, Role.EDITOR)
    assert queries.kept_promises(here.id) == (1, 2)


def test_undo_of_away_leaves_a_photo_with_what_both_allowed(here, photo, cem, clock):
    service.decide(here.id, "photo", photo.key, "good", cem.player_key, Role.EDITOR)
    clock.advance(minutes=1)
    service.report(here.id, "photo", photo.key, "other")
    slip = service.decide(here.id, "photo", photo.key, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(seconds=5)
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert [one.item.key for one in queries.queue(here.id, cem.player_key)] == [photo.key]
    assert WEB in photos.scopes_of(photo)


def test_undo_does_not_put_a_photo_back_of_who_asked_to_be_erased(here, photo, amina, bram, cem, clock):
    slip = service.decide(here.id, "photo", photo.key, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(minutes=1)
    erasure.ask(amina, amina.name, None)
    clock.advance(minutes=1)
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert photos.album(bram.player_key) == []


@pytest.fixture
def appealed(here, amina, cem, web, clock):
    service.report(here.id, "name", amina.tag, "other")
    said = service.decide(here.id, "name", amina.tag, "back", cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(minutes=1)
    service.appeal(here.id, said.key, amina.player_key)
    clock.advance(minutes=1)
    service.report(here.id, "name", amina.tag, "other")  # by anybody: also by that editor, since nobody asks who
    return said


def test_the_editor_who_said_no_never_answers_the_appeal_after_one_more_report(here, amina, cem, appealed):
    assert [one.item.key for one in queries.queue(here.id, cem.player_key)] == []


def test_who_appealed_reads_the_answer_also_after_one_more_report(here, amina, dirk, appealed):
    service.decide(here.id, "name", amina.tag, "good", dirk.player_key, Role.EDITOR)
    assert "good" in {said.verdict for said in queries.answers(amina.player_key)}


def test_what_waits_longer_than_was_promised_is_not_in_time_either(here, photo, dirk, clock):
    clock.advance(days=8)
    waiting = queries.queue(here.id, dirk.player_key)
    assert queries.kept_promises(here.id, waiting) == (0, 1)


@pytest.mark.parametrize("answer", ["good", "back", "away"])
def test_undo_leaves_a_public_photo_as_it_was(here, photo, cem, clock, answer):
    service.decide(here.id, "photo", photo.key, "good", cem.player_key, Role.EDITOR)
    clock.advance(minutes=1)
    service.report(here.id, "photo", photo.key, "other")
    slip = service.decide(here.id, "photo", photo.key, answer, cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(seconds=5)
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert WEB in photos.scopes_of(photo)


@pytest.mark.parametrize("answer", ["good", "back", "away"])
def test_undo_keeps_what_a_grave_report_hid_out_of_sight(here, photo, cem, clock, answer):
    service.decide(here.id, "photo", photo.key, "good", cem.player_key, Role.EDITOR)
    clock.advance(minutes=1)
    service.report(here.id, "photo", photo.key, "child")
    slip = service.decide(here.id, "photo", photo.key, answer, cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(seconds=5)
    service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert photos.scopes_of(photo) == set()


def test_a_name_that_somebody_else_took_meanwhile_stays_theirs(here, amina, bram, cem, web, clock):
    before = amina.name
    service.report(here.id, "name", amina.tag, "other")
    slip = service.decide(here.id, "name", amina.tag, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    clock.advance(seconds=5)
    people.rename(bram, before)
    with pytest.raises(Refusal, match=r"Somebody else|Iemand anders"), db.session.begin_nested():
        service.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert queries.answers(amina.player_key) == [slip], "she reads what was done, and chooses one herself"


def test_what_another_editor_found_good_has_no_appeal(here, amina, dirk, appealed):
    good = service.decide(here.id, "name", amina.tag, "good", dirk.player_key, Role.EDITOR)
    with pytest.raises(Refusal):
        service.appeal(here.id, good.key, amina.player_key)


def test_what_was_taken_away_has_no_appeal(here, amina, cem, web, clock):
    service.report(here.id, "name", amina.tag, "other")
    away = service.decide(here.id, "name", amina.tag, "away", cem.player_key, Role.EDITOR, reason="hurtful")
    with pytest.raises(Refusal):
        service.appeal(here.id, away.key, amina.player_key)

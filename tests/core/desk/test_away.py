"""An editor takes a photo away: nobody sees it, and for a day those in it may ask another editor."""

import re
from datetime import timedelta

import pytest

from core.database import db
from core.desk import queries, reasons, service
from core.guard import Role
from core.media import jobs
from core.people import erasure
from core.people.models import Person
from core.photos import at_desk
from core.photos import service as keeping
from core.photos.models import ALBUM
from core.refusal import Refusal, Sort
from tests.core.desk.test_blur import blur, decide, kept_right, lies, undo, write
from tests.core.desk.test_desk import is_seen, together, waiting
from tests.core.desk.test_pages import QUEUE, key_of_photo, phone_of, say, status
from tests.core.staff.test_pages import join, with_code
from tests.game.encounters.test_races import one_into_the_other

ANSWERS = "/w/lombok/desk/answers"


@pytest.fixture
def photo(here, amina, bram, bench, web):
    """A photo of Amina and Bram that both let everybody see."""
    return write(together, amina, bram, bench, "one")


@pytest.fixture
def away(here, photo, cem, clock):
    """Cem took it away."""
    decision = decide(here, photo, cem, "away", reason="hurtful")
    clock.advance(minutes=1)
    return decision


@pytest.fixture
def appealed(here, away, amina, clock):
    """Amina asked another editor."""
    write(service.appeal, here.id, away.key, amina.player_key)
    clock.advance(minutes=1)
    return away


def test_another_editor_sees_it_once_somebody_in_it_asked_and_the_first_never(here, photo, away, amina, cem, dirk):
    assert waiting(here, dirk) == []
    write(service.appeal, here.id, away.key, amina.player_key)
    assert waiting(here, dirk) == [photo.key]
    assert waiting(here, cem) == []
    [asked] = queries.queue(here.id, dirk.player_key)
    assert (asked.is_urgent, asked.due) == (True, away.at + timedelta(days=1))
    assert not is_seen(photo, ALBUM)


def test_who_finds_it_good_brings_it_back_with_what_both_allowed_and_they_read_it(here, photo, appealed, amina, dirk):
    decide(here, photo, dirk)
    assert is_seen(photo)
    assert [said.verdict for said in queries.answers(amina.player_key)] == ["good", "away"]
    assert kept_right()


def test_who_sends_it_back_brings_it_to_its_albums_alone(here, photo, appealed, dirk):
    decide(here, photo, dirk, "back", reason="unclear")
    assert (is_seen(photo, ALBUM), is_seen(photo)) == (True, False)
    assert waiting(here, dirk) == []


def test_who_blurs_it_brings_it_back_without_the_original(here, photo, appealed, dirk):
    old = photo.key
    blur(here, photo, dirk)
    assert is_seen(photo)
    assert photo.key != old
    assert kept_right()


def test_what_a_second_editor_takes_away_is_gone_in_minutes_and_nobody_is_asked_any_more(
    here, photo, appealed, bram, dirk, clock
):
    final = decide(here, photo, dirk, "away", reason="hurtful")
    with pytest.raises(Refusal) as refused:
        write(service.appeal, here.id, final.key, bram.player_key)
    assert refused.value.kind == Sort.GONE
    clock.advance(seconds=at_desk.UNDO_KEEPS.total_seconds())
    jobs.sweep()
    assert not lies(photo.key)
    assert kept_right()


@pytest.mark.parametrize("answer", ["good", "back", "away", "blur"])
def test_undo_of_the_second_answer_leaves_it_away_and_waiting_for_another_look(here, photo, appealed, dirk, answer):
    old = photo.key
    said = blur(here, photo, dirk) if answer == "blur" else decide(here, photo, dirk, answer, reason="hurtful")
    undo(here, said, dirk)
    assert photo.key == old
    assert not is_seen(photo, ALBUM)
    assert waiting(here, dirk) == [old]
    assert kept_right()
    decide(here, photo, dirk)
    assert is_seen(photo)


@pytest.mark.parametrize("answer", ["good", "back", "blur"])
def test_an_answer_that_was_undone_gives_it_no_second_day(here, photo, appealed, dirk, clock, answer):
    clock.advance(hours=23, minutes=54)
    said = blur(here, photo, dirk) if answer == "blur" else decide(here, photo, dirk, answer, reason="unclear")
    clock.advance(minutes=3)
    undo(here, said, dirk)
    jobs.sweep()
    assert lies(photo.key)
    clock.advance(minutes=1)
    jobs.sweep()
    assert not lies(photo.key)
    assert kept_right()


def test_what_was_brought_back_and_is_taken_away_again_is_gone_in_minutes(here, photo, appealed, amina, dirk, clock):
    decide(here, photo, dirk)
    write(service.report, here.id, "photo", photo.key, "naked")
    clock.advance(minutes=1)
    final = decide(here, photo, dirk, "away", reason="hurtful")
    assert "bewaren er niets van" in str(at_desk.Photos.answers.why([final])[final.key][0])
    clock.advance(seconds=at_desk.UNDO_KEEPS.total_seconds())
    jobs.sweep()
    assert not lies(photo.key)
    assert kept_right()


def test_after_a_day_nothing_is_left_whoever_asked(here, photo, appealed, bram, dirk, clock):
    clock.advance(seconds=(reasons.AWAY_KEEPS - timedelta(minutes=2)).total_seconds())
    assert waiting(here, dirk) == []
    with pytest.raises(Refusal):
        decide(here, photo, dirk)
    jobs.sweep()
    assert not lies(photo.key)
    assert kept_right()


def test_nobody_asks_after_a_day(here, away, bram, clock):
    clock.advance(days=1)
    with pytest.raises(Refusal) as refused:
        write(service.appeal, here.id, away.key, bram.player_key)
    assert refused.value.kind == Sort.GONE


@pytest.mark.parametrize("going", ["withdrawn", "erased"])
def test_what_one_of_them_lets_go_meanwhile_no_editor_brings_back(here, photo, appealed, bram, dirk, going):
    if going == "withdrawn":
        write(keeping.forget, photo)
    else:
        write(erasure.ask, bram, bram.name, None)
    assert waiting(here, dirk) == []
    with pytest.raises(Refusal):
        decide(here, photo, dirk)
    jobs.sweep()
    assert not lies(photo.key)


def test_what_came_back_is_not_asked_about_while_one_of_them_is_being_erased(here, photo, appealed, amina, bram, dirk):
    back = decide(here, photo, dirk, "back", reason="unclear")
    write(erasure.ask, amina, amina.name, None)
    with pytest.raises(Refusal):
        write(service.appeal, here.id, back.key, bram.player_key)


@pytest.mark.both
@pytest.mark.parametrize("first", ["editor", "leaver"])
def test_who_is_erased_at_the_moment_it_is_brought_back_is_seen_nowhere(app, here, photo, appealed, bram, dirk, first):
    said, leaver = (here.id, "photo", photo.key, "good", dirk.player_key, Role.EDITOR), bram.id
    db.session.commit()

    def bring_back():
        service.decide(*said)

    def leave():
        person = db.session.get_one(Person, leaver)
        erasure.ask(person, person.name, None)

    order = (bring_back, leave) if first == "editor" else (leave, bring_back)
    one_into_the_other(app, *order)
    db.session.rollback()
    assert not is_seen(photo, ALBUM)
    assert not is_seen(photo)


def test_a_report_reaches_nothing_that_was_taken_away(here, photo, appealed):
    with pytest.raises(Refusal):
        write(service.report, here.id, "photo", photo.key, "other")


# ---- through the pages


def test_they_read_until_when_they_can_ask_and_the_other_editor_alone_sees_the_picture(lombok, editor, clock):
    key, maker = key_of_photo(lombok), phone_of(lombok, 0)
    picture = f"/w/lombok/desk/photos/{key}/large.webp"
    say(editor, "photo", key, verdict="away", reason="hurtful", note="Dit kan niet.")
    page = maker.get(ANSWERS).text
    for words in ("Dit kan niet.", "Het kan iemand kwetsen.", "We bewaren hem tot woensdag 3 juni"):
        assert words in page
    second = join(lombok, Role.EDITOR, "bram", "Gele Schaar")
    with_code(second)
    assert [status(one, picture) for one in (editor, second)] == [404, 404]
    maker.post(re.search(rf"{ANSWERS}/\w+/appeal", page)[0])
    assert [status(one, picture) for one in (editor, second, maker)] == [404, 200, 403]
    assert status(maker, f"/w/lombok/photos/{key}/large.webp") == 404
    assert "Bewaard tot" in second.get(QUEUE).text
    assert "Je vroeg het aan een andere redacteur." in maker.get(ANSWERS).text
    clock.advance(days=1)
    page = phone_of(lombok, 0).get(ANSWERS).text
    assert "We bewaren er niets van." in page
    assert "/appeal" not in page

"""The desk: what waits, who may decide, two editors at once, undo, reports, appeal."""

import dataclasses
import threading

import pytest
from sqlalchemy import event, select

from core.audit import service as audit
from core.audit.models import AuditEntry
from core.database import db, writing
from core.desk import handlers, personal_data, queries, reasons, service
from core.desk.models import Decision, Report, Verdict
from core.guard import Role
from core.people.models import Person
from core.photos import queries as photos
from core.photos import service as keeping
from core.photos.models import ALBUM, PLAYERS, WEB, Photo
from core.refusal import Refusal, Sort
from tests import make
from tests.bench import meetings

EDITOR = Role.EDITOR


@pytest.fixture
def photo(here, amina, bram, bench, web):
    """A photo of Amina and Bram that both let everybody see."""
    return together(amina, bram, bench, "one")


def together(one, other, doing, key, scopes=(WEB,)):
    met = make.service.hand_in(one, doing, meetings.photo(), key, other)
    make.service.agree(met.id, other, with_photo=True)
    picture = met.photos[0]
    for person in (one, other):
        keeping.choose(picture, person.player_key, scopes)
    return picture


def waiting(here, editor):
    return [one.item.key for one in queries.queue(here.id, editor.player_key)]


def decide(here, photo, editor, verdict="good", **more):
    return service.decide(here.id, "photo", photo.key, verdict, editor.player_key, EDITOR, **more)


def is_seen(photo, scope=WEB):
    return db.session.scalar(select(Photo.id).where(Photo.id == photo.id, photos.visible(scope))) is not None


def test_what_both_allow_waits_and_is_seen_after_a_yes(here, photo, cem):
    assert waiting(here, cem) == [photo.key]
    assert not is_seen(photo)
    decide(here, photo, cem)
    assert is_seen(photo)
    assert waiting(here, cem) == []


def test_an_editor_never_decides_about_a_photo_they_are_in(here, photo, amina, bram):
    for editor in (amina, bram):
        assert waiting(here, editor) == []
        with pytest.raises(Refusal):
            decide(here, photo, editor)
    assert not is_seen(photo)


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_no_needs_a_reason(here, photo, cem, verdict):
    for reason in ("", "because"):
        with pytest.raises(Refusal):
            decide(here, photo, cem, verdict, reason=reason)
    assert waiting(here, cem) == [photo.key]


def test_what_went_back_waits_again_only_when_the_makers_ask_anew(here, photo, cem, amina, clock):
    decide(here, photo, cem, "back", reason="unclear")
    assert waiting(here, cem) == []
    clock.advance(hours=1)
    keeping.choose(photo, amina.player_key, ())
    keeping.choose(photo, amina.player_key, (WEB,))
    assert waiting(here, cem) == [photo.key]


def test_what_is_taken_away_goes_for_everybody_and_comes_back_by_undo(here, photo, cem):
    decision = decide(here, photo, cem, "away", reason="hurtful")
    assert not is_seen(photo, ALBUM)
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    assert is_seen(photo, ALBUM)
    assert not is_seen(photo)


def test_undo_takes_a_yes_back_and_it_waits_again(here, photo, cem):
    decision = decide(here, photo, cem)
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    assert not is_seen(photo)
    assert waiting(here, cem) == [photo.key]


def test_undo_is_for_who_decided_and_for_a_moment(here, photo, cem, dirk, clock):
    decision = decide(here, photo, cem)
    with pytest.raises(Refusal):
        service.undo(here.id, decision.key, dirk.player_key, EDITOR)
    clock.advance(seconds=reasons.UNDO_WITHIN.total_seconds())
    with pytest.raises(Refusal):
        service.undo(here.id, decision.key, cem.player_key, EDITOR)
    assert is_seen(photo)


def test_the_makers_read_what_was_said_and_ask_another_editor(here, photo, amina, bram, cem, dirk, clock):
    decide(here, photo, cem, "back", reason="unclear", note="Mag het wat lichter?")
    for person in (amina, bram):
        assert queries.unread(person.player_key) == 1
    [said] = queries.answers(amina.player_key)
    assert said.note == "Mag het wat lichter?"
    clock.advance(minutes=1)
    with pytest.raises(Refusal):
        service.appeal(here.id, said.key, dirk.player_key)
    service.appeal(here.id, said.key, amina.player_key)
    assert waiting(here, cem) == []  # not the same editor
    assert waiting(here, dirk) == [photo.key]
    decide(here, photo, dirk)
    assert is_seen(photo)


def test_a_grave_report_hides_at_once_and_comes_first(here, photo, amina, bram, bike, cem, clock):
    decide(here, photo, cem)
    clock.advance(minutes=1)
    other = together(amina, bram, bike, "two")
    service.report(here.id, "photo", photo.key, "child")
    assert not is_seen(photo)
    clock.advance(minutes=1)
    assert waiting(here, cem) == [photo.key, other.key]
    decide(here, photo, cem)
    assert is_seen(photo)
    assert db.session.scalar(select(Report.id).where(Report.closed_at.is_(None))) is None


def test_the_log_says_that_an_editor_showed_a_photo_and_nobody_known_hid_it(here, photo, cem):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    acts = select(AuditEntry.action, AuditEntry.actor, AuditEntry.role).where(AuditEntry.about == photo.key)
    assert db.session.execute(acts.order_by(AuditEntry.id)).all() == [
        ("photo.clear", cem.player_key, "editor"), ("photo.unclear", None, "visitor")
    ]  # fmt: skip


def test_another_report_hides_with_the_second(here, photo, cem):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "private")
    assert is_seen(photo)
    service.report(here.id, "photo", photo.key, "other")
    assert not is_seen(photo)


def test_what_an_editor_found_good_is_not_hidden_again_for_the_same_reason(here, photo, cem, clock):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    clock.advance(minutes=1)
    decide(here, photo, cem)
    for _time in range(5):
        clock.advance(minutes=1)
        service.report(here.id, "photo", photo.key, "child")
        assert is_seen(photo)
    assert waiting(here, cem) == [photo.key], "an editor looks all the same, within a day"
    service.report(here.id, "photo", photo.key, "naked")
    assert not is_seen(photo), "of that no editor said anything yet"


def test_who_says_each_thing_once_hides_a_photo_as_often_as_there_are_reasons_and_no_more(here, photo, cem, clock):
    decide(here, photo, cem)
    hidden = 0
    for _round in range(3):
        for reason in reasons.WRONG:
            clock.advance(minutes=1)
            service.report(here.id, "photo", photo.key, reason)
            hidden += not is_seen(photo)
            clock.advance(minutes=1)
            decide(here, photo, cem)
    assert hidden == len(reasons.GRAVE)


def test_two_reports_of_what_was_found_good_and_of_something_new_are_not_two(here, photo, cem, clock):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "private")
    clock.advance(minutes=1)
    decide(here, photo, cem)
    clock.advance(minutes=1)
    service.report(here.id, "photo", photo.key, "private")
    service.report(here.id, "photo", photo.key, "other")
    assert is_seen(photo)
    service.report(here.id, "photo", photo.key, "other")
    assert not is_seen(photo)


def test_a_yes_that_was_undone_protects_nothing(here, photo, cem, clock):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    clock.advance(minutes=1)
    service.undo(here.id, decide(here, photo, cem).key, cem.player_key, EDITOR)
    clock.advance(minutes=1)
    other = decide(here, photo, cem, "back", reason="recognisable")
    clock.advance(minutes=1)
    service.undo(here.id, other.key, cem.player_key, EDITOR)
    keeping.clear(photo)
    service.report(here.id, "photo", photo.key, "child")
    assert not is_seen(photo)


def test_only_a_good_word_protects_from_the_same_reason(here, photo, cem, clock):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    clock.advance(minutes=1)
    decide(here, photo, cem, "back", reason="recognisable")
    keeping.clear(photo)  # by somebody at the command line
    service.report(here.id, "photo", photo.key, "child")
    assert not is_seen(photo)


def test_what_the_makers_ask_anew_is_hidden_by_a_grave_report_as_at_first(here, photo, amina, cem, clock):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    clock.advance(minutes=1)
    decide(here, photo, cem)
    clock.advance(minutes=1)
    keeping.choose(photo, amina.player_key, ())
    keeping.choose(photo, amina.player_key, (WEB,))
    service.report(here.id, "photo", photo.key, "child")
    assert not is_seen(photo)


@pytest.mark.parametrize("kind", ["photo", "name"])
def test_only_what_a_handler_offers_is_taken_as_an_answer(here, photo, amina, cem, kind, monkeypatch):
    service.report(here.id, "name", amina.tag, "private")
    about = {"photo": photo.key, "name": amina.tag}[kind]
    handler = handlers.HANDLERS.of(kind)
    fewer = {Verdict.GOOD: handler.answers.labels[Verdict.GOOD]}
    own = dataclasses.replace(handler.answers, labels=fewer)
    monkeypatch.setattr(type(handler), "answers", own)
    for verdict in ("away", "back", "blur"):
        with pytest.raises(Refusal) as refused:
            service.decide(here.id, kind, about, verdict, cem.player_key, EDITOR, reason="hurtful")
        assert refused.value.kind == Sort.INVALID
    service.decide(here.id, kind, about, "good", cem.player_key, EDITOR)


def test_a_handler_brings_its_own_reasons(here, photo, cem, monkeypatch):
    handler = handlers.HANDLERS.of("photo")
    own = dataclasses.replace(handler.answers, reasons={"too-often": "Te vaak."})
    monkeypatch.setattr(type(handler), "answers", own)
    with pytest.raises(Refusal):
        decide(here, photo, cem, "back", reason="unclear")
    decide(here, photo, cem, "back", reason="too-often")


def test_nobody_reports_what_is_not_public(here, photo):
    for key in (photo.key, "a" * 26):
        with pytest.raises(Refusal):
            service.report(here.id, "photo", key, "child")
    assert db.session.scalar(select(Report.id)) is None


def test_a_report_alone_takes_nobodys_name(here, photo, amina, cem):
    name = amina.name
    service.report(here.id, "name", amina.tag, "threat")
    assert amina.name == name
    assert amina.tag in waiting(here, cem)
    service.decide(here.id, "name", amina.tag, "away", cem.player_key, EDITOR, reason="hurtful")
    assert amina.name != name


def test_another_neighbourhoods_things_are_not_here(here, photo, cem):
    elsewhere = make.neighbourhood("hoograven")
    with pytest.raises(Refusal):
        service.decide(elsewhere.id, "photo", photo.key, "good", cem.player_key, EDITOR)
    assert queries.queue(elsewhere.id, cem.player_key) == []


def test_while_somebody_in_it_is_leaving_a_reported_photo_gets_no_yes_and_says_why(here, photo, amina, cem):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "child")
    amina.leaving_at = amina.joined_at
    db.session.flush()
    [waits] = queries.queue(here.id, cem.player_key)
    assert set(waits.labels) == {Verdict.BACK, Verdict.AWAY}
    assert waits.item.no_yes
    with pytest.raises(Refusal), db.session.begin_nested():
        decide(here, photo, cem)
    amina.leaving_at = None
    db.session.flush()
    [waits] = queries.queue(here.id, cem.player_key)
    assert Verdict.GOOD in waits.labels
    assert not waits.item.no_yes


def test_every_decision_and_undo_leaves_one_entry_in_the_audit_log(here, photo, cem):
    decision = decide(here, photo, cem, "back", reason="unclear")
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("desk."))).all()
    assert acts == ["desk.back", "desk.undo"]
    assert list(audit.faults()) == []


def test_promises_are_counted(here, photo, cem, clock):
    clock.advance(days=8)
    decide(here, photo, cem)
    assert queries.kept_promises(here.id) == (0, 1)


def test_editors_see_no_photo_that_went_back_to_the_albums(here, photo, amina, cem):
    decide(here, photo, cem)
    keeping.choose(photo, amina.player_key, ())
    with pytest.raises(Refusal):
        service.report(here.id, "photo", photo.key, "child")  # its key stands among the revocations
    assert waiting(here, cem) == []


def test_a_reported_photo_that_went_back_to_the_albums_leaves_the_queue(here, photo, amina, cem):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "other")
    assert waiting(here, cem) == [photo.key]
    keeping.choose(photo, amina.player_key, ())
    assert waiting(here, cem) == []


def test_reports_of_photos_that_were_withdrawn_do_not_crowd_out_others(here, photo, amina, bram, cem, monkeypatch):
    monkeypatch.setattr(queries, "MOST_SAID", 1)
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "other")
    keeping.forget(photo)
    service.report(here.id, "name", bram.tag, "threat")
    assert waiting(here, cem) == [bram.tag]


def test_undoing_a_yes_also_takes_it_from_uses_that_were_withdrawn_meanwhile(here, photo, amina, cem):
    decision = decide(here, photo, cem)
    keeping.choose(photo, amina.player_key, ())
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    keeping.choose(photo, amina.player_key, (WEB,))
    assert not is_seen(photo)


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_what_was_public_waits_for_a_look_once_its_no_is_undone(here, photo, amina, bram, cem, dirk, clock, verdict):
    decide(here, photo, cem)
    service.report(here.id, "photo", photo.key, "other")
    clock.advance(minutes=1)
    decision = decide(here, photo, dirk, verdict, reason="unclear")
    service.undo(here.id, decision.key, dirk.player_key, EDITOR)
    for person in (amina, bram):
        keeping.choose(photo, person.player_key, (WEB,))
    assert waiting(here, cem) == [photo.key]


def test_undo_lets_a_report_wait_again(here, photo, amina, cem, dirk, clock):
    service.report(here.id, "name", amina.tag, "private")
    clock.advance(minutes=1)
    decision = service.decide(here.id, "name", amina.tag, "good", cem.player_key, EDITOR)
    assert amina.tag not in waiting(here, dirk)
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    assert amina.tag in waiting(here, dirk)


def test_a_report_of_a_name_arrives_however_the_letters_are_typed(here, photo, amina, cem):
    service.report(here.id, "name", f"{amina.tag[:3]} {amina.tag[3:]}".lower(), "threat")
    assert amina.tag in waiting(here, cem)


def test_a_withdrawal_during_the_moment_of_undo_stays(here, photo, amina, cem):
    decision = decide(here, photo, cem, "away", reason="hurtful")
    keeping.forget(photo)  # Amina, on a page that was still open
    service.undo(here.id, decision.key, cem.player_key, EDITOR)
    assert not is_seen(photo, ALBUM)


def test_what_an_editor_wrote_to_the_makers_goes_with_the_last_who_could_read_it(here, photo, amina, bram, cem):
    decision = decide(here, photo, cem, "back", reason="unclear", note="Zwoerdkanjer")
    personal_data.PERSONAL_DATA.erase(amina.player_key)
    assert decision.note == "Zwoerdkanjer"
    personal_data.PERSONAL_DATA.erase(bram.player_key)
    db.session.expire_all()
    assert decision.note is None


def test_the_export_has_also_what_the_page_of_answers_shows_no_more(here, photo, amina, cem, monkeypatch):
    decide(here, photo, cem, "back", reason="unclear")
    service.report(here.id, "name", amina.tag, "private")
    service.decide(here.id, "name", amina.tag, "back", cem.player_key, EDITOR, reason="hurtful")
    monkeypatch.setattr(queries, "LATEST", 1)
    assert [row["about"] for row in personal_data.PERSONAL_DATA.export(amina.player_key)] == ["name", "photo"]


def test_the_letters_of_who_is_erased_are_not_kept_at_the_desk(here, photo, amina, cem):
    service.report(here.id, "name", amina.tag, "private")
    service.decide(here.id, "name", amina.tag, "back", cem.player_key, EDITOR, reason="hurtful")
    personal_data.PERSONAL_DATA.erase(amina.player_key)
    assert amina.tag not in {*db.session.scalars(select(Report.about)), *db.session.scalars(select(Decision.about))}


def test_who_says_the_same_a_hundred_times_does_not_crowd_out_other_reports(here, photo, amina, bram, cem, monkeypatch):
    monkeypatch.setattr(queries, "MOST_SAID", 2)
    for _time in range(40):
        service.report(here.id, "name", amina.tag, "other")
    service.report(here.id, "name", bram.tag, "threat")
    assert {amina.tag, bram.tag} <= set(waiting(here, cem))


@pytest.mark.both
def test_of_two_editors_at_once_one_decides(app, here, amina, bram, bench, web):
    with writing():
        one, other = (db.session.get_one(Person, person.id) for person in (amina, bram))
        key = together(one, other, db.session.get_one(type(bench), bench.id), "race").key
        editors = db.session.scalars(select(Person).where(Person.id.not_in([one.id, other.id]))).unique().all()
        keys, here_id = [editor.player_key for editor in editors[:2]], here.id
    assert refused_at_once(app, here_id, "photo", key, zip(keys, ("good", "back"), strict=True)) == 1


def refused_at_once(app, here_id, kind, key, answers):
    """How many of two editors, each with an answer about one thing at the same moment, were refused."""
    gate, refused, reason = threading.Barrier(2), [], next(iter(handlers.HANDLERS.of(kind).answers.reasons))

    def say(editor, verdict):
        with app.test_request_context("/w/lombok/"):
            gate.wait()
            try:
                with writing():
                    service.decide(here_id, kind, key, verdict, editor, EDITOR, reason=reason)
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=say, args=each) for each in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def test_the_queue_asks_as_many_questions_for_fifty_as_for_one(here, photo, amina, bram, cem):
    editor = cem.player_key
    alone = questions(here.id, editor)
    for number in range(50):
        together(amina, bram, make.challenge(here), f"more-{number}", (PLAYERS,))
    assert len(queries.queue(here.id, editor)) == 51
    assert questions(here.id, editor) == alone


def questions(here_id, editor):
    """How often the queue asks the database."""
    db.session.flush()
    db.session.expire_all()
    seen = []

    def asked(*_all):
        seen.append(1)

    event.listen(db.engine, "before_cursor_execute", asked)
    queries.queue(here_id, editor)
    event.remove(db.engine, "before_cursor_execute", asked)
    return len(seen)


@pytest.mark.both
def test_of_two_editors_at_once_one_decides_about_a_name(app, here, amina, bram, cem, web):
    tag, here_id, editors = amina.tag, here.id, (bram.player_key, cem.player_key)
    with writing():
        service.report(here_id, "name", tag, "threat")
    assert refused_at_once(app, here_id, "name", tag, zip(editors, ("good", "away"), strict=True)) == 1

"""An editor makes part of a photo unrecognisable: it takes the photo's place everywhere, and can be undone a moment."""

import contextlib
import dataclasses
import io
import re
import shutil
import threading

import pytest
from PIL import Image
from sqlalchemy import select

from core.audit import service as audit
from core.audit.models import AuditEntry
from core.consent import queries as consents
from core.database import db, writing
from core.desk import queries, reasons, service
from core.desk.models import Decision
from core.guard import Role
from core.media import jobs
from core.media import queries as media
from core.people import erasure
from core.people import service as people
from core.people.models import Device, Person
from core.photos import at_desk, prepare, set_aside
from core.photos import jobs as photo_jobs
from core.photos import queries as photos
from core.photos import service as keeping
from core.photos.models import ALBUM, KIND, WEB, Before, Photo
from core.refusal import Refusal, Sort
from core.storage import storage
from game.encounters.models import Encounter
from tests.bench import meetings
from tests.core.desk import test_desk as desk_tests
from tests.core.desk.test_desk import is_seen, together, waiting
from tests.core.desk.test_pages import key_of_photo, phone_of, say, shown_to, status
from tests.core.staff.test_pages import join, with_code

EDITOR = Role.EDITOR


@pytest.fixture
def photo(here, amina, bram, bench, web):
    """A photo of Amina and Bram that both let everybody see."""
    return write(together, amina, bram, bench, "one")


def write(do, *arguments, **more):
    """Do something in a transaction of its own."""
    with writing():
        return do(*arguments, **more)


def blur(here, photo, someone, **other):
    picture = dataclasses.replace(meetings.photo(), **other)
    with written(picture), writing():
        return service.decide(here.id, "photo", photo.key, "blur", someone.player_key, EDITOR, made=picture)


@contextlib.contextmanager
def written(picture):
    """As the view does: what was not kept goes."""
    try:
        yield
    finally:
        shutil.rmtree(picture.folder, ignore_errors=True)


def undo(here, decision, someone):
    return write(service.undo, here.id, decision.key, someone.player_key, EDITOR)


def decide(*arguments, **more):
    return write(desk_tests.decide, *arguments, **more)


def report(here, photo, reason):
    write(service.report, here.id, "photo", photo.key, reason)


def lies(key):
    return storage().path(f"{key}/large.webp") is not None


def sweep():
    return jobs.sweep() + photo_jobs.sweep()


def kept_right():
    """What `fsck` says, and what the log says of itself."""
    return (media.stray(), media.missing(), media.stuck(), list(audit.faults())) == ([], [], [], [])


def test_a_blurred_photo_is_seen_under_another_key_and_counts_as_good(here, photo, cem, dirk):
    old = photo.key
    blur(here, photo, cem)
    assert photo.key != old
    assert is_seen(photo)
    assert waiting(here, dirk) == []
    assert photos.by_key(old) is None
    assert photos.own(here.id, photo.key, photo.maker) is photo
    assert lies(old), "who decided may undo it"
    assert kept_right()


def test_the_bytes_of_the_original_go_when_the_moment_is_over(here, photo, cem, clock):
    old = photo.key
    blur(here, photo, cem)
    sweep()
    assert lies(old)
    clock.advance(seconds=at_desk.UNDO_KEEPS.total_seconds())
    sweep()
    assert not lies(old)
    assert lies(photo.key)
    assert kept_right()


def test_the_key_of_the_original_is_kept_until_nothing_is_left_of_the_photo(here, photo, amina, cem, clock):
    old = photo.key
    blur(here, photo, cem)
    clock.advance(seconds=at_desk.UNDO_KEEPS.total_seconds())
    sweep()
    assert sweep() == 0, "what went is not counted again"
    assert photos.own(here.id, old, amina.player_key) is photo
    assert photos.own(here.id, old, cem.player_key) is None
    write(set_aside.hide, [photo], photo.kept_at + at_desk.UNDO_KEEPS * 9)
    sweep()
    write(set_aside.bring_back, [photo])
    assert photos.own(here.id, old, amina.player_key) is photo
    write(keeping.forget, photo)
    sweep()
    assert db.session.scalar(select(Before.id)) is None
    assert kept_right()


def test_an_undo_while_the_sweep_looks_for_strays_makes_no_stray_of_the_original(here, photo, cem, monkeypatch):
    decision, ask = blur(here, photo, cem), db.session.scalars

    def undone_after(*question):
        found = ask(*question).all()
        monkeypatch.setattr(db.session, "scalars", ask)
        undo(here, decision, cem)
        return found

    monkeypatch.setattr(db.session, "scalars", undone_after)
    assert media.stray() == []
    assert kept_right()


def test_undo_brings_the_original_back_to_its_own_address_and_it_waits_again(here, photo, cem, dirk):
    old, size = photo.key, (photo.width, photo.height)
    decision = blur(here, photo, cem, width=750, height=1000)
    made = photo.key
    assert (photo.width, photo.height) == (750, 1000)
    undo(here, decision, cem)
    assert (photo.key, photo.width, photo.height) == (old, *size)
    assert not is_seen(photo)
    assert waiting(here, dirk) == [old]
    sweep()
    assert lies(old)
    assert not lies(made)
    assert kept_right()


@pytest.mark.parametrize(("reason", "was_seen"), [("other", True), ("child", False)])
def test_undo_shows_the_original_as_far_as_it_was_shown_before_the_blur(here, photo, cem, clock, reason, was_seen):
    old = photo.key
    decide(here, photo, cem)
    clock.advance(minutes=1)
    report(here, photo, reason)
    undo(here, blur(here, photo, cem), cem)
    assert (photo.key, is_seen(photo)) == (old, was_seen)
    assert waiting(here, cem) == [old], "for what was reported"
    assert kept_right()


def test_undo_of_a_blur_shows_nothing_that_its_makers_asked_for_since(here, photo, amina, cem, clock):
    decide(here, photo, cem)
    report(here, photo, "other")
    decision = blur(here, photo, cem)
    clock.advance(minutes=1)
    write(keeping.choose, photo, amina.player_key, ())
    write(keeping.choose, photo, amina.player_key, (WEB,))
    undo(here, decision, cem)
    assert not is_seen(photo)
    assert waiting(here, cem) == [photo.key]


def test_undo_after_the_sweep_is_too_late_and_changes_nothing(here, photo, cem, clock, monkeypatch):
    decision = blur(here, photo, cem)
    made = photo.key
    monkeypatch.setattr(reasons, "UNDO_WITHIN", at_desk.UNDO_KEEPS * 2)
    clock.advance(seconds=at_desk.UNDO_KEEPS.total_seconds())
    with pytest.raises(Refusal) as refused:
        undo(here, decision, cem)
    assert refused.value.kind == Sort.GONE
    assert photo.key == made
    assert is_seen(photo)


def test_undoing_one_blur_after_another_brings_back_the_one_before_it(here, photo, amina, cem, dirk):
    original = photo.key
    first = blur(here, photo, cem)
    once = photo.key
    write(service.appeal, here.id, first.key, amina.player_key)
    second = blur(here, photo, dirk)
    undo(here, second, dirk)
    assert photo.key == once
    undo(here, first, cem)
    assert photo.key == original


def test_those_in_it_read_it_and_may_ask_another_editor(here, photo, amina, bram, cem, dirk, clock):
    blur(here, photo, cem)
    for person in (amina, bram):
        assert [said.verdict for said in queries.answers(person.player_key)] == ["blur"]
    clock.advance(minutes=1)
    write(service.appeal, here.id, queries.answers(bram.player_key)[0].key, bram.player_key)
    assert waiting(here, cem) == []
    assert waiting(here, dirk) == [photo.key]
    assert is_seen(photo), "it stays where it is meanwhile"
    decide(here, photo, dirk, "back", reason="recognisable")
    assert not is_seen(photo)


def test_packs_and_screens_are_told_to_drop_the_original_and_not_what_took_its_place(here, photo, cem):
    decide(here, photo, cem)
    old = photo.key
    report(here, photo, "private")
    decision = blur(here, photo, cem)
    assert {key for key, _scope, _at in consents.revocations(here.id, KIND)} == {old}
    made = photo.key
    undo(here, decision, cem)
    assert {key for key, _scope, _at in consents.revocations(here.id, KIND)} == {made}


def test_the_log_says_who_blurred_it_and_who_undid_it(here, photo, cem):
    undo(here, blur(here, photo, cem), cem)
    acts = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert acts == ["photo.blur", "photo.clear", "desk.blur", "photo.unblur", "photo.unclear", "desk.undo"]
    assert kept_right()


@pytest.mark.parametrize(
    "other",
    [{"width": 2000, "height": 1500}, {"width": 1500, "height": 1990}, {"width": 3000, "height": 4000},
     {"width": 150, "height": 200}, {"width": 1500, "height": 1500}],
)  # fmt: skip
def test_a_picture_of_another_shape_or_size_is_not_the_same_photo(here, photo, cem, other):
    old = photo.key
    with pytest.raises(Refusal) as refused:
        blur(here, photo, cem, **other)
    assert refused.value.kind == Sort.INVALID
    assert photo.key == old
    assert not is_seen(photo)
    assert kept_right()


@pytest.mark.parametrize("other", [{"width": 1465, "height": 1953}, {"width": 1500, "height": 1999}])
def test_a_pixel_of_rounding_is_the_same_photo(here, photo, cem, other):
    blur(here, photo, cem, **other)
    assert is_seen(photo)


def test_nobody_blurs_a_photo_they_are_in(here, photo, amina):
    with pytest.raises(Refusal) as refused:
        blur(here, photo, amina)
    assert refused.value.kind == Sort.FORBIDDEN


def test_a_blur_without_a_picture_is_refused(here, photo, cem):
    with pytest.raises(Refusal):
        decide(here, photo, cem, "blur")
    assert not is_seen(photo)


def test_a_name_cannot_be_blurred(here, photo, amina, cem):
    write(service.report, here.id, "name", amina.tag, "private")
    with pytest.raises(Refusal) as refused:
        service.decide(here.id, "name", amina.tag, "blur", cem.player_key, EDITOR, made=meetings.photo())
    assert refused.value.kind == Sort.INVALID
    assert amina.tag in waiting(here, cem)


def test_who_withdrew_a_use_while_the_editor_was_blurring_is_heard(here, photo, amina, cem):
    old = photo.key
    write(keeping.choose, photo, amina.player_key, ())
    with pytest.raises(Refusal):
        blur(here, photo, cem)
    assert photo.key == old
    assert kept_right()


def test_who_withdrew_the_photo_while_the_editor_was_blurring_is_heard(here, photo, cem):
    write(keeping.forget, photo)
    with pytest.raises(Refusal) as refused:
        blur(here, photo, cem)
    assert refused.value.kind == Sort.UNKNOWN
    sweep()
    assert list(storage().names()) == []


def test_a_withdrawal_after_a_blur_takes_the_original_along_at_once(here, photo, cem):
    old = photo.key
    decision = blur(here, photo, cem)
    write(keeping.forget, photo)
    sweep()
    assert not lies(old)
    assert not lies(photo.key)
    undo(here, decision, cem)
    assert not is_seen(photo, ALBUM)
    assert kept_right()


def test_who_is_erased_and_comes_back_finds_the_blurred_photo(here, photo, amina, cem):
    old = photo.key
    blur(here, photo, cem)
    write(people.sign_in, amina)
    device = db.session.scalars(select(Device).where(Device.person_id == amina.id)).first()
    write(erasure.ask, amina, amina.name, device)
    sweep()
    assert not lies(old)
    write(erasure.undo, device)
    assert is_seen(photo, ALBUM)
    assert lies(photo.key)


def test_the_export_holds_the_blurred_photo_and_nothing_of_the_original(here, photo, amina, cem):
    old = photo.key
    blur(here, photo, cem)
    assert [name for name, _path in keeping.files(amina.player_key)] == [f"{photo.key}.webp"]
    assert old not in str(photos.export(amina.player_key))


def test_what_was_said_of_a_photo_goes_along_to_its_new_key(here, photo, cem):
    decide(here, photo, cem)
    report(here, photo, "child")
    old = photo.key
    decision = blur(here, photo, cem)
    assert {*db.session.scalars(select(Decision.about))} == {photo.key}
    report(here, photo, "child")
    assert is_seen(photo), "an editor dealt with that"
    undo(here, decision, cem)
    assert {*db.session.scalars(select(Decision.about))} == {old}
    assert photo.key in waiting(here, cem)


def test_a_childs_photo_is_not_blurred_into_the_world(here, photo, bram, cem):
    write(setattr, bram, "is_young", True)
    with pytest.raises(Refusal):
        blur(here, photo, cem)
    assert kept_right()


@pytest.mark.both
def test_of_two_editors_at_once_one_decides_and_the_others_file_is_not_kept(app, here, photo, cem, dirk):
    key, keys, here_id = photo.key, (cem.player_key, dirk.player_key), here.id
    gate, refused = threading.Barrier(2), []

    def say(person):
        with app.test_request_context("/w/lombok/"), written(picture := meetings.photo()):
            gate.wait()
            try:
                with writing():
                    service.decide(here_id, "photo", key, "blur", person, EDITOR, made=picture)
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=say, args=[person]) for person in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    db.session.rollback()
    assert len(list(storage().names())) == 2, "the original, for a moment, and one that took its place"
    assert kept_right()


# ---- through the page


def picture(size=(1500, 2000), colour="teal"):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Zwoerdkanjer"
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def send(device, key, file=None):
    form = {"photo": (file or picture(), "photo.jpg"), "shown": shown_to(device, "photo", key)}
    return device.post(f"/w/lombok/desk/photo/{key}/blur", data=form, headers={"Accept": "application/json"})


def test_an_editor_sends_a_blurred_photo_and_the_old_addresses_are_gone_at_once(lombok, editor):
    key, mine, visitor = key_of_photo(lombok), phone_of(lombok, 0), lombok.test_client()
    assert status(mine, f"/w/lombok/photos/{key}/large.webp") == 200
    answer = send(editor, key)
    assert answer.status_code == 200
    assert "done=" in answer.json["next"]
    made = key_of_photo(lombok)
    for size in ("small", "medium", "large"):
        assert status(mine, f"/w/lombok/photos/{key}/{size}.webp") == 404
        assert status(visitor, f"/w/lombok/photos/{made}/{size}.webp") == 200
    assert made in mine.get("/w/lombok/album").text
    with lombok.app_context():
        sent = storage().path(f"{made}/large.webp").read_bytes()
    assert b"Zwoerdkanjer" not in sent
    assert Image.open(io.BytesIO(sent)).getexif() == {}


def test_from_a_page_that_was_open_before_the_blur_one_chooses_who_sees_it_and_withdraws_it(lombok, editor):
    key, mine = key_of_photo(lombok), phone_of(lombok, 0)
    send(editor, key)
    made = key_of_photo(lombok)
    assert status(lombok.test_client(), f"/w/lombok/photos/{made}/small.webp") == 200
    assert phone_of(lombok, 2).post(f"/w/lombok/photos/{key}/withdraw").status_code == 404
    answer = mine.post(f"/w/lombok/photos/{key}/who")
    assert answer.status_code == 303
    assert status(mine, answer.location) == 200
    assert status(lombok.test_client(), f"/w/lombok/photos/{made}/small.webp") == 404
    assert mine.post(f"/w/lombok/photos/{key}/withdraw").status_code == 303
    assert status(mine, f"/w/lombok/photos/{made}/small.webp") == 404


def test_from_a_meeting_that_was_open_before_the_blur_one_withdraws_the_photo(lombok, editor):
    mine, key = phone_of(lombok, 1), key_of_photo(lombok)
    with lombok.app_context():
        meeting = db.session.scalars(select(Encounter.key)).one()
    send(editor, key)
    assert mine.post(f"/e/{meeting}/photo/{key}/withdraw").status_code == 303
    assert status(mine, f"/w/lombok/photos/{key_of_photo(lombok)}/small.webp") == 404


def test_those_in_it_read_in_plain_words_what_an_editor_did(lombok, editor):
    send(editor, key_of_photo(lombok))
    page = phone_of(lombok, 0).get("/w/lombok/desk/answers").text
    assert "Een redacteur maakte een deel onherkenbaar." in page
    assert re.search(r"/w/lombok/desk/answers/\w+/appeal", page)


def test_who_comes_second_reads_that_somebody_else_decided_and_leaves_no_file(lombok, editor):
    key = key_of_photo(lombok)
    second = join(lombok, login="bram", name="Gele Schaar")
    with_code(second)
    say(second, "photo", key, verdict="good")
    answer = send(editor, key)
    assert answer.status_code == 409
    assert "Iemand anders" in answer.json["error"]
    assert key_of_photo(lombok) == key
    assert nothing_is_left(lombok)


@pytest.mark.parametrize(
    ("sent", "status_code"),
    [(io.BytesIO(b"no picture at all"), 415), (io.BytesIO(b""), 422), (picture((900, 900)), 422)],
)
def test_what_is_no_blurred_photo_of_it_is_refused_and_leaves_no_file(lombok, editor, sent, status_code):
    key = key_of_photo(lombok)
    assert send(editor, key, sent).status_code == status_code
    without = {"shown": shown_to(editor, "photo", key)}
    assert editor.post(f"/w/lombok/desk/photo/{key}/blur", data=without).status_code == 422
    assert key_of_photo(lombok) == key
    assert nothing_is_left(lombok)


def nothing_is_left(app):
    with app.app_context():
        return not list(storage().tmp().iterdir()) and media.stray() == []


def test_nothing_is_drawn_for_who_may_not_decide(lombok, monkeypatch):
    key = key_of_photo(lombok)

    def never(*_all):
        raise AssertionError("a picture was prepared")

    monkeypatch.setattr(prepare, "prepare", never)
    for device, status_code in ((join(lombok, Role.HOST), 403), (lombok.test_client(), 401)):
        assert send(device, key).status_code == status_code
    device = join(lombok, login="bram", name="Gele Schaar")
    with_code(device)
    assert send(device, "a" * 26).status_code == 404
    with lombok.app_context(), writing():
        mine = db.session.scalars(select(Person).where(Person.name == "Gele Schaar")).one()
        theirs = db.session.scalars(select(Photo)).one()
        keeping.allow(theirs, mine.player_key)
    assert send(device, key).status_code == 403

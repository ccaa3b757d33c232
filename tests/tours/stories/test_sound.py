"""A voice: sent in pieces, put in a story by who sent it, and heard once its words are typed and its teller agrees."""

import errno
import hashlib
import os
import re
import time
from io import BytesIO

import pytest
from sqlalchemy import select

from core.database import db
from core.guard import Role
from core.media import jobs as media
from core.media.models import Media
from core.sounds import prepare
from core.storage import Disk, storage
from tests.core.proposals.test_pages import phone_of
from tests.core.sounds.recordings import tone
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, typed
from tests.tours.stories.test_guardians import codes_on
from tests.tours.stories.test_pages import AT, decide, key_of, lombok, say_yes, tell
from tours.stories import sound
from tours.stories.models import Story

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
JSON = {"Accept": "application/json"}
TYPED = "De bel ging. Iedereen rende naar buiten."


@pytest.fixture(scope="module")
def voice() -> bytes:
    return tone(2, "webm")


def begin(device, **more) -> str:
    return device.post(f"{AT}/sound", data=more, headers=JSON).json["key"]


def add(device, key: str, offset: int, piece: bytes):
    return device.post(f"{AT}/sound/{key}/{offset}", data=piece, headers=JSON)


def finish(device, key: str, said: bytes | None = None):
    sha256 = "" if said is None else hashlib.sha256(said).hexdigest()
    return device.post(f"{AT}/sound/{key}/finish", data={"sha256": sha256}, headers=JSON)


def sent(device, voice: bytes) -> str:
    """What stands in the form of a story after its voice was sent."""
    key = begin(device)
    add(device, key, 0, voice)
    return finish(device, key, voice).json["recorded"]


def unfinished(app) -> int:
    with app.app_context():
        return len(list(storage().coming().glob("voice-*")))


def kept(app) -> list[str]:
    with app.app_context():
        media.sweep()
        return list(storage().names())


def told_by_voice(app, voice: bytes, **change):
    teller = app.test_client()
    answer = tell(teller, **{"words": "", "recorded": sent(teller, voice), **change})
    assert answer.status_code == 200, fault(answer.text, "recorded")
    return teller, key_of(app)


def test_it_goes_on_where_the_network_dropped(lombok, voice):
    phone = lombok.test_client()
    key = begin(phone)
    assert add(phone, key, 0, voice[:4000]).json == {"offset": 4000}
    again = add(phone, key, 0, voice[:4000])
    assert (again.status_code, again.json) == (200, {"offset": 4000}), "the same piece twice is once"
    early = add(phone, key, 9000, voice[9000:])
    assert (early.status_code, early.json) == (409, {"offset": 4000})
    other = add(phone, key, 0, b"x" * 4000)
    assert (other.status_code, other.json) == (409, {"offset": 4000}), "other bytes at the same place"
    assert add(phone, key, 4000, voice[4000:]).json == {"offset": len(voice)}
    done = finish(phone, key, voice)
    assert done.json["milliseconds"] == pytest.approx(2000, abs=100)
    assert unfinished(lombok) == 0
    assert len(kept(lombok)) == 1


def test_what_came_in_otherwise_than_the_phone_has_it_is_refused_and_gone(lombok, voice):
    phone = lombok.test_client()
    key = begin(phone)
    add(phone, key, 0, voice)
    answer = finish(phone, key, b"something else")
    assert answer.status_code == 422
    assert "niet heel" in answer.json["error"]
    assert (unfinished(lombok), kept(lombok)) == (0, [])
    assert add(phone, key, 0, voice).status_code == 404


def test_what_is_no_sound_is_refused_with_a_sentence_and_gone(lombok):
    phone = lombok.test_client()
    key = begin(phone)
    add(phone, key, 0, b"ffconcat version 1.0\nfile secret")
    assert finish(phone, key).status_code == 415
    assert unfinished(lombok) == 0


def test_three_wait_at_an_address_and_one_that_is_done_over_makes_room(lombok, voice):
    phone = lombok.test_client()
    keys = [begin(phone) for _one in range(3)]
    assert phone.post(f"{AT}/sound", headers=JSON).status_code == 429
    assert unfinished(lombok) == 3
    elsewhere = lombok.test_client().post(f"{AT}/sound", headers=JSON, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 200
    assert begin(phone, instead=keys[0])
    assert add(phone, keys[0], 0, voice).status_code == 404


def test_what_stopped_coming_waits_a_day_for_its_phone_and_an_hour_for_another(lombok, voice):
    phone = lombok.test_client()
    keys = [begin(phone) for _one in range(sound.MOST)]
    add(phone, keys[0], 0, voice[:4000])
    stood_still(lombok, keys[0], 23 * 3600)
    with lombok.app_context():
        media.sweep()
    assert add(phone, keys[0], 4000, voice[4000:8000]).json == {"offset": 8000}, "a night without network is no loss"
    stood_still(lombok, keys[1], 3700)
    assert len(begin(phone)) == 26, "one that stands still for an hour makes room"
    assert unfinished(lombok) == sound.MOST
    assert add(phone, keys[1], 0, voice[:10]).status_code == 404
    stood_still(lombok, keys[2], 24 * 3600 + 60)
    with lombok.app_context():
        media.sweep()
    assert unfinished(lombok) == sound.MOST - 1, "after a day it is gone"


def stood_still(app, key: str, seconds: int) -> None:
    with app.app_context():
        [file] = storage().coming().glob(f"voice-*-{key}")
    moment = time.time() - seconds
    os.utime(file, (moment, moment))


def test_a_full_disk_says_that_the_recording_stays_on_the_phone(lombok, voice, monkeypatch):
    phone = lombok.test_client()
    key = begin(phone)
    add(phone, key, 0, voice)

    def full(_disk, _folder, _name):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Disk, "keep", full)
    answer = finish(phone, key, voice)
    assert answer.status_code == 507
    assert "opname" in answer.json["error"]


def test_no_more_comes_in_than_a_recording_can_have(lombok, monkeypatch):
    monkeypatch.setattr(prepare, "MAX_BYTES", 10_000)
    phone = lombok.test_client()
    key = begin(phone)
    assert add(phone, key, 0, b"x" * 9000).status_code == 200
    assert add(phone, key, 9000, b"x" * 2000).status_code == 413
    assert add(phone, key, 9000, b"x" * (sound.PIECE + 1)).status_code == 413


@pytest.mark.parametrize("key", ["*", "a" * 26, "..%2F..", "x"])
def test_no_other_file_is_reached_by_a_key(lombok, key):
    phone = lombok.test_client()
    begin(phone)
    assert add(phone, key, 0, b"x").status_code == 404
    assert phone.post(f"{AT}/sound/{key}/finish").status_code == 404


def test_it_is_heard_once_it_is_typed_and_its_teller_agrees_and_no_longer(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    reader, editor = lombok.test_client(), join(lombok, Role.EDITOR)
    with_code(editor)
    page = editor.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": "0,900"})
    assert page.status_code == 303
    assert typed(editor.get(f"{AT}/mine/{key}/transcript").text, "starts") == "0,900", "whoever mends a word keeps them"
    decide(lombok)
    assert TYPED.split(". ")[0] in teller.get(f"{AT}/mine/{key}/yes").text
    say_yes(teller, key)
    assert "De bel ging" in reader.get(f"{AT}/{key}").text, "what was said can be read"
    assert reader.get(f"{AT}/{key}/sound.m4a").status_code == 404, "no yes to the voice"
    assert reader.get(f"{AT}/{key}/words.vtt").status_code == 404
    teller.post(f"{AT}/mine/{key}/uses", data={"uses": "voice"})
    with reader.get(f"{AT}/{key}/sound.m4a", headers={"Range": "bytes=0-99"}) as part:
        assert (part.status_code, len(part.data), part.mimetype) == (206, 100, "audio/mp4")
        assert part.headers["Cache-Control"] == "private, no-store"
    captions = reader.get(f"{AT}/{key}/words.vtt")
    assert captions.mimetype == "text/vtt"
    assert "00:00:00.900 --> 00:00:02.0" in captions.text
    assert 'data-start="900"' in reader.get(f"{AT}/{key}").text
    teller.post(f"{AT}/mine/{key}/uses", data={})
    assert reader.get(f"{AT}/{key}/sound.m4a").status_code == 404


def test_what_is_typed_of_a_voice_the_first_time_counts_as_no_change_and_another_word_later_does(lombok, voice):
    teller, key = told_by_voice(lombok, voice, words="Het was feest. Wij zongen tot laat.")
    editor = join(lombok, Role.EDITOR)
    with_code(editor)
    editor.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": ""})
    words = {"title": "Feest", "words": "Het was feest. Wij zongen tot heel laat.", "note": ""}
    editor.post(f"{AT}/edit/{key}", data=words)
    page = teller.get(f"{AT}/mine/{key}/yes").get_data(as_text=True)
    assert "1 van 4 anders" in page, "one sentence is other than its teller had it"
    assert page.count(">gezegd</span>") == 2
    teller.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": ""})
    editor.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED.replace("Iedereen", "Niemand"), "starts": ""})
    page = teller.get(f"{AT}/mine/{key}/yes").get_data(as_text=True)
    assert "1 van 4 anders" in page
    assert re.search(r"<del>Iedereen</del>\s*<ins>Niemand</ins>", page)


def test_of_a_voice_alone_all_that_is_typed_is_as_it_was_said(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    editor = join(lombok, Role.EDITOR)
    with_code(editor)
    editor.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": ""})
    page = teller.get(f"{AT}/mine/{key}/yes").get_data(as_text=True)
    assert "Niets is anders" in page
    assert TYPED in page


def test_who_cares_for_a_child_hears_the_voice_and_does_not_type_its_words(lombok, voice):
    child, parent = lombok.test_client(), lombok.test_client()
    page = tell(child, words="", recorded=sent(child, voice), young="1")
    parent.post("/w/lombok/receipt", data={"code": codes_on(page)[1]})
    at = f"{AT}/mine/{key_of(lombok)}"
    with parent.get(f"{at}/sound.m4a") as heard:
        assert heard.status_code == 200
    assert parent.get(f"{at}/transcript").status_code == 404
    assert parent.post(f"{at}/transcript", data={"words": TYPED, "starts": ""}).status_code == 404
    assert child.get(f"{at}/transcript").status_code == 200


def test_nobody_reads_a_voice_that_nobody_typed(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    decide(lombok)
    assert say_yes(teller, key) == 409
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404


def test_before_that_its_teller_and_editors_hear_it_and_nobody_else(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    editor, other = join(lombok, Role.EDITOR), phone_of(lombok, "Blauwe Reiger")
    with_code(editor)
    for device, status in ((teller, 200), (editor, 200), (other, 404), (lombok.test_client(), 404)):
        for page in ("sound.m4a", "transcript"):
            with device.get(f"{AT}/mine/{key}/{page}") as answer:
                assert answer.status_code == status, page
    assert other.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED}).status_code == 404
    assert teller.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": "x,-1,5"}).status_code == 303
    assert TYPED in teller.get(f"{AT}/mine/{key}").text


def test_only_who_sent_it_puts_it_in_a_story_and_once(lombok, voice):
    mine, other = phone_of(lombok, "Blauwe Reiger"), phone_of(lombok, "Warme Sjaal")
    recorded = sent(mine, voice)
    for text in (recorded, recorded[:-2] + "xx", "{}"):
        refused = tell(other, words="", recorded=text)
        assert refused.status_code == 422
        assert "niet meer" in fault(refused.text, "recorded")
    assert tell(mine, words="", recorded=recorded).status_code == 303
    twice = tell(mine, title="Nog een", words="", recorded=recorded)
    assert twice.status_code == 409
    assert fault(twice.text, "recorded")


def test_a_voice_of_no_story_goes_a_day_later_and_one_of_a_story_stays(lombok, voice, clock):
    phone = phone_of(lombok, "Blauwe Reiger")
    sent(phone, voice)
    assert tell(phone, words="", recorded=sent(phone, voice)).status_code == 303
    assert len(kept(lombok)) == 2
    clock.advance(days=1, minutes=1)
    [stays] = kept(lombok)
    with lombok.app_context():
        assert db.session.scalar(select(Media.let_go_at).where(Media.key == stays)) is None


def test_taken_back_nothing_of_the_voice_stays(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    teller.post(f"{AT}/mine/{key}/transcript", data={"words": TYPED, "starts": ""})
    decide(lombok)
    say_yes(teller, key)
    teller.post(f"{AT}/mine/{key}/uses", data={"uses": "voice"})
    assert lombok.test_client().get(f"{AT}/{key}/words.vtt").status_code == 200
    teller.post(f"{AT}/mine/{key}/withdraw")
    for page in ("sound.m4a", "words.vtt"):
        assert lombok.test_client().get(f"{AT}/{key}/{page}").status_code == 404
    assert kept(lombok) == []
    with lombok.app_context():
        assert not [row for row in db.session.execute(select(Story.__table__)) if "bel ging" in str(row)]


def test_a_sound_file_does_as_well_and_a_story_needs_words_or_a_voice(lombok, voice):
    teller = lombok.test_client()
    bad = tell(teller, words="", sound=(BytesIO(b"no sound at all"), "x.mp3"))
    assert bad.status_code == 415
    assert fault(tell(teller, words="").text, "words") == "Vertel iets. Eén zin is al genoeg."
    assert tell(teller, words="", sound=(BytesIO(voice), "bel.webm")).status_code == 200
    with teller.get(f"{AT}/mine/{key_of(lombok)}/sound.m4a") as heard:
        assert heard.status_code == 200
    assert len(kept(lombok)) == 1


def test_only_the_telling_page_may_hear(lombok, voice):
    teller, key = told_by_voice(lombok, voice)
    pages = (f"{AT}/tell/write", f"{AT}/tell", AT, f"{AT}/mine/{key}", f"{AT}/mine/{key}/transcript", "/w/lombok/")
    policies = {page: teller.get(page).headers["Permissions-Policy"] for page in pages}
    assert [page for page, policy in policies.items() if "microphone=(self)" in policy] == [pages[0]]
    assert all("microphone=()" in policy for page, policy in policies.items() if page != pages[0])

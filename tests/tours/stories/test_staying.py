"""Somebody is erased, and what they told stays under a receipt: theirs to do with as before, and leading to nobody."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from core import clock as time
from core import jobs
from core.consent import service as consent
from core.consent.models import Consent
from core.contributions.models import Contribution, State
from core.database import db, writing
from core.desk import service as desk
from core.people import names
from core.people.mail_links import EmailAddress
from core.people.models import Device, Person
from core.receipts.models import Receipt
from tests import make
from tests.core.people.test_erasure import found_in_the_database
from tests.core.sounds.recordings import tone
from tests.forms import key_in
from tests.tours.stories.test_pages import AT, FORM, code_on, decide, key_of, lombok, say_yes, told_and_read
from tests.tours.stories.test_reactions import decide as decide_about
from tests.tours.stories.test_reactions import react
from tests.tours.stories.test_sound import TYPED, sent
from tours.stories import check, kind, queries, service

__all__ = ["lombok"]
pytestmark = pytest.mark.both
ERASE, RECEIPT = "/w/lombok/me/erase", "/w/lombok/receipt"
WORD = "Kwispelbaard"
NAME = f"{WORD} Vlag"
MAIL = "kwispelbaard@example.org"
PICTURE = {"then-about": "Een gang", "then-people": "nobody", "then-whose": "own"}
ABOUT = ("contribution", "contribution_version", "contribution_approval", "consent", "desk_told", "story_telling",
         "story", "story_reaction", "receipt")  # fmt: skip


@pytest.fixture(scope="module")
def voice() -> bytes:
    return tone(2, "webm")


class Teller:
    """A player: what they told, and what names them."""

    def __init__(self, app, voice: bytes = b"") -> None:
        self.app, self.phone = app, app.test_client()
        _other, others = told_and_read(app, title="Van een ander", called="Truus")
        self.phone.post("/w/lombok/join", data={"name": NAME, "age": "adult"})
        with app.app_context(), writing():
            me = self.me()
            db.session.add(EmailAddress(person_id=me.id, address=MAIL, confirmed_at=time.now()))
            self.key, self.tag = me.player_key, me.tag
            self.device = db.session.scalars(select(Device.token_hash).where(Device.person_id == me.id)).one()
        self.story = self.tell(voice, **{"then-file": (make.jpeg(), f"{WORD}.jpg"), **PICTURE})
        self.be_read(self.story)
        react(self.phone, others, called=NAME)
        decide_about(app)
        self.came_back = self.tell(title="Teruggestuurd", words="De brug ging open.")
        decide(app, "back", "private")
        self.waits = self.tell(title="Nog niet gelezen", words="De bakker floot.")

    def me(self) -> Person:
        return db.session.scalars(select(Person).where(Person.name == NAME)).unique().one()

    def tell(self, voice: bytes = b"", **change) -> str:
        form = {**FORM, "called": NAME, **change, "client_key": key_in(self.phone.get(f"{AT}/tell/write").text)}
        form |= {"recorded": sent(self.phone, voice)} if voice else {}
        assert self.phone.post(f"{AT}/tell/write", data=form).status_code == 303
        return key_of(self.app)

    def be_read(self, key: str) -> None:
        """In its second version, with their name and all that they can allow."""
        decide(self.app, "back", "private")  # somebody was told so
        with self.app.app_context():
            one = db.session.execute(select(Contribution).where(Contribution.key == key)).scalar_one()
            here = db.session.get(service.Neighbourhood, one.neighbourhood_id)
            typed = {"transcript": {"words": TYPED, "starts": []}}
            said = typed if one.last.content.get("sound") else {"theme": "water"}
            service.edit(one, here, said, "", "an editor", service.Role.EDITOR)
            db.session.commit()
        decide(self.app)
        assert say_yes(self.phone, key, named="1") == 303
        for uses in (["name", "voice", "embed", "print"], ["name", "voice", "embed"]):  # one of them ended again
            form = {"uses": uses, "licence": "CC-BY-4.0", "knows": "1"}
            assert self.phone.post(f"{AT}/mine/{key}/uses", data=form).status_code == 303

    def leave(self, told: str) -> str:
        """They are erased; the secret of the receipt where there is one."""
        page = self.phone.post(ERASE, data={"name": NAME, "told": told})
        if told == "go":
            assert page.status_code == 303
            return ""
        sealed = re.search(r'name="receipt" value="([^"]+)"', page.text)[1]
        answer = self.phone.post(ERASE, data={"name": NAME, "told": told, "receipt": sealed})
        assert answer.headers["Location"] == "/w/lombok/erased"
        return code_on(page)

    def opened(self, code: str):
        """Another device, with the receipt open."""
        device = self.app.test_client()
        assert device.post(RECEIPT, data={"code": code}).status_code == 303
        return device

    def leads_back(self) -> list[str]:
        """Where something names them, or ties what they told to the key that their meetings keep."""
        planted = (WORD, MAIL, names.likeness(NAME), self.tag, self.device)
        found = [f"{one}: {hit}" for one in planted for hit in found_in_the_database(self.app, one)]
        with self.app.app_context():
            subject = db.session.scalar(select(Contribution.who).where(Contribution.key == self.waits)) or self.story
            for table in db.metadata.sorted_tables:
                rows = [str(row) for row in db.session.execute(select(table)) if self.key in str(row)]
                found += [table.name for row in rows if table.name in ABOUT or subject in row]
        root = Path(self.app.config["BUURT"].media).parent
        texts = [file for file in root.rglob("*") if file.is_file() and file.suffix not in {".db", ".webp", ".m4a"}]
        return found + [f"{file.name}" for file in texts if WORD.encode() in file.read_bytes()]


@pytest.fixture
def teller(lombok):
    return Teller(lombok)


@pytest.fixture
def speaker(lombok, voice):
    return Teller(lombok, voice)


def faults(app) -> list[str]:
    with app.app_context():
        return list(check.faults(check.everything()))


def status(device, url: str) -> int:
    with device.get(url) as answer:
        return answer.status_code


def test_it_is_asked_what_goes_and_nothing_goes_before_the_receipt_was_seen(lombok, teller):
    page = teller.phone.get(ERASE).text
    assert re.search(r'name="told" value="go" checked', page)
    assert "Verhalen die je vertelde: 3 · Je herinneringen bij verhalen: 1" in page
    assert teller.phone.post(ERASE, data={"name": "Iemand Anders", "told": "stay"}).status_code == 422
    shown = teller.phone.post(ERASE, data={"name": NAME, "told": "stay"})
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    assert teller.phone.get("/w/lombok/me").status_code == 200, "still here"
    assert lombok.test_client().post(RECEIPT, data={"code": code_on(shown)}).status_code == 422, "nothing lies under it"
    sealed = re.search(r'name="receipt" value="([^"]+)"', shown.text)[1]
    forged = {"name": NAME, "told": "stay", "receipt": sealed[:-3] + "abc"}
    assert "Bewaar eerst deze bon" in teller.phone.post(ERASE, data=forged).text
    stranger = lombok.test_client()
    stranger.post("/w/lombok/join", data={"name": "Groene Deur", "age": "adult"})
    assert "En wat je aan de buurt vertelde" not in stranger.get(ERASE).text, "who told nothing is asked nothing"


def test_what_stays_is_read_without_a_name_and_is_its_tellers_by_the_receipt_alone(lombok, speaker, clock):
    reader, key = lombok.test_client(), speaker.story
    assert WORD in reader.get(f"{AT}/{key}").text
    device = speaker.opened(speaker.leave("stay"))
    for _half in ("while it can be undone", "for good"):
        shown = reader.get(f"{AT}/{key}").text
        assert "Buurman Teun" in shown
        assert WORD not in shown
        assert status(reader, f"{AT}/{key}/sound.m4a") == status(reader, f"{AT}/{key}/frame") == 200, "as was allowed"
        under = device.get(RECEIPT).text
        assert all(said in under for said in ("De rij bij Kuiper", "Nog niet gelezen", "leverworst"))
        assert faults(lombok) == []
        clock.advance(hours=25)
        jobs.run(lombok)
    assert speaker.phone.post("/w/lombok/erased").status_code == 410
    assert speaker.leads_back() == []
    with lombok.app_context():
        assert len(db.session.scalars(select(Receipt)).all()) == 2, "that, and the one of the other speaker"
        licence = select(Consent).where(Consent.use == "licence:cc-by-4.0", Consent.ended_at.is_(None))
        assert db.session.scalars(licence).one().version, "what was chosen holds"
    decide(lombok, key=speaker.waits)
    assert say_yes(device, speaker.waits) == 303
    assert reader.get(f"{AT}/{speaker.waits}").status_code == 200, "it was in review, and went on"
    assert device.post(f"{AT}/mine/{speaker.came_back}/appeal").status_code == 303
    form = {
        **FORM,
        "words": "Het rook er naar brood.",
        "client_key": key_in(device.get(f"{AT}/mine/{key}/change").text),
    }
    assert device.post(f"{AT}/mine/{key}/change", data=form).status_code == 303
    assert device.post(f"{AT}/mine/{key}/withdraw").status_code == 303
    assert reader.get(f"{AT}/{key}").status_code == 410
    assert faults(lombok) == []


@pytest.mark.parametrize(
    ("part", "forgets", "seen"), [(consent, "rename", "consent"), (kind.Stories, "nameless", "story_telling")]
)
def test_a_part_that_forgets_to_hand_over_would_be_seen(lombok, teller, clock, monkeypatch, part, forgets, seen):
    monkeypatch.setattr(part, forgets, lambda *_said: {})
    teller.leave("stay")
    clock.advance(hours=25)
    jobs.run(lombok)
    assert any(seen in one for one in teller.leads_back())


def test_the_desk_that_forgets_it_takes_the_appeal_away(lombok, teller, monkeypatch):
    monkeypatch.setattr(desk, "rename", lambda *_said: None)
    device = teller.opened(teller.leave("stay"))
    assert device.post(f"{AT}/mine/{teller.came_back}/appeal").status_code == 404


@pytest.mark.parametrize("told", ["go", "stay"])
def test_undone_within_the_day_all_of_it_is_theirs_again_with_its_name(lombok, teller, clock, told):
    reader = lombok.test_client()
    code = teller.leave(told)
    assert reader.get(f"{AT}/{teller.story}").status_code == {"go": 410, "stay": 200}[told], "what goes is gone at once"
    assert WORD not in reader.get(AT).text
    clock.advance(hours=23)
    jobs.run(lombok)
    assert teller.phone.post("/w/lombok/erased").status_code == 303
    shown = reader.get(f"{AT}/{teller.story}").text
    assert "Buurman Teun" in shown
    assert WORD in shown
    assert "Nog niet gelezen" in teller.phone.get(f"{AT}/mine").text
    assert "leverworst" in teller.phone.get("/w/lombok/me/memories").text
    assert faults(lombok) == []
    if code:
        assert lombok.test_client().post(RECEIPT, data={"code": code}).status_code == 422, "the receipt opens nothing"
    clock.advance(hours=48)
    jobs.run(lombok)
    assert reader.get(f"{AT}/{teller.story}").status_code == 200


def test_what_goes_too_is_found_nowhere(lombok, teller, clock):
    teller.leave("go")
    clock.advance(hours=25)
    jobs.run(lombok)
    assert lombok.test_client().get(f"{AT}/{teller.story}").status_code == 410
    assert set(teller.leads_back()) == {"consent"}, "ended yeses to what is gone"
    assert found_in_the_database(lombok, "De bakker floot") == []
    assert faults(lombok) == []


def test_of_somebody_younger_than_16_nothing_stays(lombok):
    child = lombok.test_client()
    child.post("/w/lombok/join", data={"name": "Gele Jas", "age": "younger"})
    child.post(f"{AT}/tell/write", data={**FORM, "client_key": key_in(child.get(f"{AT}/tell/write").text)})
    assert 'name="told"' not in child.get(ERASE).text
    assert child.post(ERASE, data={"name": "Gele Jas", "told": "stay"}).status_code == 303
    with lombok.app_context():
        [one] = db.session.scalars(select(Contribution))
        assert one.state == State.WAITING
        assert queries.telling(one).guardian != one.who


def zipped(device, url: str) -> dict[str, bytes]:
    answer = device.get(url)
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="buurtspoor-[\d-]+\.zip"', answer.headers["Content-Disposition"])
    archive = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    return {one: archive.read(one) for one in archive.namelist()}


def test_both_zips_have_each_version_its_files_yeses_and_memories_and_the_receipts_leads_nowhere(lombok, speaker):
    def looked_at(files: dict[str, bytes]) -> None:
        stories = {one.get("key"): one for one in json.loads(files["stories.json"])}
        versions = stories[speaker.story]["versions"]
        assert [len(one["hash"]) for one in versions] == [64, 64]
        assert {"site", "voice", "licence:cc-by-4.0"} <= {one["for"] for one in json.loads(files["consents.json"])}
        assert "leverworst" in files["memories.json"].decode()
        [picture], sound = versions[-1]["pictures"], versions[-1]["sound"]
        assert files[f"stories/{speaker.story}/{picture['key']}.webp"].startswith(b"RIFF")
        assert b"ftyp" in files[f"stories/{speaker.story}/{sound['key']}.m4a"][:12]

    mine = zipped(speaker.phone, "/w/lombok/me/data.zip")
    looked_at(mine)
    device = speaker.opened(speaker.leave("stay"))
    theirs = zipped(device, f"{RECEIPT}/data.zip")
    looked_at(theirs)
    assert not set(theirs) & {"person.json", "phones.json", "household.json"}
    with lombok.app_context():
        subject = db.session.scalars(select(Contribution.who).where(Contribution.key == speaker.story)).one()
    for planted in (WORD, MAIL, speaker.key, speaker.tag, subject):
        assert [name for name, said in theirs.items() if planted in name or planted.encode() in said] == []
    nobody = lombok.test_client().get(f"{RECEIPT}/data.zip")
    assert nobody.mimetype == "text/html", "without a receipt the field for one"

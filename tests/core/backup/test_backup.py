"""Everything in one file and back, on either database; what went since the back-up stays gone."""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import game
import tours
from core import clock as time
from core import codes, create_app, jobs
from core.backup import again, archive, rows, service
from core.consent.models import Consent
from core.contributions import handing_over
from core.contributions import service as contributions
from core.database import Model, db, writing
from core.media import queries as media
from core.neighbourhoods.models import Neighbourhood
from core.people import erasure
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import Photo
from core.refusal import Refusal
from core.staying import Heir
from tests import make, postgres
from tests.bench import crowd
from tests.core.classes import lesson
from tours.stories import check
from tours.stories import queries as stories
from tours.stories import service as telling

pytestmark = pytest.mark.both
SECRET = "a secret of the tests"
WORD = "Kwispelzwaard"  # of its own: a search index keeps words of earlier tests in the file
ONCE = re.compile(rb'name="client_key" (type="hidden" )?value="[^"]+"')  # of each form, new each time
BY_CHANCE = {  # a name or a code that is new each time; the time in a zip
    "printing.cards", "encounters.here", "encounters.hand_in", "headquarters.host", "people.card", "people.export",
    "staff.invite", "walks.build", "walks.end",
}  # fmt: skip


def nothing(*_said: object) -> None:
    """Nobody looks on."""


def another(folder: Path, url: str = "") -> Flask:
    """An empty machine."""
    app = create_app(
        (game, tours),
        {"database_url": url or f"sqlite:///{folder / 'other.db'}", "media": str(folder / "other" / "media"),
         "maps": str(folder / "other" / "maps"),
         "queue_url": "memory://", "secret": SECRET, "limits": False, "testing": True},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def elsewhere(app, tmp_path) -> Iterator[Flask]:
    other = another(tmp_path)
    lesson.in_force(other)
    yield other
    with other.app_context():
        db.engine.dispose()


def made(app: Flask, file: Path) -> Path:
    with app.app_context():
        service.make(file, SECRET, nothing)
    return file


def restored(app: Flask, file: Path, forgotten: Path | None = None) -> tuple[int, int]:
    with app.app_context():
        return service.restore(file, SECRET, forgotten, nothing)


def answers(app: Flask, pages: dict[str, str], token: str) -> dict[str, tuple[int, bytes]]:
    phone = app.test_client()
    phone.set_cookie("device", token)
    phone.set_cookie("staff", "1")
    found = {}
    for name, page in pages.items():
        if name in BY_CHANCE:
            continue
        with phone.get(page) as answer:
            found[name] = (answer.status_code, ONCE.sub(b"", answer.data))
    return found


def tables_in(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as read:
        return {name: read.read(name) for name in read.namelist() if name.startswith("rows/")}


def fsck(app: Flask) -> tuple[list[str], list[str], list[str]]:
    with app.app_context():
        return media.missing(), media.stray(), media.stuck()


def test_a_restored_site_answers_every_page_with_the_same_bytes(app, elsewhere, tmp_path, clock):
    with app.app_context():
        pages, token = crowd.grow(3)
    before = answers(app, pages, token)
    many, _went = restored(elsewhere, made(app, tmp_path / "site.zip"))
    after = answers(elsewhere, pages, token)
    assert {name for name in before if before[name] != after[name]} == set()
    assert len(before) > 100
    assert many > 250
    assert fsck(elsewhere)[1:] == fsck(app)[1:] == ([], [])


def test_rows_are_the_same_after_they_went_over_to_the_other_database_and_back(
    app, elsewhere, tmp_path, clock, request
):
    with app.app_context():
        crowd.grow(2)
    there = made(app, tmp_path / "there.zip")
    restored(elsewhere, there)
    back = made(elsewhere, tmp_path / "back.zip")
    assert tables_in(back) == tables_in(there)
    assert set(tables_in(there)) == {f"rows/{table.name}.jsonl" for table in rows.tables()}
    if request.config.getoption("--database") == "postgres":
        with postgres.database() as url:
            third = another(tmp_path / "third", url)
            restored(third, back)
            assert tables_in(made(third, tmp_path / "third.zip")) == tables_in(there)
            with third.app_context():
                with writing():
                    db.session.add(make.spot(db.session.scalars(select(Neighbourhood)).first(), key="nieuw"))
                db.engine.dispose()


# ---- what went since


@pytest.fixture
def lombok(app, clock) -> Flask:
    """Somebody with a strange name who met with a photo, and a story, both after the word."""
    with app.app_context():
        make.world()
    me, other = app.test_client(), app.test_client()
    me.post("/w/lombok/join", data={"name": f"{WORD} Vlag", "age": "adult"})
    other.post("/w/lombok/join", data={"name": "Groene Deur", "age": "adult"})
    me.post("/w/lombok/together/bench", data={"client_key": "x" * 20, "photo": (make.jpeg(), "x.jpg")})
    with app.app_context(), writing():
        here = db.session.scalars(select(Neighbourhood)).one()
        said = {"title": f"De {WORD}", "words": f"Een {WORD}.", "when": "", "spot": "", "theme": "", "warning": ""}
        one = telling.tell(here, "teller" + "a" * 20, said, "nl", "Bram")
        contributions.say_yes(one, one.last, "an editor")
        telling.approve(one, one.last.hash, one.who, "receipt", named=True)
        telling.allow(one, {"print"}, "receipt")
    return app


def everything(app: Flask) -> str:
    """Each row of each table."""
    with app.app_context(), db.engine.connect() as connection:
        return "".join(
            line.decode() for table in Model.metadata.sorted_tables for line in rows.lines(connection, table)
        )


def test_who_was_erased_and_what_was_taken_back_since_stay_gone(lombok, elsewhere, tmp_path, clock):
    with lombok.app_context():
        [story] = db.session.scalars(select(stories.Story.key))
    with lombok.app_context(), writing():
        erasure.ask(person(), f"{WORD} Vlag", None)
    clock.advance(hours=23)
    file = made(lombok, tmp_path / "site.zip")
    clock.advance(hours=2)
    with lombok.app_context(), writing():
        telling.withdraw(stories.handed_in(here(), story))
    jobs.run(lombok)
    with lombok.app_context():
        listed = again.place()
    said = listed.read_text()
    assert WORD not in said
    assert {line["what"] for line in map(json.loads, said.splitlines())} >= {"person", "contribution", "consent"}

    _many, went = restored(elsewhere, file, listed)
    assert went >= 3
    jobs.run(elsewhere)
    assert WORD not in everything(elsewhere)
    reader = elsewhere.test_client()
    assert reader.get(f"/w/lombok/stories/{story}").status_code == 410
    assert fsck(elsewhere) == ([], [], [])


def test_a_restore_leaves_what_stayed_under_its_receipt_and_brings_nobody_back(lombok, elsewhere, tmp_path, clock):
    with lombok.app_context(), writing():
        one = stories.handed_in(here(), db.session.scalars(select(stories.Story.key)).one())
        handing_over.hand_over(one, person().player_key)  # as if they had told it with their account
        one.named, stories.telling(one).called = True, f"{WORD} Vlag"
        telling.allow(one, {"name", "embed"}, "screen")
        key = one.key
    file = made(lombok, tmp_path / "site.zip")
    clock.advance(minutes=5)
    with lombok.app_context(), writing():
        player = person().player_key
        telling.allow(stories.handed_in(here(), key), {"name", "print"}, "screen")
    jobs.run(lombok)
    with lombok.app_context(), writing():
        code = codes.long_code()
        erasure.ask(person(), f"{WORD} Vlag", None, Heir(here(), codes.new_key(), code))
    for hours in (0, 23, 2):
        clock.advance(hours=hours)
        jobs.run(lombok)
    with lombok.app_context():
        listed = again.place()
    said = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [line["what"] for line in said if player in line["key"]] == ["person"]
    assert code not in listed.read_text()

    for machine, uses in ((lombok, {"site", "print"}), (elsewhere, {"site"})):  # what was allowed since is lost
        if machine is elsewhere:
            restored(elsewhere, file, listed)
            jobs.run(elsewhere)
        with machine.app_context():
            one = stories.handed_in(here(), key)
            assert one.who != player
            assert stories.uses(one.id) == uses
            assert list(check.faults(check.everything())) == []
        assert f"{WORD} Vlag" not in everything(machine)
        teller = machine.test_client()
        assert teller.post("/w/lombok/receipt", data={"code": code}).status_code == 303
        assert f"De {WORD}" in teller.get(f"/w/lombok/stories/mine/{key}").text
        assert teller.get(f"/w/lombok/stories/{key}").status_code == 200
    assert teller.post(f"/w/lombok/stories/mine/{key}/withdraw").status_code == 303
    assert teller.get(f"/w/lombok/stories/{key}").status_code == 410
    assert fsck(elsewhere) == ([], [], [])


def here() -> int:
    return db.session.scalars(select(Neighbourhood.id)).one()


def person() -> Person:
    return db.session.scalars(select(Person).where(Person.name == f"{WORD} Vlag")).unique().one()


def test_a_photo_that_was_withdrawn_and_a_use_that_was_ended_since_stay_so(lombok, elsewhere, tmp_path, clock):
    file = made(lombok, tmp_path / "site.zip")
    clock.advance(minutes=5)
    with lombok.app_context(), writing():
        photo = db.session.scalars(select(Photo).where(Photo.forgotten_at.is_(None))).one()
        photos.forget(photo)
        photo_key = photo.key
        one = stories.handed_in(here(), db.session.scalars(select(stories.Story.key)).one())
        telling.allow(one, set(), "receipt")
    jobs.run(lombok)
    with lombok.app_context():
        listed = again.place()
    restored(elsewhere, file, listed)
    jobs.run(elsewhere)
    with elsewhere.app_context():
        assert db.session.scalars(select(Photo).where(Photo.key == photo_key)).one().is_forgotten
        [story] = db.session.scalars(select(stories.Story))
        assert not stories.allows(story.contribution_id, "print")
        assert stories.allows(story.contribution_id, "site")
    assert fsck(elsewhere) == ([], [], [])


def test_a_yes_that_was_given_again_is_not_on_the_list(lombok, clock):
    for uses in (set(), {"print"}):
        with lombok.app_context(), writing():
            telling.allow(
                stories.handed_in(here(), db.session.scalars(select(stories.Story.key)).one()), uses, "receipt"
            )
        clock.advance(minutes=1)
    jobs.run(lombok)
    with lombok.app_context():
        listed = {line.key for line in again.read(again.place()) if line.what == "consent"}
        printed = {str(one) for one in db.session.scalars(select(Consent.id).where(Consent.use == "print"))}
        assert listed
        assert not listed & printed


def test_the_list_goes_on_after_a_line_that_was_cut_off(lombok, clock):
    with lombok.app_context():
        listed = again.place()
        listed.write_text('{"what": "photo", "key": "half')
    with lombok.app_context(), writing():
        photos.forget(db.session.scalars(select(Photo).where(Photo.forgotten_at.is_(None))).one())
    jobs.run(lombok)
    jobs.run(lombok)
    with lombok.app_context():
        assert [line.what for line in again.read(listed)].count("photo") == 1


# ---- what goes wrong


def test_a_restore_that_is_killed_halfway_leaves_an_empty_site_that_can_be_restored(
    lombok, elsewhere, tmp_path, monkeypatch
):
    file = made(lombok, tmp_path / "site.zip")
    with monkeypatch.context() as patch:
        patch.setattr(rows, "count_on", die_at("person_device"))
        with pytest.raises(KeyboardInterrupt):
            restored(elsewhere, file)
    with elsewhere.app_context(), db.engine.connect() as connection:
        assert rows.is_empty(connection)
    restored(elsewhere, file)
    assert fsck(elsewhere) == ([], [], [])


def die_at(_name: str):
    calls = []

    def die(_connection, table) -> None:
        calls.append(table.name)
        if len(calls) == len(rows.tables()):
            raise KeyboardInterrupt

    return die


def test_it_goes_into_an_empty_site_with_the_same_secret_alone(lombok, elsewhere, tmp_path):
    file = made(lombok, tmp_path / "site.zip")
    with pytest.raises(Refusal, match=r"lege|empty"):
        restored(lombok, file)
    with elsewhere.app_context(), pytest.raises(Refusal, match=r"geheim|secret"):
        service.restore(file, "another", None, nothing)
    with lombok.app_context(), pytest.raises(Refusal, match=r"bestand|file"):
        service.make(file, SECRET, nothing)


def hostile(good: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Files that look like a back-up and are none."""
    whole = good.read_bytes()
    for number, cut in enumerate((0, 1, 3, 22, 100, len(whole) // 4, len(whole) // 2, len(whole) - 1)):
        yield f"cut at {cut}", written(folder / f"cut{number}", whole[:cut])
    for number, at in enumerate(range(30, len(whole), max(1, len(whole) // 12))):
        file = written(folder / f"bit{number}", whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        if says(file) != says(good):  # else it was a bit that nobody reads, such as of the hour in a zip
            yield f"a bit at {at}", file
    with zipfile.ZipFile(good) as read:
        entries = {name: read.read(name) for name in read.namelist()}
    listed = json.loads(entries["manifest.json"])
    wrong = {
        "no list": None, "a list that is none": b"[]", "an empty list": b"{}", "deep": b"[" * 100_000,
        "not a list": b"\xff\xfe", "NaN": b"NaN",
        "format": changed(listed, format=2), "moment": changed(listed, made_at="yesterday"),
        "no zone": changed(listed, made_at="2026-01-01T00:00:00"), "no entries": changed(listed, entries={}),
        "entries": changed(listed, entries=[1]), "sizes": changed(listed, entries={"rows/person.jsonl": ["x", 1]}),
        "revision": changed(listed, revision="9999"), "secret": changed(listed, secret="0"),
    }  # fmt: skip
    for name, manifest in wrong.items():
        yield name, zipped(folder / name, {**entries, "manifest.json": manifest})
    for number, name in enumerate((
        "../evil", "/etc/passwd", "rows/../person.jsonl", "media/x/y", "media/" + "a" * 26 + "/../../evil",
        "media/" + "a" * 26 + "/.htaccess", "rows/person.jsonl/", "rows\\person.jsonl", "C:\\evil",
    )):  # fmt: skip
        more = {**listed, "entries": {**listed["entries"], name: [4, "0" * 64]}}
        yield f"name {name}", zipped(folder / f"name{number}", {
            **entries, name: b"evil", "manifest.json": json.dumps(more).encode()
        })  # fmt: skip
    for number, said in enumerate((
        b"", b"{}\n", b"[]\n", b'["id"]\n[1]\n', b"[" * 100_000, b"\x00" * 50, b'["id"', b"nonsense",
    )):  # fmt: skip
        yield (
            f"rows {said[:20]!r}",
            relisted(folder / f"rows{number}", entries, listed, "rows/neighbourhood.jsonl", said),
        )


def says(file: Path) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(file) as read:
            return {name: read.read(name) for name in read.namelist()}
    except archive.BROKEN:
        return None


def written(file: Path, what: bytes) -> Path:
    file.write_bytes(what)
    return file


def changed(listed: dict, **more: object) -> bytes:
    return json.dumps({**listed, **more}).encode()


def relisted(file: Path, entries: dict, listed: dict, name: str, said: bytes) -> Path:
    from hashlib import sha256

    more = {**listed["entries"], name: [len(said), sha256(said).hexdigest()]}
    return zipped(file, {**entries, name: said, "manifest.json": changed(listed, entries=more)})


def zipped(file: Path, entries: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(file, "w") as out:
        for name, what in entries.items():
            if what is not None:
                out.writestr(name, what)
    return file


def test_what_only_looks_like_a_back_up_is_refused_and_nothing_of_it_is_kept(lombok, elsewhere, tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    tried = 0
    for name, file in hostile(made(lombok, tmp_path / "site.zip"), folder):
        try:
            restored(elsewhere, file)
        except Refusal:
            tried += 1
        else:
            pytest.fail(name)
        with elsewhere.app_context(), db.engine.connect() as connection:
            assert rows.is_empty(connection), name
    assert tried >= 45
    assert not (tmp_path / "evil").exists()


def test_the_commands_say_what_they_did(lombok, elsewhere, tmp_path):
    file = tmp_path / "site.zip"
    said = lombok.test_cli_runner().invoke(args=["backup", "make", str(file)])
    assert said.exit_code == 0, said.output
    assert f"{file.stat().st_size} bytes" in said.output
    said = elsewhere.test_cli_runner().invoke(args=["backup", "restore", str(file)])
    assert said.exit_code == 0, said.output
    assert "rows restored" in said.output
    assert "no list of what went since" in said.output
    said = elsewhere.test_cli_runner().invoke(args=["backup", "restore", str(file)])
    assert said.exit_code == 1
    assert said.output.startswith("Error: ")


def test_moments_and_days_come_back_as_they_were(lombok, elsewhere, tmp_path):
    restored(elsewhere, made(lombok, tmp_path / "site.zip"))
    with lombok.app_context():
        joined = db.session.scalars(select(Person.joined_at).order_by(Person.id)).all()
    with elsewhere.app_context():
        assert db.session.scalars(select(Person.joined_at).order_by(Person.id)).all() == joined
    assert joined[-1] - time.now() < timedelta(seconds=1)

"""A withdrawn story is gone from every address that it ever had, every list, and every copy that we keep."""

import hashlib
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from core import jobs
from core.consent.models import Due
from core.consent.surfaces import SURFACES
from core.database import db
from core.media.models import Media
from core.storage import storage
from tests import make
from tests.core.sounds.recordings import tone
from tests.forms import key_in
from tests.tours.stories.test_pages import FORM, decide, key_of, lombok, say_yes
from tests.tours.stories.test_sound import TYPED, sent
from tours.stories import queries, service
from tours.stories.uses import USES

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
HERE = "/w/lombok"
AT = f"{HERE}/stories"
TITLE, WORDS = "Zilverdraad in de gang", "Daar hing Keesje Kwik altijd rond. Het rook er naar teer."
TOLD = re.compile(r"Zilverdraad|Keesje|Kwik|teer\b|Bram|bel ging")
LISTS = {
    "all": AT, "the search": f"{AT}?q=zilverdraad", "its theme": f"{AT}?theme=shops", "its spot": f"{HERE}/spots/bank",
    "home": f"{HERE}/", "the map": f"{HERE}/map", "the feed": f"{HERE}/stories.atom",
}  # fmt: skip


@pytest.fixture(scope="module")
def voice() -> bytes:
    return tone(2, "webm")


def told(app, voice: bytes):
    """A story with all that one can have and all that its teller can allow: the teller's device, and its key."""
    teller = app.test_client()
    form = {**FORM, "title": TITLE, "words": WORDS, "then-about": "Een gang", "then-people": "nobody",
            "then-whose": "own",
            "recorded": sent(teller, voice), "client_key": key_in(teller.get(f"{AT}/tell/write").text),
            "then-file": (make.jpeg(size=(1400, 1000)), "gang.jpg")}  # fmt: skip
    assert teller.post(f"{AT}/tell/write", data=form).status_code == 200
    key = key_of(app)
    with app.app_context():
        one = db.session.execute(select(queries.Contribution)).scalar_one()
        here, typed = one.neighbourhood_id, {"transcript": {"words": TYPED, "starts": []}}
        service.edit(one, db.session.get(service.Neighbourhood, here), typed, "", "an editor", service.Role.EDITOR)
        db.session.commit()
    decide(app)
    assert say_yes(teller, key, named="1") == 303
    chosen = {"uses": list(USES), "licence": "CC-BY-4.0", "knows": "1"}
    assert teller.post(f"{AT}/mine/{key}/uses", data=chosen).status_code == 303
    jobs.run(app)
    return teller, key


def addresses(key: str) -> list[str]:
    """Each that this story has of its own."""
    own = ["", "/sound.m4a", "/words.vtt", "/frame", "/about.jsonld", "/share.png"]
    return [f"{AT}/{key}{path}" for path in (*own, *(f"/0/{size}.webp" for size in ("small", "medium", "large")))]


def answer(reader, url: str) -> tuple[int, str]:
    with reader.get(url) as answered:
        return answered.status_code, answered.get_data().decode("latin-1")


def archive(app, folder) -> set[str]:
    """What an archive that is made now has of any story, and what it says."""
    to = folder / "bag.zip"
    said = app.test_cli_runner().invoke(args=["stories", "archive", "lombok", str(to)])
    assert said.exit_code == 0, said.output
    with zipfile.ZipFile(to) as bag:
        return {name for name in bag.namelist() if name.startswith("data/stories/")}


def left(app, key: str, folder) -> list[str]:
    """Where something of it can still be had."""
    reader = app.test_client()
    answers = {url: answer(reader, url) for url in addresses(key)}
    found = [url for url, (status, said) in answers.items() if status not in {404, 410} or TOLD.search(said)]
    for name, url in LISTS.items():
        page = reader.get(url).text.replace("zilverdraad", "")  # as it was asked for
        if TOLD.search(page) or (key in page and name != "the feed"):
            found.append(name)
    with app.app_context():
        kept = db.session.scalars(select(Media.key).where(Media.let_go_at.is_(None))).all()
        found += [f"bytes of {one}" for one in {*kept, *storage().names()}]
        found += [f"due at {one.surface}" for one in db.session.scalars(select(Due).where(Due.done_at.is_(None)))]
    return found + sorted(archive(app, folder))


def test_all_that_it_had_is_gone_with_one_sweep_and_who_copied_it_is_told(lombok, voice, tmp_path):
    teller, key = told(lombok, voice)
    reader = lombok.test_client()
    assert [url for url in addresses(key) if answer(reader, url)[0] != 200] == []
    assert [name for name, url in LISTS.items() if not TOLD.search(reader.get(url).text)] == []
    assert "oudste uit 1974" in reader.get(f"{HERE}/").text
    assert {name.rpartition("/")[2] for name in archive(lombok, tmp_path)} == {
        "story.json", "picture-0.webp", "sound.m4a", "transcript.vtt",
    }  # fmt: skip
    assert teller.post(f"{AT}/mine/{key}/withdraw").status_code == 303
    assert reader.get(f"{AT}/{key}").status_code == 410, "before any sweep"
    jobs.run(lombok)
    assert left(lombok, key, tmp_path) == []
    assert reader.get(f"{AT}/{key}").status_code == reader.get(f"{AT}/{key}/frame").status_code == 410
    told_so = {row["use"] for row in reader.get(f"{AT}/revocations.json").get_json()["revoked"]}
    assert told_so == {"site", *USES, "licence:cc-by-4.0"}


def test_a_surface_that_forgets_it_would_be_seen(lombok, voice, tmp_path):
    teller, key = told(lombok, voice)
    del lombok.extensions["registries"][SURFACES.name]["share pictures"]
    teller.post(f"{AT}/mine/{key}/withdraw")
    jobs.run(lombok)
    with lombok.app_context():
        [bytes_of] = db.session.scalars(select(Media.key).where(Media.owner == "share picture"))
    assert set(left(lombok, key, tmp_path)) == {f"bytes of {bytes_of}"}


def test_the_archive_has_what_tellers_allow_says_how_many_it_left_out_and_can_be_checked(lombok, voice, tmp_path):
    teller, key = told(lombok, voice)
    to = tmp_path / "bag.zip"
    teller.post(f"{AT}/mine/{key}/uses", data={"uses": ["archive", "name"]})
    said = lombok.test_cli_runner().invoke(args=["stories", "archive", "lombok", str(to)])
    assert said.output.startswith("1 stories in ")
    with zipfile.ZipFile(to) as bag:
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            lines = [line.split("  ") for line in bag.read(manifest).decode().splitlines()]
            assert {name: hashlib.sha256(bag.read(name)).hexdigest() for _digest, name in lines} == {
                n: d for d, n in lines
            }
        assert bag.read("bagit.txt").startswith(b"BagIt-Version: 1.0\n")
        folder = f"data/stories/{key}"
        assert {name for name in bag.namelist() if name.startswith("data/")} == {
            f"{folder}/story.json", f"{folder}/picture-0.webp",
        }, "no voice without a yes to it"  # fmt: skip
        story = json.loads(bag.read(f"{folder}/story.json"))
        text = bag.read(f"{folder}/story.json").decode()
    assert (story["title"], story["credit"], story["licence"]["id"]) == (TITLE, "Bram", "CC-BY-4.0")
    assert {one["use"] for one in story["consents"]} == {"site", "name", "archive", "licence:cc-by-4.0"}
    with lombok.app_context():
        assert db.session.execute(select(queries.Contribution)).scalar_one().who not in text
    teller.post(f"{AT}/mine/{key}/uses", data={"uses": ["name"]})
    said = lombok.test_cli_runner().invoke(args=["stories", "archive", "lombok", str(to)])
    assert "0 stories" in said.output
    assert "1 left out" in said.output
    assert [one.name for one in tmp_path.iterdir()] == ["bag.zip"]

"""Stories on other sites: only with the teller's yes to that, and every address answers once it is taken back."""

import json
import re
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import event, select

from core import codes
from core.contributions import service as contributions
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.photos.prepare import prepare
from core.storage import storage
from tests import make
from tours.stories import queries, service

pytestmark = pytest.mark.both
AT = "/w/lombok/stories"
ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
WORDS = "Buurman Teun zei <script>niets</script>. De rij was lang & breed. Later sloot de winkel."


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
        with writing():
            here = db.session.scalars(select(Neighbourhood)).one()
            db.session.add(make.spot(here, name="Slagerij Kuiper"))
    return app


@pytest.fixture
def told(lombok):
    """A story that everybody reads, and these uses of it; its key."""

    def told(*uses: str, title: str = "De rij bij Kuiper") -> str:
        with lombok.app_context(), writing():
            here = db.session.scalars(select(Neighbourhood)).one()
            said = {"title": title, "words": WORDS, "when": "ongeveer 1974", "spot": "bank", "theme": "", "warning": ""}
            about = {"about": "Een etalage", "when": "rond 1970", "whose": "own", "people": "nobody"}
            picture = service.keep_picture(prepare(make.jpeg(size=(40, 30)), storage().tmp()), about)
            one = service.tell(here, codes.new_key(), said, "nl", "Bram", pictures=[picture])
            contributions.say_yes(one, one.last, "an editor")
            service.approve(one, one.last.hash, one.who, "receipt", named=True)
            service.allow(one, uses, "receipt")
            return one.key

    return told


def change(app, key: str, do) -> None:
    with app.app_context(), writing():
        do(queries.handed_in(db.session.scalars(select(Neighbourhood.id)).one(), key))


def entries(reader) -> list[str]:
    feed = fromstring(reader.get("/w/lombok/stories.atom").data)
    return [entry.find(f"{ATOM}link").get("href").rpartition("/")[2] for entry in feed.findall(f"{ATOM}entry")]


def test_a_story_stands_on_other_sites_only_with_its_tellers_yes_to_that(lombok, told):
    here, there, reader = told("name"), told("name", "embed", title="Elders"), lombok.test_client()
    assert entries(reader) == [there]
    for page in ("frame", "about.jsonld"):
        assert reader.get(f"{AT}/{here}/{page}").status_code == 404
        assert reader.get(f"{AT}/{there}/{page}").status_code == 200
    assert '<meta name="robots" content="noindex">' in reader.get(f"{AT}/{here}").text
    page = reader.get(f"{AT}/{there}").text
    assert "noindex" not in page
    assert f'type="application/ld+json" href="{AT}/{there}/about.jsonld"' in page
    for key, said in ((here, "noindex"), (there, None)):
        with reader.get(f"{AT}/{key}/0/small.webp") as picture:
            assert picture.headers.get("X-Robots-Tag") == said


def test_the_feed_and_the_article_say_what_it_is_and_not_all_its_words(lombok, told):
    key, reader = told("name", "embed"), lombok.test_client()
    answer = reader.get("/w/lombok/stories.atom")
    assert answer.mimetype == "application/atom+xml"
    entry = fromstring(answer.data).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Bram"
    assert entry.find(f"{ATOM}summary").text == "Buurman Teun zei <script>niets</script>. De rij was lang & breed."
    answer = reader.get(f"{AT}/{key}/about.jsonld")
    assert answer.mimetype == "application/ld+json"
    said = json.loads(answer.data)
    assert (said["@type"], said["headline"], said["temporalCoverage"]) == ("Article", "De rij bij Kuiper", "1974~")
    assert said["author"] == {"@type": "Person", "name": "Bram"}
    assert said["contentLocation"] == {"@type": "Place", "name": "Slagerij Kuiper"}
    assert "sloot" not in answer.text
    image = said["image"][0]
    assert (image["@type"], image["caption"], image["temporalCoverage"]) == ("ImageObject", "Een etalage", "1970~")
    assert image["license"] == "http://rightsstatements.org/vocab/InC/1.0/"
    with reader.get(said["image"][0]["contentUrl"]) as picture:
        assert picture.status_code == 200


def test_nobody_is_named_elsewhere_without_a_yes_to_the_name(lombok, told):
    key, reader = told("embed"), lombok.test_client()
    pages = [reader.get(page).text for page in ("/w/lombok/stories.atom", f"{AT}/{key}/about.jsonld",
                                                f"{AT}/{key}/frame")]  # fmt: skip
    assert not [page for page in pages if "Bram" in page]
    assert "Teun" in pages[2]


def test_only_the_frame_may_be_framed_and_nothing_runs_in_it(lombok, told):
    key, reader = told("embed"), lombok.test_client()
    frame = reader.get(f"{AT}/{key}/frame")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "<script" not in frame.text
    for page in (f"{AT}/{key}", AT, f"{AT}/{key}/about.jsonld", f"{AT}/{told()}/frame"):
        assert "frame-ancestors 'none'" in reader.get(page).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("end", "page", "frame"),
    [
        (service.withdraw, 410, 410),
        (lambda one: contributions.hide(one), 410, 410),
        (lambda one: service.allow(one, ["name"], "receipt"), 200, 404),
    ],
    ids=["withdrawn", "hidden", "no longer allowed elsewhere"],
)
def test_what_ends_is_gone_at_once_from_every_address_and_told_to_who_copied_it(lombok, told, end, page, frame):
    key, stays, reader = told("name", "embed"), told("name", "embed", title="Ook"), lombok.test_client()
    assert set(entries(reader)) == {key, stays}
    change(lombok, key, end)
    assert entries(reader) == [stays]
    answers = {path: reader.get(f"{AT}/{key}{path}") for path in ("", "/frame", "/about.jsonld")}
    assert [answer.status_code for answer in answers.values()] == [page, frame, frame]
    assert page == 200 or "Teun" not in "".join(answer.text for answer in answers.values())
    assert "Teun" not in answers["/frame"].text
    feed = fromstring(reader.get("/w/lombok/stories.atom").data)
    assert [gone.get("ref").rpartition("/")[2] for gone in feed.findall(GONE)] == [key]
    told_so = reader.get(f"{AT}/revocations.json").get_json()["revoked"]
    assert {"embed"} <= {row["use"] for row in told_so if row["story"] == key}
    assert {row["story"] for row in told_so} == {key}


def test_the_list_of_what_went_comes_in_pages(lombok, told, monkeypatch):
    monkeypatch.setattr("core.consent.queries.REVOCATIONS", 2)
    key, reader = told("name", "embed"), lombok.test_client()
    change(lombok, key, service.withdraw)
    first = reader.get(f"{AT}/revocations.json").get_json()
    rest = reader.get(first["next"]).get_json()
    assert {row["use"] for row in first["revoked"] + rest["revoked"]} == {"site", "name", "embed"}
    assert rest["next"] is None


def questions(app, reader) -> int:
    """How many the feed asks of the database."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        reader.get("/w/lombok/stories.atom")
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_feed_takes_as_many_questions_for_ten_as_for_one(lombok, told):
    told("name", "embed")
    reader = lombok.test_client()
    for_one = questions(lombok, reader)
    for number in range(9):
        told("name", "embed", title=f"Nummer {number}")
    assert questions(lombok, reader) == for_one


def test_stories_raise_the_thermometer_in_steps_of_five_and_none_that_is_taken_back_lowers_it(lombok, told, clock):
    def shown() -> str:
        page = lombok.test_client().get("/w/lombok/thermometer").text
        return re.search(r"<strong>(\d+)</strong>verhalen verteld", page)[1]

    keys = [told(title=f"Nummer {number}") for number in range(4)]
    assert shown() == "0"
    keys.append(told(title="De vijfde"))
    assert shown() == "5"
    change(lombok, keys[0], service.withdraw)
    assert shown() == "5"

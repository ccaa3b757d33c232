"""What a phone keeps of a walk: every address with the hash of what it answers, and nothing that may not be shown."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from core.contributions import service as contributions
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.photos.prepare import prepare
from core.storage import storage
from tests import make
from tests.tours.walks.test_pages import AT, begin, lombok, maker, publish
from tours.stories import queries as stories
from tours.stories import service
from tours.stories.models import Story

pytestmark = pytest.mark.both
__all__ = ["lombok", "maker"]
LIST = f"{AT}/rondje-kanaal/pack.json"


@pytest.fixture
def walk(lombok, maker):
    """A public walk of three stories, one of them with a picture."""
    begin(lombok, maker)
    key = story(lombok, "De rij").key
    with lombok.test_request_context("/w/lombok/"), writing():
        one = stories.handed_in(neighbourhoods.by_slug("lombok").id, key)
        about = {"about": "Een etalage", "when": "rond 1970", "whose": "own", "people": "nobody"}
        picture = service.keep_picture(prepare(make.jpeg(size=(40, 30)), storage().tmp()), about)
        service.change(one, neighbourhoods.by_slug("lombok"), {"pictures": [picture]}, "nl")
        contributions.say_yes(one, one.last, "an editor")
        service.approve(one, one.last.hash, one.who, "receipt", named=True)
    publish(lombok, maker)
    return lombok


def story(app, title: str) -> Story:
    with app.app_context():
        return db.session.scalars(select(Story).where(Story.title == title)).one()


def files(app) -> dict[str, dict]:
    return {file["url"]: file for file in app.test_client().get(LIST).json["files"]}


def test_every_address_answers_what_its_hash_says(walk):
    reader = walk.test_client()
    said = reader.get(LIST).json
    for file in said["files"]:
        with reader.get(file["url"]) as answer:
            assert answer.status_code == 200, file["url"]
            assert (len(answer.data), sha256(answer.data).hexdigest()) == (file["bytes"], file["sha256"]), file["url"]
    assert said["bytes"] == sum(file["bytes"] for file in said["files"])
    assert {file["kind"] for file in said["files"]} == {"page", "picture", "part"}


def test_the_kept_page_is_the_same_for_everybody_and_knows_nobody(walk):
    player = walk.test_client()
    player.post("/w/lombok/join", data={"name": "Groene Deur", "age": "adult"})
    page = f"{AT}/rondje-kanaal/kept"

    assert player.get(page).data == walk.test_client().get(page).data
    assert "Groene Deur" not in player.get(page).text
    assert "De rij, lang geleden." in player.get(page).text


def test_what_its_teller_takes_back_is_on_no_list_and_the_version_is_another(walk):
    gone = story(walk, "De rij")
    before = walk.test_client().get(LIST).json["version"]
    assert any(gone.key in url for url in files(walk))
    with walk.test_request_context("/w/lombok/"), writing():
        service.withdraw(stories.handed_in(gone.neighbourhood_id, gone.key))
    assert not any(gone.key in url for url in files(walk))
    assert walk.test_client().get(LIST).json["version"] != before
    assert "De rij, lang geleden." not in walk.test_client().get(f"{AT}/rondje-kanaal/kept").text


def test_of_a_walk_that_is_gone_the_list_is_gone_and_of_a_draft_there_is_none(walk, maker):
    assert walk.test_client().get(f"{AT}/none/pack.json").status_code == 404
    for title in ("De rij", "De soep"):
        one = story(walk, title)
        with walk.test_request_context("/w/lombok/"), writing():
            service.withdraw(stories.handed_in(one.neighbourhood_id, one.key))
    for page in ("pack.json", "kept"):
        assert walk.test_client().get(f"{AT}/rondje-kanaal/{page}").status_code == 410

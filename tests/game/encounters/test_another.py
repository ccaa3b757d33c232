"""The two did this challenge already: another one for the same meeting, in one tap, and its photo stays."""

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core import clock as now
from core.database import db, writing
from core.people.models import Person
from core.photos.models import Photo
from game.encounters.models import Encounter, State
from game.scoring.models import LedgerEntry
from tests import make
from tests.game.encounters.test_choosing import add, change, meet, tag_of
from tests.game.encounters.test_pages import count, hand_in, joined, letters, lombok

__all__ = ["lombok"]
pytestmark = pytest.mark.both
OFFERED = re.compile(r'name="challenge" value="([\w-]+)"')


@pytest.fixture
def amina(lombok) -> FlaskClient:
    return joined(lombok, "Rode Fiets")


@pytest.fixture
def bram(lombok) -> FlaskClient:
    return joined(lombok, "Groene Deur")


@pytest.fixture
def met(lombok, amina, bram, clock) -> FlaskClient:
    """Amina, who did "bench" with Bram yesterday."""
    meet(lombok, amina, bram, "bench")
    clock.advance(days=1)
    return amina


def standing(app) -> list[tuple[str, State]]:
    with app.app_context():
        found = db.session.scalars(select(Encounter).order_by(Encounter.id))
        return [(one.challenge.key, one.state) for one in found]


def test_named_by_letters_with_the_photo_one_tap_leads_to_another_that_fits(lombok, met, bram):
    answer = hand_in(met, "bench", key="again", photo=make.jpeg(), tag=tag_of(lombok, "Groene Deur"))
    page = met.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "Jullie deden deze al" in page.text
    assert "Je foto blijft staan." in page.text
    assert set(OFFERED.findall(page.text)) == {"colour", "bike"}
    where = met.post(answer.headers["Location"], data={"challenge": "bike"}).headers["Location"]
    assert standing(lombok)[-1] == ("bike", State.PROPOSED)
    assert count(lombok, Photo) == 1
    assert bram.post(f"{where}/yes", data={"photo": "with"}).status_code == 303
    assert standing(lombok)[-1] == ("bike", State.CONFIRMED)


def test_our_own_javascript_lets_go_of_the_photo_and_is_led_there(lombok, met):
    data = {"client_key": "js", "photo": (make.jpeg(), "kiek.jpg"), "tag": tag_of(lombok, "Groene Deur")}
    answer = met.post("/w/lombok/together/bench", data=data, headers={"Accept": "application/json"})
    assert answer.status_code == 201
    assert answer.json["sha256"]
    assert met.get(answer.json["next"]).status_code == 200
    again = {**data, "photo": (make.jpeg(), "kiek.jpg")}
    same = met.post("/w/lombok/together/bench", data=again, headers={"Accept": "application/json"})
    assert same.json["next"] == answer.json["next"]
    assert count(lombok, Photo) == 1


def test_named_by_letters_after_the_photo_it_is_the_same(lombok, met):
    address = hand_in(met, "bench", key="again", photo=make.jpeg()).headers["Location"]
    answer = met.post(f"{address}/here", data={"tag": tag_of(lombok, "Groene Deur")})
    assert answer.status_code == 303
    assert set(OFFERED.findall(met.get(answer.headers["Location"]).text)) == {"colour", "bike"}
    met.post(answer.headers["Location"], data={"challenge": "colour"})
    assert standing(lombok)[-1] == ("colour", State.PROPOSED)


def test_who_reads_the_code_is_asked_no_question_that_can_only_be_refused(lombok, met, bram):
    address = hand_in(met, "bench", key="again", photo=make.jpeg()).headers["Location"]
    code = letters(lombok, met, address)
    before = met.get(f"{address}/state").json
    page = bram.get(f"/e/{code}").text
    assert set(OFFERED.findall(page)) == {"colour", "bike"}
    assert "/yes" not in page
    assert bram.post(f"/e/{code}/yes").status_code == 303, "an old page leads there too"
    assert bram.post(f"/e/{code}/another", data={"challenge": "bike"}).headers["Location"] == f"/e/{code}"
    assert met.get(f"{address}/state").json != before, "the starter's page turns"
    assert bram.post(f"/e/{code}/yes", data={"photo": "with"}).status_code == 303
    assert standing(lombok)[-1] == ("bike", State.CONFIRMED)
    assert count(lombok, Photo) == 1


def test_a_stranger_with_the_code_changes_no_challenge(lombok, met):
    dirk = joined(lombok, "Gele Kraan")
    address = hand_in(met, "bench", key="again").headers["Location"]
    code = letters(lombok, met, address)
    assert dirk.post(f"/e/{code}/another", data={"challenge": "bike"}).status_code == 403
    assert dirk.post(f"{address}/another", data={"challenge": "bike"}).status_code == 404
    assert standing(lombok)[-1] == ("bench", State.DRAFT)


def test_a_meeting_with_a_companion_keeps_its_challenge(lombok, met):
    address = hand_in(met, "bike", key="again", tag=tag_of(lombok, "Groene Deur")).headers["Location"]
    assert met.get(f"{address}/another").headers["Location"] == address
    assert met.post(f"{address}/another", data={"challenge": "colour"}).status_code == 410
    assert standing(lombok)[-1] == ("bike", State.PROPOSED)


def test_what_showed_that_one_was_at_a_place_shows_nothing_of_another(lombok, met):
    with lombok.app_context(), writing():
        place = make.spot(db.session.scalars(select(Person)).first().neighbourhood)
        db.session.add(place)
        db.session.flush()
        spot_id, lat, lon = place.id, place.lat, place.lon
    change(lombok, "bench", spot_id=spot_id)
    there = {"lat": lat, "lon": lon, "accuracy": 10}
    address = hand_in(met, "bench", key="there", **there).headers["Location"]
    met.post(f"{address}/another", data={"challenge": "bike"})
    with lombok.app_context():
        last = db.session.scalars(select(Encounter).order_by(Encounter.id.desc())).first()
        assert [yes.evidence for yes in last.yeses] == [""]


def test_who_did_them_all_reads_so(lombok, met, bram, clock):
    for key in ("colour", "bike"):
        meet(lombok, met, bram, key)
    clock.advance(days=1)
    address = hand_in(met, "bench", key="again").headers["Location"]
    assert "Jullie deden ze allemaal" in bram.get(f"/e/{letters(lombok, met, address)}").text
    assert count(lombok, LedgerEntry) == 2


# ---- refusals of a hand-in that have a next step


@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize("key", ["gone", "never-was"])
def test_a_challenge_that_is_not_there_any_more_leads_to_another(lombok, amina, way, key):
    add(lombok, "gone", retired_at=now.now())
    answer = amina.get(f"/w/lombok/together/{key}") if way == "get" else hand_in(amina, key)
    assert answer.status_code == 410
    assert 'href="/w/lombok/together"' in answer.text
    assert "Kies een andere opdracht" in answer.text


def test_with_somebody_it_leads_to_what_these_two_can_do_also_for_our_own_javascript(lombok, met):
    tag = tag_of(lombok, "Groene Deur")
    assert f'href="/w/lombok/with/{tag}"' in met.get(f"/w/lombok/together/never-was?tag={tag}").text
    answer = met.post(
        "/w/lombok/together/never-was", data={"tag": tag, "without": "1"}, headers={"Accept": "application/json"}
    )
    assert answer.json["way_on"] == [f"/w/lombok/with/{tag}", "Kies een andere opdracht"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"tag": "BCDFGH", "without": "1"}, 404), ({"tag": "BCD", "without": "1"}, 422), ({"tag": "BCDFGH"}, 422),
     ({"tag": "BCDFGH", "photo": b"hello"}, 415)],
)  # fmt: skip
def test_what_was_typed_stays_on_the_page_of_the_photo(lombok, amina, sent, status):
    if "photo" in sent:
        sent = {**sent, "photo": (io.BytesIO(sent["photo"]), "kiek.jpg")}
    answer = amina.post("/w/lombok/together/bench", data={"client_key": "x", **sent})
    assert answer.status_code in (status, 422)
    assert f'value="{sent["tag"]}"' in answer.text
    assert 'name="photo"' in answer.text

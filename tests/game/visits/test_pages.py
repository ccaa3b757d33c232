"""Saying "Ik ben er": on a spot's page and on a challenge's, alone and together, with and without a position."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import game
import tours
from core import create_app
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.places import plates
from core.places import service as places
from core.places.models import Spot
from game.encounters.models import Encounter, Yes
from game.visits.models import Visit
from tests import make
from tests.forms import told, typed
from tests.game.encounters.test_pages import hand_in, joined, letters

pytestmark = pytest.mark.both
ASKED = {
    "nl": {"question": "Welk dier staat op de pot?", "answers": ["kikker"]},
    "en": {"question": "Which animal?", "answers": ["frog"]},
}
AT = {"lat": "52.0905", "lon": "5.1005", "accuracy": "12"}
A_STREET_AWAY = {"lat": "52.0925", "lon": "5.1005", "accuracy": "12"}  # 222 m
NEAR = {"lat": "52.0913", "lon": "5.1005", "accuracy": "12"}  # 89 m


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def amina(lombok) -> FlaskClient:
    return joined(lombok, "Rode Fiets")


@pytest.fixture
def bram(lombok) -> FlaskClient:
    return joined(lombok, "Groene Deur")


@pytest.fixture
def plate(lombok) -> str:
    """A spot with a plate, something to find there and something to do together; gives the plate's code."""
    with lombok.app_context(), writing():
        around = db.session.scalars(select(Neighbourhood)).one()
        spot = make.spot(around, "stoep", lat=52.0905, lon=5.1005, name="De stoep")
        db.session.add(spot)
        db.session.flush()
        make.challenge(around, "find-it", "find", spot_id=spot.id, on_site=ASKED)
        make.challenge(around, "meet-there", spot_id=spot.id)
        return plates.code_of(places.put_up(spot))


def visits(app) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Visit)).all())


def here(phone: FlaskClient, where: str = "spots/stoep", **said: str):
    return phone.post(f"/w/lombok/{where}/here", data=said)


BOTH_PAGES = pytest.mark.parametrize("where", ["spots/stoep", "challenges/find-it"])


@BOTH_PAGES
def test_a_fix_at_the_spot_is_a_visit(lombok, amina, plate, where):
    answer = here(amina, where, **AT)
    assert (answer.status_code, answer.location) == (303, f"/w/lombok/{where}#said")
    assert told(amina, answer) == "Bewaard: je was hier vandaag. Waar je precies stond, bewaren we niet."
    assert visits(lombok) == 1
    page = amina.get(answer.location).get_data(as_text=True)
    assert "Je bent hier geweest" in page or "Deze opdracht is klaar" in page


@BOTH_PAGES
def test_a_plate_and_the_question_are_a_visit_without_any_position(lombok, amina, plate, where):
    assert here(amina, where, plate=plate, answer="Een KIKKER", lat="", lon="", accuracy="").status_code == 303
    assert visits(lombok) == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"answer": "kikker"},
        NEAR,
        A_STREET_AWAY,
        {"lat": "nan", "lon": "inf", "accuracy": "-1"},
        {**AT, "accuracy": "400"},
    ],
)
def test_less_than_two_points_is_answered_kindly_and_keeps_nothing(lombok, amina, plate, said):
    answer = here(amina, **said)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "Scan de code op het bordje" in page
    assert "Welk dier staat op de pot?" in page
    assert visits(lombok) == 0


def test_near_with_a_plate_or_the_answer_is_enough(lombok, amina, plate):
    assert here(amina, **NEAR, plate=plate).status_code == 303
    assert here(amina, **NEAR, answer="frog").status_code == 303


def test_far_says_how_far_and_takes_your_word_without_counting_it(lombok, amina, plate):
    page = here(amina, **A_STREET_AWAY).get_data(as_text=True)
    assert "Je lijkt nog ± 200 meter weg" in page
    assert re.search(r'name="anyway" value="1">.*Ik ben er toch', page)
    toch = here(amina, **A_STREET_AWAY, anyway="1")
    assert toch.status_code == 200
    assert "Fijn dat je er bent." in toch.get_data(as_text=True)
    assert "meter weg" not in toch.get_data(as_text=True)
    assert visits(lombok) == 0
    assert here(amina, **A_STREET_AWAY, anyway="1", plate=plate, answer="kikker").status_code == 303


def test_far_never_stands_in_the_way_of_other_evidence(lombok, amina, plate):
    assert here(amina, **A_STREET_AWAY, plate=plate, answer="kikker").status_code == 303
    assert visits(lombok) == 1


def test_a_wrong_answer_is_told_kindly_and_the_right_one_is_never_sent(lombok, amina, plate):
    page = here(amina, answer="hond").get_data(as_text=True)
    assert "Dat is het nog niet." in page
    for address in ("spots/stoep", "challenges/find-it", "challenges", "together/find-it", "together/meet-there"):
        page += amina.get(f"/w/lombok/{address}").get_data(as_text=True)
    page += amina.get(f"/q/{plate}").get_data(as_text=True)
    assert "kikker" not in page
    assert "frog" not in page


def test_a_visit_is_once_a_day(lombok, amina, plate, clock):
    for _again in range(2):
        assert here(amina, **AT).status_code == 303
    assert visits(lombok) == 1
    clock.advance(days=1)
    assert here(amina, **AT).status_code == 303
    assert visits(lombok) == 2


def test_a_visitor_is_asked_to_join_first(client, plate):
    assert here(client, **AT).status_code == 401
    page = client.get("/w/lombok/challenges/find-it").get_data(as_text=True)
    assert re.search(r'href="/w/lombok/join\?[^"]*find-it[^"]*">(?:(?!</a>).)*Ik ben er</a>', page, re.DOTALL)
    assert "here-button" not in re.sub(r"<script.*?</script>", "", page)


def test_who_joins_on_the_way_comes_back_to_the_plate(client, plate):
    link = re.search(r'href="(/w/lombok/join[^"]*)"', client.get(f"/q/{plate}").get_data(as_text=True))[1]
    form = client.get(link.replace("&amp;", "&")).get_data(as_text=True)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    joins = client.post("/w/lombok/join", data={**hidden, "name": "Rode Fiets", "age": "adult"})
    assert (joins.status_code, joins.location) == (303, f"/q/{plate}#said")
    assert 'name="plate"' in client.get(joins.location).get_data(as_text=True)


def test_what_is_found_is_not_given_away(amina, plate):
    for address in ("challenges", "challenges/find-it", "together", "together/find-it"):
        page = amina.get(f"/w/lombok/{address}").get_data(as_text=True)
        find_it = page if "find-it" in address else re.search(r'<a[^>]*find-it".*?</a>', page, re.DOTALL)[0]
        assert "De stoep" not in find_it
    assert "De stoep" in amina.get("/w/lombok/challenges/meet-there").get_data(as_text=True)


def test_a_challenge_for_two_and_one_of_elsewhere_cannot_be_done_alone(lombok, amina, plate):
    for where in ("challenges/meet-there", "challenges/bench", "challenges/nothing", "spots/nothing"):
        assert here(amina, where, **AT).status_code == 404
    assert visits(lombok) == 0


# ---- together ----


def evidence(app) -> dict[str, str]:
    with app.app_context():
        met = db.session.scalars(select(Encounter)).one()
        yeses = db.session.scalars(select(Yes).order_by(Yes.id)).all()
        return {"starter" if yes.player == met.starter else "companion": yes.evidence for yes in yeses}


def test_a_yes_keeps_what_showed_that_somebody_was_there(lombok, amina, bram, plate):
    address = hand_in(amina, "meet-there", **AT, plate=plate).location
    code = letters(lombok, amina, address)
    bram.post(f"/e/{code}/yes", data={"photo": "with", "answer": "kikker", **NEAR})
    assert evidence(lombok) == {"starter": "verified plate", "companion": "near"}  # this challenge asks nothing
    assert visits(lombok) == 2
    assert "Je was bij" in bram.get(address).get_data(as_text=True)


def test_whose_partner_is_verified_was_there_too(lombok, amina, bram, plate):
    code = letters(lombok, amina, hand_in(amina, "find-it", **AT).location)
    assert bram.post(f"/e/{code}/yes", data={"photo": "with"}).status_code == 303
    assert evidence(lombok) == {"starter": "verified", "companion": ""}
    assert visits(lombok) == 2


def test_a_meeting_counts_the_same_when_nobody_shows_anything(lombok, amina, bram, plate):
    address = hand_in(amina, "find-it", **A_STREET_AWAY).location
    bram.post(f"/e/{letters(lombok, amina, address)}/yes", data={"photo": "with", **A_STREET_AWAY})
    assert evidence(lombok) == {"starter": "", "companion": ""}
    assert visits(lombok) == 0
    page = amina.get(address).get_data(as_text=True)
    assert "10 punten allebei" in page
    assert "Je was bij" not in page


def test_a_challenge_without_a_spot_keeps_nothing_of_where(lombok, amina, bram, plate):
    code = letters(lombok, amina, hand_in(amina, "bench", **AT, plate=plate).location)
    bram.post(f"/e/{code}/yes", data={"photo": "with", **AT})
    assert evidence(lombok) == {"starter": "", "companion": ""}


# ---- guessing ----


def test_answers_cannot_be_guessed_without_end(lombok, plate):
    settings = {key: getattr(lombok.config["BUURT"], key) for key in ("database_url", "media", "secret", "testing")}
    limited = create_app(parts=(game, tours), settings={**settings, "limits": True, "queue_url": "memory://"})
    phone = joined(limited, "Rode Fiets")
    said = [here(phone, answer=f"dier {number}").status_code for number in range(70)]
    assert 429 in said
    assert set(said) == {200, 429}
    with limited.app_context():
        db.engine.dispose()


def test_the_sign_one_scanned_is_kept_in_mind_while_one_joins_on_the_way(lombok, plate):
    dirk = lombok.test_client()
    spot = dirk.get(f"/q/{plate}").text
    address = unescape(re.search(r'href="([^"]*challenges/find-it[^"]*)"', spot)[1])
    join = unescape(re.search(r'href="([^"]*/join[^"]*)"', dirk.get(address).text)[1])
    onwards = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', dirk.get(join).text))
    answer = dirk.post("/w/lombok/join", data={**onwards, "name": "Grijze Kat", "age": "adult"})
    assert answer.status_code == 303
    page = dirk.get(answer.location).text
    assert "Welk dier staat op de pot?" in page
    assert f'name="plate" value="{plate}"' in page


def test_who_must_join_before_the_photo_still_has_the_sign_they_scanned(lombok, plate):
    dirk = lombok.test_client()
    join = dirk.get(f"/w/lombok/together/meet-there?plate={plate}")
    assert join.status_code == 303
    onwards = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', dirk.get(join.location).text))
    answer = dirk.post("/w/lombok/join", data={**onwards, "name": "Grijze Kat", "age": "adult"})
    assert f'name="plate" value="{plate}"' in dirk.get(answer.location).text


def test_who_came_by_the_sign_stays_with_it_after_saying_so(lombok, amina, plate):
    assert here(amina, **AT, plate=plate).location == f"/q/{plate}#said"
    assert "challenges/find-it" in amina.get(f"/q/{plate}").text
    assert here(amina, **AT, plate="A" * 26).location == "/w/lombok/spots/stoep#said"


def test_the_sign_one_scanned_is_kept_in_mind_while_one_chooses_a_language(lombok, plate):
    dirk = lombok.test_client()
    address = f"/w/lombok/challenges/find-it?plate={plate}"
    back = unescape(re.search(r'name="back" value="([^"]+)"', dirk.get(address).text)[1])
    assert dirk.post("/language", data={"lang": "en", "back": back}).location == address
    assert dirk.post("/language", data={"lang": "en", "back": f"{address}&then=x#y"}).location == address


def test_a_photo_that_did_not_come_keeps_the_answer_and_the_sign(lombok, amina, plate):
    with lombok.app_context(), writing():
        around = db.session.scalars(select(Neighbourhood)).one()
        spot = db.session.scalars(select(Spot).where(Spot.key == "stoep")).one()
        make.challenge(around, "ask-there", spot_id=spot.id, on_site=ASKED)
    page = amina.post("/w/lombok/together/ask-there", data={"answer": "Een kikker?", "plate": plate})
    assert page.status_code == 422
    assert (typed(page.text, "answer"), typed(page.text, "plate")) == ("Een kikker?", plate)

"""Makers change a place and take it off the map: nothing of it stays behind anywhere."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.places import geo, plates
from core.places import service as places
from core.places.models import Spot
from game.encounters.models import Encounter
from game.visits.models import Visit
from tests import make
from tests.core.staff.test_pages import join
from tests.forms import fault, key_in, told, twice_at_once, typed
from tests.game.encounters.test_pages import joined

pytestmark = pytest.mark.both
MINE = "/w/lombok/staff/spots"
SQUARE = [[52.0904, 5.1004], [52.0904, 5.1006], [52.0906, 5.1006], [52.0906, 5.1004]]
WHERE = {"lat": "52.0905", "lon": "5.1005"}
FORM = {**WHERE, "name": "De stoep", "street": "Plein", "radius": "40", "about-nl": "Plantjes."}
AT = {**WHERE, "accuracy": "12"}


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        here, _season = make.world()
        with writing():
            texts = {"nl": {"about": "Een stoep."}, "tr": {"about": "Kaldırım."}}
            db.session.add(make.spot(here, "stoep", lat=52.0905, lon=5.1005, name="De stoep", texts=texts))
            db.session.flush()
            for key, kind in (("find-it", "find"), ("meet-there", "together")):
                make.challenge(here, key, kind, spot_id=the_stoep().id)
    return app


@pytest.fixture
def maker(lombok) -> FlaskClient:
    return join(lombok, Role.MAKER, "maker", "Rode Laars")


def the_stoep() -> Spot:
    return db.session.scalars(select(Spot).where(Spot.key == "stoep")).one()


def remove(maker: FlaskClient) -> None:
    assert maker.post(f"{MINE}/stoep/remove").status_code == 303


def test_what_is_done_at_a_place_goes_off_the_map_with_it_and_comes_back(lombok, maker):
    amina = joined(lombok, "Rode Fiets")
    pages = [f"/w/lombok/challenges/{key}" for key in ("find-it", "meet-there")]
    assert [amina.get(page).status_code for page in pages] == [200, 200]
    remove(maker)
    assert [amina.get(page).status_code for page in pages] == [404, 404]
    listed = amina.get("/w/lombok/challenges").text + amina.get("/w/lombok/together").text
    assert "find-it" not in listed
    assert "meet-there" not in listed
    maker.post(f"{MINE}/stoep/restore")
    assert [amina.get(page).status_code for page in pages] == [200, 200]


def test_what_was_just_taken_off_has_its_way_back_on_top_of_the_page_and_later_in_the_list(lombok, maker):
    answer = maker.post(f"{MINE}/stoep/remove", follow_redirects=True)
    assert answer.text.count(f'action="{MINE}/stoep/restore"') == 2
    assert "<undo-moment" in answer.text
    later = maker.get(MINE).text
    assert later.count(f'action="{MINE}/stoep/restore"') == 1
    assert "<undo-moment" not in later
    maker.post(f"{MINE}/stoep/restore")
    assert "<undo-moment" not in maker.get(f"{MINE}?removed=stoep").text


def test_a_pin_left_in_the_middle_is_asked_for_and_what_was_typed_stays(lombok, maker):
    form = {**FORM, "name": "De hoek", "lat": "52.090002", "lon": "5.1"}
    answer = maker.post(f"{MINE}/new", data=form)
    assert answer.status_code == 422
    assert "De speld staat nog in het midden." in fault(answer.text, "lat")
    assert typed(answer.text, "name") == "De hoek"
    assert maker.post(f"{MINE}/new", data={**form, "lat": "52.09005"}).status_code == 303
    assert maker.post(f"{MINE}/de-hoek", data=form).status_code == 303, "who moved it there put it there"


@pytest.mark.parametrize("act", ["", "/remove"])
def test_a_place_that_goes_while_a_maker_saves_it_is_not_here_any_more(lombok, maker, act):
    with lombok.app_context(), writing():
        db.session.add(make.spot(neighbourhoods.by_slug("lombok"), "bankje", name="Het bankje"))
    gone = Event()

    def take_back():  # as the desk does with what came of a proposal, by an undo
        with lombok.app_context(), writing():
            db.session.execute(delete(Spot).where(Spot.key == "bankje"))
            gone.set()
            time.sleep(0.5)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(take_back)
        assert gone.wait(10)
        assert maker.post(f"{MINE}/bankje{act}", data=FORM).status_code == 404
        done.result()


def test_nobody_visits_or_meets_at_a_place_that_is_off_the_map(lombok, maker):
    amina = joined(lombok, "Rode Fiets")
    with lombok.app_context(), writing():
        plate = plates.code_of(places.put_up(the_stoep()))
    remove(maker)
    assert amina.post("/w/lombok/challenges/find-it/here", data=AT).status_code == 404
    assert amina.post("/w/lombok/spots/stoep/here", data=AT).status_code == 404
    answer = amina.post("/w/lombok/together/meet-there", data={**AT, "without": "1", "plate": plate})
    assert answer.status_code == 410
    with lombok.app_context():
        assert db.session.scalars(select(Visit)).all() == []
        assert db.session.scalars(select(Encounter)).all() == []


def test_a_place_that_moves_takes_its_border_along(lombok, maker):
    with lombok.app_context(), writing():
        the_stoep().border = SQUARE
    maker.post(f"{MINE}/stoep", data={**FORM, "lat": "52.0925"})
    with lombok.app_context():
        assert geo.distance_to(the_stoep(), 52.0925, 5.1005) == 0
        assert geo.distance_to(the_stoep(), 52.0905, 5.1005) > 150
        assert the_stoep().border[0] == pytest.approx([52.0924, 5.1004])


def test_what_other_languages_say_of_a_place_outlives_the_form(lombok, maker):
    maker.post(f"{MINE}/stoep", data=FORM)
    with lombok.app_context():
        assert the_stoep().texts == {"nl": {"about": "Plantjes."}, "tr": {"about": "Kaldırım."}}


def test_a_place_without_a_street_says_nothing_in_its_stead(lombok, maker):
    maker.post(f"{MINE}/stoep", data={**FORM, "street": ""})
    with lombok.app_context(), writing():
        places.put_up(the_stoep())
    shown = [maker.get(page).text for page in ("/w/lombok/spots/stoep", "/w/lombok/print/plates", "/w/lombok/map")]
    said = [" ".join(re.sub(r"<[^>]+>", " ", page.partition("<body")[2]).split()) for page in shown]
    assert not [page for page in said if "stoep , " in page or "stoep · " in page]
    assert all("De stoep" in page for page in said)


def test_a_place_that_is_to_be_found_is_told_by_its_plate_alone(lombok):
    visitor = lombok.test_client()
    with lombok.app_context(), writing():
        plate = plates.code_of(places.put_up(the_stoep()))
    assert "challenges/find-it" not in visitor.get("/w/lombok/spots/stoep").text
    assert "challenges/meet-there" in visitor.get("/w/lombok/spots/stoep").text
    assert "challenges/find-it" in visitor.get(f"/q/{plate}").text


def test_makers_who_save_one_new_name_at_one_instant_each_get_a_place(lombok, maker):
    cookies = [cookie for cookie in (maker.get_cookie("device"), maker.get_cookie("staff")) if cookie]
    start = Barrier(8)

    def save(_number: int) -> int:
        phone = lombok.test_client()
        for cookie in cookies:
            phone.set_cookie(cookie.key, cookie.value)
        start.wait(10)
        return phone.post(f"{MINE}/new", data={**FORM, "name": "De pomp"}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(save, range(8))) == [303] * 8
    with lombok.app_context():
        keys = db.session.scalars(select(Spot.key).where(Spot.name == "De pomp")).all()
        assert sorted(keys) == ["de-pomp", *(f"de-pomp-{number}" for number in range(2, 9))]


def test_the_form_lays_a_map_and_has_the_same_place_in_numbers(lombok, maker):
    page = maker.get(f"{MINE}/stoep").text
    assert re.search(r'<place-picker [^>]*data-lat="52.09" data-lon="5.1" data-leaflet="[^"]+leaflet\.js', page)
    assert typed(page, "lat") == "52.0905"
    assert re.search(r'<details [^>]*data-part="degrees" open>', page)  # as it stands without JavaScript


def test_the_other_places_are_on_the_map_of_the_form_and_not_the_place_itself(lombok, maker):
    with lombok.app_context(), writing():
        here = the_stoep().neighbourhood
        db.session.add(make.spot(here, "pomp", name="'t <Pompje>", lat=52.091, lon=5.102))
    others = re.search(r"data-others='([^']*)'", maker.get(f"{MINE}/stoep").text)[1]
    assert json.loads(others) == [["'t <Pompje>", 52.091, 5.102]]
    assert "<" not in others


@pytest.mark.parametrize("lat", ["", "52..1", "NaN", "1e400", "-52.09", "5.1"])
def test_numbers_that_are_no_place_here_are_refused_in_a_sentence(lombok, maker, lat):
    answer = maker.post(f"{MINE}/stoep", data={**FORM, "lat": lat, "about-nl": "Waar ik lang aan schreef."})
    assert answer.status_code == 422
    assert fault(answer.text, "lat")
    assert typed(answer.text, "lat") == lat
    assert typed(answer.text, "about-nl") == "Waar ik lang aan schreef."
    with lombok.app_context():
        assert the_stoep().lat == 52.0905


@pytest.mark.parametrize(
    ("change", "name"),
    [({"name": " "}, "name"), ({"name": "…"}, "name"), ({"name": "x" * 81}, "name"), ({"street": "x" * 81}, "street"),
     ({"about-nl": "x" * 301}, "about-nl"), ({"radius": "24"}, "radius"), ({"radius": "ver"}, "radius")],
)  # fmt: skip
def test_each_field_that_does_not_fit_says_so_itself(lombok, maker, change, name):
    page = maker.post(f"{MINE}/stoep", data={**FORM, **change}).text
    assert fault(page, name)
    assert typed(page, name) == change[name]
    assert [one for one in FORM if one != name and fault(page, one)] == []


def test_a_new_place_sent_twice_at_one_instant_is_one(lombok, maker):
    form = {**FORM, "name": "De pomp", "client_key": key_in(maker.get(f"{MINE}/new").text)}
    assert twice_at_once(lombok, maker, f"{MINE}/new", form) == [303, 303]
    with lombok.app_context():
        assert db.session.scalars(select(Spot.key).where(Spot.name == "De pomp")).all() == ["de-pomp"]


def test_saving_says_what_is_now_true(lombok, maker):
    maker.get(MINE)  # says "welcome" once
    assert "staat nu op de kaart" in told(maker, maker.post(f"{MINE}/new", data={**FORM, "name": "De pomp"}))
    assert "Zo staat de plek er nu" in told(maker, maker.post(f"{MINE}/stoep", data=FORM))
    remove(maker)
    assert "staat weer op de kaart" in told(maker, maker.post(f"{MINE}/stoep/restore"))

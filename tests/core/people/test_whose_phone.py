"""What a page tells the phone about whose it is: the queue of photos leans on it (decision 0011)."""

import pytest
from flask import Flask

from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.places import plates
from core.places import service as places
from tests import make
from tests.game.encounters.test_pages import joined

pytestmark = pytest.mark.both


@pytest.fixture
def lombok(app, clock) -> Flask:
    with app.app_context():
        make.world()
    return app


def test_a_page_says_whose_phone_it_is_and_that_it_is_nobodys(lombok):
    assert 'data-me=""' in lombok.test_client().get("/w/lombok/").text
    assert 'data-me="' in (home := joined(lombok, "Rode Fiets").get("/w/lombok/").text)
    assert 'data-me=""' not in home


@pytest.mark.parametrize("path", ["/nowhere", "/w/lombok/nowhere/at/all"])
def test_a_page_that_did_not_look_says_nothing_so_that_the_phone_does_not_forget(lombok, path):
    answer = joined(lombok, "Rode Fiets").get(path)
    assert answer.status_code == 404
    assert "data-me=" not in answer.text


def test_nor_does_a_page_of_another_neighbourhood(lombok):
    amina = joined(lombok, "Rode Fiets")
    with lombok.app_context(), writing():
        there = Neighbourhood(slug="zuilen", name="Zuilen", lat=52.1, lon=5.1)
        db.session.add(there)
        db.session.flush()
        spot = make.spot(there)
        db.session.add(spot)
        db.session.flush()
        plate = plates.code_of(places.put_up(spot))
    for path in ("/w/zuilen/", f"/q/{plate}"):
        page = amina.get(path)
        assert page.status_code == 200
        assert "data-me=" not in page.text

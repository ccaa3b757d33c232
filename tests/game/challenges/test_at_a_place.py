"""A sign asks "what is there to do here?": a place without a challenge of its own answers with the turn's."""

import re

import pytest

from core.database import db, writing
from core.neighbourhoods import queries
from tests import make


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
        with writing():
            here = queries.by_slug("lombok")
            bare, own = make.spot(here, "pomp", name="Oude pomp"), make.spot(here, "bank", name="Bankje")
            db.session.add_all([bare, own])
            db.session.flush()
            make.challenge(here, "ours").spot_id = own.id
    return app


def test_a_place_without_a_challenge_shows_that_of_today_to_anybody(lombok):
    visitor = lombok.test_client()
    page = visitor.get("/w/lombok/spots/pomp").text
    assert "Opdracht van vandaag" in page
    assert re.search(r'href="/w/lombok/challenges/[\w-]+"', page)


def test_a_place_with_one_of_its_own_shows_only_that(lombok):
    page = lombok.test_client().get("/w/lombok/spots/bank").text
    assert "Opdracht van vandaag" not in page
    assert "/challenges/ours" in page

"""A sign asks "what is there to do here?": a place without a challenge of its own answers with the turn's."""

import re

import pytest

from core.database import db, writing
from core.neighbourhoods import queries
from core.places import queries as places
from game.challenges.models import Challenge
from tests import make

CHIP = re.compile(r'buurt-chip">(?:<svg.*?</svg>)?([^<]+)')
LOOKED = {"on": "2026-03-12", "by": "Huis van de wijk"}
NOBODY_LOOKED = {"step_free": {"is": "unknown"}}


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


@pytest.mark.parametrize(
    ("facts", "claimed"),
    [
        ({"step_free": {"is": "yes", **LOOKED}, "free": True, "indoor": True}, ["gratis", "zonder trap", "kan binnen"]),
        ({"step_free": {"is": "no", **LOOKED}, "free": True, "indoor": False}, ["gratis"]),
        (NOBODY_LOOKED, []),
        ({}, []),
    ],
)
def test_at_a_place_a_challenge_claims_only_what_holds_there_too(lombok, facts, claimed):
    with lombok.app_context(), writing():
        places.by_key(1, "bank").facts = facts
        ours = db.session.query(Challenge).filter_by(key="ours").one()
        ours.marks, ours.faceless = ["free", "step_free", "indoor"], False
    phone = lombok.test_client()
    for page, most in (("challenges/ours", 3), ("spots/bank", 2)):
        assert CHIP.findall(phone.get(f"/w/lombok/{page}").text) == claimed[:most]


def test_a_challenge_without_a_place_claims_what_its_maker_said(lombok):
    assert "gratis" in CHIP.findall(lombok.test_client().get("/w/lombok/challenges/bench").text)


@pytest.mark.parametrize(("lat", "is_told"), [(52.09, True), (52.2, False)])
def test_a_challenge_is_not_said_to_be_in_a_part_that_its_place_lies_outside_of(lombok, lat, is_told):
    with lombok.app_context(), writing():
        zone = queries.by_slug("lombok").zones[1]
        zone.border = [[52.0, 5.0], [52.1, 5.0], [52.1, 5.2], [52.0, 5.2]]
        places.by_key(1, "bank").lat = lat
        db.session.query(Challenge).filter_by(key="ours").one().zone_id = zone.id
    page = lombok.test_client().get("/w/lombok/challenges/ours").text
    assert ('in <bdi translate="no" lang="nl">Zuid</bdi>' in page) == is_told

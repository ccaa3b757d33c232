"""Where a story was: a pin of its own, blurred where it is a home, and nowhere more exact than that."""

import json

import pytest
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db
from core.places import geo
from tests.forms import fault
from tests.tours.stories.test_pages import AT, key_of, lombok, tell, told_and_read
from tours.stories import check, place
from tours.stories.models import Story

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
PIN = {"spot": "", "lat": "52.09123", "lon": "5.10057"}


def shown(app, **said) -> Story:
    told_and_read(app, **{**PIN, **said})
    with app.app_context():
        assert list(check.faults(check.everything())) == []
        return db.session.scalars(select(Story)).one()


@pytest.mark.parametrize(
    ("address", "street"),
    [("Kanaalstraat 12-bis", "Kanaalstraat"), ("1e Daalsedijk 7", "1e Daalsedijk"), ("Kanaalstraat12", "Kanaalstraat"),
     ("12, rue Victor", "rue Victor"), ("Damstraat ٣", "Damstraat"), ("Bij de brug", "Bij de brug"), ("", "")],
)  # fmt: skip
def test_a_house_number_goes_and_the_street_stays(address, street):
    assert place.without_number(address) == street


def test_a_square_is_one_point_whoever_asks_and_a_hundred_metres_wide():
    middle = geo.blurred(52.09123, 5.10057, 100)
    assert geo.blurred(*middle, 100) == middle
    near = {geo.blurred(52.09123 + north / 1e5, 5.10057 + east / 1e5, 100) for north in range(30) for east in range(30)}
    assert len(near) <= 4, "a walk of thirty metres crosses two edges at most"
    assert all(geo.distance(52.09123, 5.10057, *one) < 130 for one in near)


def test_a_pin_at_a_square_stands_exactly_on_the_map_and_a_home_does_not(lombok):
    exact = shown(lombok, address="Bij de brug")
    assert (exact.lat, exact.lon, exact.address) == (52.09123, 5.10057, "Bij de brug")
    page = lombok.test_client().get("/w/lombok/map").text
    assert 'data-lat="52.09123"' in page
    assert 'data-kind="story"' in page


@pytest.mark.parametrize("said", [{"address": "Kanaalstraat 12"}, {"address": "Kanaalstraat", "home": "yes"}])
def test_of_a_home_no_page_says_more_than_its_square(lombok, said):
    story = shown(lombok, **said)
    assert (story.lat, story.lon) == geo.blurred(52.09123, 5.10057, 100)
    assert story.address == "Kanaalstraat"
    reader = lombok.test_client()
    pages = "".join(reader.get(f"/w/lombok/{page}").text for page in ("map", "", "stories", f"stories/{story.key}"))
    assert "Kanaalstraat" in pages
    assert "Kanaalstraat 12" not in pages
    assert "52.09123" not in pages
    assert lombok.test_client().get(f"{AT}?q=12").text.count(story.key) == 0


def test_a_teller_says_that_an_address_with_a_number_is_no_home_but_a_child_never(lombok):
    shop = shown(lombok, address="Kanaalstraat 12", home="no")
    assert (shop.lat, shop.address) == (52.09123, "Kanaalstraat 12")
    tell(lombok.test_client(), **PIN, address="Kanaalstraat 12", home="no", young="1")
    with lombok.app_context():
        childs = db.session.scalars(select(Contribution).where(Contribution.key == key_of(lombok))).one()
        assert place.public(childs.last.content) == (*geo.blurred(52.09123, 5.10057, 100), "Kanaalstraat")


@pytest.mark.parametrize(("lat", "lon"), [("40.0", "5.1"), ("nergens", "5.1"), ("52.09", "")])
def test_a_pin_elsewhere_or_half_a_one_is_refused_at_its_field(lombok, lat, lon):
    answer = tell(lombok.test_client(), spot="", lat=lat, lon=lon)
    assert answer.status_code == 422
    assert fault(answer.text, "lat")


def test_who_changes_a_story_finds_its_pin_and_a_withdrawn_one_has_none(lombok):
    teller, key = told_and_read(lombok, **PIN, address="Kanaalstraat 12")
    page = teller.get(f"{AT}/mine/{key}/change").text
    assert "52.09123" in page, "its teller sees the pin as they put it"
    teller.post(f"{AT}/mine/{key}/withdraw")
    with lombok.app_context():
        assert list(check.faults(check.everything())) == []


def test_other_sites_get_the_square_of_a_home_and_no_number(lombok):
    teller, key = told_and_read(lombok, **PIN, address="Kanaalstraat 12")
    teller.post(f"{AT}/mine/{key}/uses", data={"uses": ["embed"]})
    [about] = [json.loads(lombok.test_client().get(f"{AT}/{key}/about.jsonld").text)]
    lat, lon = geo.blurred(52.09123, 5.10057, 100)
    assert about["contentLocation"]["geo"] == {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    assert about["contentLocation"]["address"] == "Kanaalstraat"

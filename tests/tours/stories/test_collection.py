"""The collection on its page: what is asked for and no more, thirty at a time, and the years as bars."""

import re

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.places.models import Spot
from tests.tours.stories import many
from tests.tours.stories.test_pages import AT, lombok
from tours.stories import collection
from tours.stories.collection import Asked
from tours.stories.models import Story

__all__ = ["lombok"]
pytestmark = pytest.mark.both


@pytest.fixture
def full(lombok):
    """A hundred and thirty stories, one in ten at the butcher's."""
    with lombok.app_context():
        many.grow(*_place(), 130)
    return lombok


def _place() -> tuple[int, int]:
    here = neighbourhoods.by_slug("lombok").id
    return here, db.session.scalars(select(Spot.id).where(Spot.neighbourhood_id == here)).first()


def listed(page: str) -> list[str]:
    return re.findall(r"stories/(many\w+)", page)


def test_each_filter_gives_what_it_says_and_all_of_them_together_too(full):
    checks = {
        "q=slager": lambda one: "slager" in one.found,
        "period=1920": lambda one: one.first_year is not None and 1920 <= one.first_year <= 1929,
        "period=older": lambda one: one.first_year is not None and one.first_year < 1920,
        "period=none": lambda one: one.first_year is None,
        "theme=war": lambda one: one.theme == "war",
        "lang=tr": lambda one: one.language == "tr",
        "heard=1": lambda one: one.sound_key is not None,
        "spot=bank": lambda one: one.spot_id is not None,
    }
    reader = full.test_client()
    with full.app_context():
        stories = db.session.scalars(select(Story)).all()
        for asked, fits in checks.items():
            wanted = {one.key for one in stories if fits(one)}
            assert 0 < len(wanted) < 130, asked
            assert walked(reader, asked) == wanted, asked
        both = [fits for asked, fits in checks.items() if asked in ("theme=war", "lang=tr", "period=1920")]
        wanted = {one.key for one in stories if all(fits(one) for fits in both)}
    assert walked(reader, "theme=war&lang=tr&period=1920") == wanted != set()


def walked(reader, asked: str) -> set[str]:
    """All that is found on the pages of an address, which has to be as many as it says."""
    found, address = [], f"{AT}?{asked}"
    while address:
        page = reader.get(address).text
        found += listed(page)
        onwards = re.search(r'rel="next" href="([^"]+)"', page)
        address = onwards[1].replace("&amp;", "&") if onwards else ""
    assert len(found) == len(set(found))
    said = re.search(r'role="status"><strong>(\d+) verha', page)
    assert said is None or int(said[1]) == len(found)
    return set(found)


def test_all_pages_together_have_each_story_once_the_oldest_first_and_thirty_on_a_page(full):
    reader = full.test_client()
    assert len(listed(reader.get(AT).text)) == collection.PAGE == 30
    assert len(walked(reader, "")) == 130
    with full.app_context():
        here = neighbourhoods.by_slug("lombok")
        years = [one.first_year for number in range(1, 6) for one in collection.page(here, Asked(), number)]
        told = [year for year in years if year is not None]
        assert years == [*sorted(told), *[None] * (130 - len(told))]
    assert reader.get(f"{AT}?page=99999999999999999999").status_code == 200
    assert reader.get(f"{AT}?page=-1&period=x&theme=%27&lang=zz&zone=x&spot=x").status_code == 200


def test_each_decade_is_a_bar_that_says_how_many_and_leads_there(full):
    page = full.test_client().get(f"{AT}?theme=war").text
    bars = re.findall(r'buurt-bars__bar" href="([^"]+)".*?hidden">(\d{4})–(\d{4}): (\d+) verha', page)
    assert [(int(first), int(last)) for _at, first, last, _many in bars] == [
        (year, year + 9) for year in range(1920, 2030, 10)
    ]
    reader = full.test_client()
    for address, _first, _last, how_many in bars:
        assert len(listed(reader.get(address.replace("&amp;", "&")).text)) == int(how_many)


def test_a_part_of_the_neighbourhood_has_the_stories_of_the_spots_in_it(full):
    with full.app_context(), writing():
        here, spot = neighbourhoods.by_slug("lombok"), db.session.scalars(select(Spot)).first()
        lat, lon = spot.lat, spot.lon
        zone, other = here.zones[0], here.zones[1]
        zone.border = [[lat - 0.001, lon - 0.001], [lat - 0.001, lon + 0.001], [lat + 0.001, lon]]
        other.border = [[lat + 1, lon], [lat + 1, lon + 1], [lat + 2, lon]]
        names = zone.name, other.name
    reader = full.test_client()
    assert len(walked(reader, f"zone={names[0]}")) == 13
    assert walked(reader, f"zone={names[1]}") == walked(reader, "zone=nergens") == set()
    assert names[1] in reader.get(AT).text


@pytest.mark.parametrize(
    ("asked", "says"),
    [("q=nergens", "Probeer minder woorden"), ("period=1850", "Weet jij nog iets"),
     ("theme=war&lang=x", "minder filters")],
)  # fmt: skip
def test_where_nothing_is_found_it_says_what_one_can_do(full, asked, says):
    page = full.test_client().get(f"{AT}?{asked}").text
    assert says in page
    assert 'role="status"><strong>0 verhalen' in page
    assert "Alle verhalen" in page


def test_a_spot_shows_the_first_voices_and_the_way_to_all_of_them(full):
    reader = full.test_client()
    page = reader.get("/w/lombok/spots/bank").text
    assert len(listed(page)) == 5
    assert "13 stemmen over deze plek" in page
    onwards = re.search(r'href="(/w/lombok/stories\?spot=bank)"', page)[1]
    assert len(listed(reader.get(onwards).text)) == 13

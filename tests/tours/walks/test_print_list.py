"""The print list: which sheets were printed, and which are to be replaced once a story may not stand on them."""

import re

import pytest
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db, writing
from tests.tours.walks.test_pages import AT, STAFF, begin, lombok, maker, publish, tour_of  # noqa: F401
from tours.stories import service as stories
from tours.stories.uses import PRINT, TOURS
from tours.walks import print_list
from tours.walks.models import Printed

pytestmark = pytest.mark.both


@pytest.fixture
def walk(lombok, maker):  # noqa: F811
    """A walk that everybody sees past three stories, of which the first may stand on paper."""
    begin(lombok, maker)
    publish(lombok, maker)
    allow(lombok, "De rij", PRINT, TOURS)
    return lombok


def allow(app, title: str, *uses: str) -> None:
    with app.test_request_context("/w/lombok/"), writing():
        every = db.session.scalars(select(Contribution).where(Contribution.kind == "story"))
        one = next(one for one in every if one.last.content["title"] == title)
        stories.allow(one, [*uses, "name"], "receipt")


def wanted(app) -> list[str]:
    with app.app_context():
        return [printed.sheet for printed, _tour in print_list.to_replace(tour_of(app).neighbourhood_id)]


def rows(app) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Printed)).all())


def test_only_a_story_with_a_yes_to_paper_stands_in_the_booklet(walk, maker):  # noqa: F811
    page = maker.get(f"{STAFF}/rondje-kanaal/paper/booklet").text
    assert "De rij, lang geleden." in page
    assert "De brug" in page
    assert "De brug, lang geleden." not in page
    assert "2 verhalen" in page


def test_what_everybody_prints_is_on_no_list_and_what_a_maker_opens_is_once_a_day(walk, maker):  # noqa: F811
    visitor = walk.test_client()
    assert visitor.get(f"{AT}/rondje-kanaal/paper/map").status_code == 200
    assert visitor.get(f"{AT}/rondje-kanaal/paper/large").status_code == 200
    assert rows(walk) == 0
    for _again in range(2):
        maker.get(f"{STAFF}/rondje-kanaal/paper/booklet")
        maker.get(f"{AT}/rondje-kanaal/paper/map")
    assert rows(walk) == 2


def test_a_no_to_paper_asks_for_another_booklet_and_not_for_another_map(walk, maker):  # noqa: F811
    for sheet in (f"{STAFF}/rondje-kanaal/paper/booklet", f"{AT}/rondje-kanaal/paper/map"):
        maker.get(sheet)
    assert wanted(walk) == []
    allow(walk, "De rij", TOURS)
    assert wanted(walk) == ["booklet"]


def test_a_no_to_walks_asks_for_all_sheets_with_its_title_until_a_maker_replaced_them(walk, maker):  # noqa: F811
    for sheet in ("staff/walks/rondje-kanaal/paper/codes", "walks/rondje-kanaal/paper/map"):
        maker.get(f"/w/lombok/{sheet}")
    allow(walk, "De brug")
    assert wanted(walk) == ["codes", "map"]
    page = maker.get(STAFF).text
    assert "Vellen om te vervangen" in page
    for number in re.findall(r'name="printed" value="(\d+)"', page):
        assert maker.post(f"{STAFF}/rondje-kanaal/replaced", data={"printed": number}).status_code == 303
    assert wanted(walk) == []


def test_printed_anew_after_it_was_replaced_it_counts_again(walk, maker):  # noqa: F811
    maker.get(f"{STAFF}/rondje-kanaal/paper/booklet")
    allow(walk, "De rij", TOURS)
    with walk.app_context():
        number = db.session.scalars(select(Printed.id)).one()
    maker.post(f"{STAFF}/rondje-kanaal/replaced", data={"printed": str(number)})
    maker.get(f"{STAFF}/rondje-kanaal/paper/booklet")
    assert wanted(walk) == []
    allow(walk, "De brug")
    assert wanted(walk) == ["booklet"]

"""A walk without JavaScript: each stop a page to walk to and a page to be at, from Begin to the end."""

import re

import pytest
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db, writing
from tests.tours.walks.test_pages import AT, TITLES, begin, key_of, lombok, maker, publish, say, tour_of
from tours.stories import service as stories

__all__ = ["lombok", "maker"]
pytestmark = pytest.mark.both
WALK = f"{AT}/rondje-kanaal"


@pytest.fixture
def walker(lombok, maker):
    """Who walks a published walk of three stops."""
    begin(lombok, maker)
    with lombok.app_context():
        first = tour_of(lombok).stops[0].id
    say(maker, "write-stop", stop=first, title="", intro="Kijk omhoog.", bridge="Steek de kade over.", metres="120")
    publish(lombok, maker)
    return lombok.test_client()


def onward(page: str, name: str) -> str:
    """Where the big button leads."""
    return re.search(rf'id="{name}" href="\s*([^"]+)"', page)[1]


def test_by_plain_links_one_walks_past_every_stop_to_the_end(walker):
    page = walker.get(onward(walker.get(WALK).text, "begin")).text
    assert "De wandeling begint bij" in page
    heard = []
    while "Ik ben er" in page:
        page = walker.get(onward(page, "there")).text
        heard.append(re.search(r"<h1[^>]*>([^<]+)", page)[1])
        page = walker.get(onward(page, "on")).text
    assert heard == list(TITLES)
    assert "En jouw verhaal?" in page


def test_on_the_way_one_reads_how_far_and_how_and_at_the_stop_what_the_walk_says(walker):
    assert "Kijk omhoog." in walker.get(f"{WALK}/1/here").text
    page = walker.get(f"{WALK}/2").text
    assert all(words in page for words in ("Halte 2 van 3", "120 meter", "Steek de kade over.", "Plek 2"))


def test_a_story_that_is_taken_back_while_somebody_walks_is_not_there_and_the_rest_is(walker, lombok):
    with lombok.test_request_context("/w/lombok/"), writing():
        found = db.session.scalar(select(Contribution).where(Contribution.key == key_of(lombok, TITLES[1])))
        stories.withdraw(found)
    pages = [walker.get(f"{WALK}/{number}/here", follow_redirects=True).text for number in (1, 2, 3)]
    assert not any(TITLES[1] in page for page in pages)
    assert "Steek de kade over." not in walker.get(f"{WALK}/2").text, "it led to the stop that left"
    assert "En jouw verhaal?" in pages[2], "there are two stops now"


def test_a_walk_that_is_taken_out_says_so_at_each_of_its_addresses(walker, maker):
    say(maker, "step", step="retire")
    assert [walker.get(f"{WALK}{rest}").status_code for rest in ("/1", "/1/here", "/end")] == [410] * 3
    assert walker.get(f"{AT}/nergens/1").status_code == 404


def test_walking_stands_in_the_main_menu_and_challenges_on_home(walker):
    page = walker.get(AT).text
    menu = page[page.index("Hoofdmenu") :]
    assert re.search(r'aria-current="page">\s*<svg.*?</svg>\s*Wandelen', menu, re.S)
    assert "Opdrachten" not in menu
    assert "Alle opdrachten" in walker.get("/w/lombok/").text

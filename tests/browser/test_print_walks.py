"""Walks on paper: Chromium makes a PDF of each page, nothing is cut off, and every code on it is read back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.paper import codes_of, printed, size_of, text_of
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command
from tests.browser.test_print import A3, A4, CUT_OFF, LONG, MARGIN, TOO_SMALL, Paper, nearest_to_an_edge

pytestmark = pytest.mark.browser

PUBLIC = {
    "map": Paper("paper/map", A4),
    "map on A3": Paper("paper/map?paper=a3", A3, points=11),
    "large print": Paper("paper/large", A4, points=18),
}
A5 = (148, 210)
OF_MAKERS = {
    "codes": Paper("paper/codes", A4, (105,)),
    "booklet": Paper("paper/booklet", A5),
}


@pytest.fixture(scope="module")
def reader(browser: Browser, site_served: Site) -> Iterator[Phone]:
    """Somebody without an account, at a laptop."""
    laptop = Phone(browser, site_served, width=1000)
    yield laptop
    laptop.close()


@pytest.fixture(scope="module")
def maker(browser: Browser, site_served: Site) -> Iterator[Phone]:
    """Somebody who makes walks, at a laptop."""
    laptop = Phone(browser, site_served, width=1000)
    laptop.page.goto(command(site_served, "staff", "invite", "kanterhoek", "maker").strip())
    laptop.page.locator("#login").fill("drukker")
    laptop.page.locator("#password").fill("negen natte schoenen")
    laptop.tap("button[form=invited]")
    laptop.page.wait_for_url(re.compile("/staff/(#said)?$"))
    yield laptop
    laptop.close()


@pytest.fixture
def walk(site_served: Site) -> str:
    ((key,),) = site_served.rows("SELECT key FROM tour WHERE state = 'published' ORDER BY id LIMIT 1")
    return key


@pytest.fixture
def long_names(site_served: Site) -> Iterator[None]:
    """Titles, streets and words as long as their fields."""
    spots = site_served.rows("SELECT name, street, id FROM spot")
    stops = site_served.rows("SELECT title, intro, bridge, id FROM tour_stop")
    tours = site_served.rows("SELECT title, intro, ending, credit, id FROM tour")
    words = (f"{LONG} " * 8)[:400]
    site_served.change("UPDATE spot SET name = ?, street = ?", LONG, LONG)
    site_served.change("UPDATE tour_stop SET title = ?, intro = ?, bridge = ?", LONG, words, words)
    site_served.change("UPDATE tour SET title = ?, intro = ?, ending = ?, credit = ?", LONG, words, words, LONG)
    yield
    for row in spots:
        site_served.change("UPDATE spot SET name = ?, street = ? WHERE id = ?", *row)
    for row in stops:
        site_served.change("UPDATE tour_stop SET title = ?, intro = ?, bridge = ? WHERE id = ?", *row)
    for row in tours:
        site_served.change("UPDATE tour SET title = ?, intro = ?, ending = ?, credit = ? WHERE id = ?", *row)


def lay_out(phone: Phone, walk: str, paper: Paper, lang: str = "nl") -> None:
    phone.context.add_cookies([{"name": "lang", "value": lang, "url": phone.site.url}])
    under = "staff/walks" if paper in OF_MAKERS.values() else "walks"
    assert phone.open(f"{HERE}/{under}/{walk}/{paper.path}") == 200
    phone.page.evaluate("() => document.fonts.ready.then(() => true)")


def fits(phone: Phone, paper: Paper) -> None:
    phone.page.emulate_media(media="print")
    assert phone.page.evaluate(CUT_OFF) == []
    assert phone.page.evaluate(TOO_SMALL, paper.points) == []
    phone.page.emulate_media(media="null")
    for page in printed(phone.page):
        assert size_of(page) == paper.size
        assert nearest_to_an_edge(page, paper) >= MARGIN - 0.2


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_a_sheet_for_everybody_fits_its_paper(reader: Phone, walk: str, lang: str, name: str):
    lay_out(reader, walk, PUBLIC[name], lang)
    fits(reader, PUBLIC[name])


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.usefixtures("long_names")
def test_it_fits_with_the_longest_names_too(reader: Phone, walk: str, name: str):
    lay_out(reader, walk, PUBLIC[name])
    fits(reader, PUBLIC[name])


@pytest.mark.parametrize("name", OF_MAKERS)
@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_a_sheet_for_makers_fits_its_paper(maker: Phone, walk: str, lang: str, name: str):
    lay_out(maker, walk, OF_MAKERS[name], lang)
    fits(maker, OF_MAKERS[name])


@pytest.mark.parametrize("name", OF_MAKERS)
@pytest.mark.usefixtures("long_names")
def test_it_fits_with_the_longest_names_too_for_makers(maker: Phone, walk: str, name: str):
    lay_out(maker, walk, OF_MAKERS[name])
    fits(maker, OF_MAKERS[name])


def test_each_code_of_a_stop_leads_to_a_page_that_is_there(maker: Phone, walk: str):
    lay_out(maker, walk, OF_MAKERS["codes"])
    found = [code for page in printed(maker.page) for code in codes_of(page)]
    assert len(found) == maker.page.locator(".buurt-onpaper__sign").count() > 2
    assert all(maker.context.request.get(code).ok for code in found)


def test_with_the_map_alone_one_can_walk_it_all(reader: Phone, site_served: Site, walk: str):
    """Each stop with its number and place, each way with its metres, and the code back to the walk."""
    lay_out(reader, walk, PUBLIC["map"])
    pages = list(printed(reader.page))
    words = " ".join(text_of(page) for page in pages)
    stops = site_served.rows(
        "SELECT spot.name FROM tour_stop JOIN tour ON tour.id = tour_id JOIN spot ON spot.id = spot_id"
        " WHERE tour.key = ?",
        walk,
    )
    assert len(stops) > 2
    assert all(name in words for (name,) in stops)
    assert words.count(" meter, ") + words.count("op dezelfde plek") == len(stops)  # a loop: also the way back
    assert all(f"Naar stop {number}" in words for number in range(1, len(stops) + 1))
    assert reader.page.locator(".m-number").count() == len(stops)
    assert [code for page in pages for code in codes_of(page)] == [f"{reader.site.url}{HERE}/walks/{walk}"]

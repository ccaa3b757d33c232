"""A teller takes a story back that is a stop of a walk: gone at once, from phones, and known of paper."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command
from tests.browser.test_everyone import become_staff, begin_second_lock, open_folds
from tests.browser.test_kept_walk import KEPT_NOW, keep, state, without_network

pytestmark = pytest.mark.browser
TITLE, WORDS = "De duiventil", "Op het dak stond een duiventil. Hij is weg."
Take = Callable[..., Phone]


def send(phone: Phone, button: str) -> None:
    with phone.page.expect_navigation():
        phone.tap(button)


def settled(page: Page) -> None:
    """What was asked of the builder is done."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("walk-builder[data-ready]:not([aria-busy])")).to_be_attached()


def tell(teller: Phone, editor: Phone) -> str:
    """A story at a spot that may be in walks and on paper; its key."""
    teller.join()
    teller.open(f"{HERE}/stories/tell/write")
    open_folds(teller.page)
    teller.page.locator("#words").fill(WORDS)
    teller.page.locator("#title").fill(TITLE)
    teller.page.locator("[name=spot]").select_option(index=1)
    send(teller, "button[form=story]")
    mine = teller.page.locator("a[href*='/stories/mine/']").first.get_attribute("href")
    editor.open(f"{HERE}/desk/?item=story.{mine.rpartition('/')[2]}")
    send(editor, "button[value=good]")
    teller.open(f"{mine}/yes")
    send(teller, "button[form=yes]")
    teller.open(f"{mine}/uses")
    for use in ("tours", "print"):
        teller.page.locator(f"[name=uses][value={use}]").check()
    send(teller, "button[form=uses]")
    return mine


def string(maker: Phone, story: str) -> str:
    """A walk past it and two others, walked and sent to the editors; the key of that walk."""
    page = maker.page
    maker.open(f"{HERE}/staff/walks/new")
    page.locator("#title").fill("Langs de duiven")
    send(maker, "button[form=walk]")
    key, others = maker.path.rpartition("/")[2], ".buurt-library form button"
    for number, chosen in enumerate((f"#add-{story}", others, others), 1):
        page.locator(chosen).first.click()
        expect(page.locator(".buurt-stops > li")).to_have_count(number)
    page.locator("#intro").fill("Langs wat er niet meer is.")
    page.locator("#keep-words").click()
    settled(page)
    page.locator("#on-foot > summary").click()
    page.locator("[name=checked_on]").fill(date.today().isoformat())
    page.locator("[name=checked_by]").fill("de duivenmelkers")
    page.locator("#walked").click()
    settled(page)
    page.locator("#send").click()
    expect(page.locator("#send")).to_have_count(0)
    return key


def test_a_story_that_is_taken_back_leaves_the_walk_the_phones_and_the_sheets(phone: Take, site_served: Site):
    teller, editor, maker, visitor = phone(), phone(), phone(), phone()
    become_staff(site_served, editor, "coordinator")
    begin_second_lock(editor)
    become_staff(site_served, maker, "maker")
    mine = tell(teller, editor)
    key = string(maker, mine.rpartition("/")[2])
    walk, built = f"{HERE}/walks/{key}", f"{HERE}/staff/walks/{key}"
    ((here,),) = site_served.rows("SELECT neighbourhood_id FROM tour WHERE key = ?", key)
    editor.open(f"{HERE}/desk/?item=tour.{here}-{key}")
    send(editor, "button[value=good]")
    maker.open(f"{built}/paper/booklet")
    expect(maker.page.locator("main")).to_contain_text(WORDS)
    keep(visitor, walk)

    teller.open(f"{mine}/withdraw")
    send(teller, "button[form=withdraw]")
    elsewhere = [f"{walk}{page}" for page in ("", "/1", "/1/here", "/frame", "/kept", "/paper/large", "/walk.geojson")]
    said = {path: visitor.context.request.get(path).text() for path in elsewhere}
    assert [path for path, text in said.items() if TITLE in text or "duiventil" in text] == [], "at once"
    visitor.context.set_offline(True)
    visitor.page.goto(walk)
    expect(visitor.page.locator("main")).to_contain_text(TITLE)  # a phone that nobody can reach
    expect(state(visitor)).to_have_text("Hij staat helemaal op deze telefoon.")  # it has asked, in vain
    without_network(visitor)
    visitor.context.set_offline(False)
    visitor.page.goto(f"{walk}/kept")
    expect(state(visitor)).to_have_text("Er was iets nieuws. Je hebt het nu.")
    visitor.context.set_offline(True)
    visitor.page.goto(walk)
    expect(visitor.page.locator("main")).not_to_contain_text(TITLE)
    assert TITLE not in visitor.page.evaluate(KEPT_NOW)
    without_network(visitor)

    command(site_served, "sweep")
    maker.open(f"{HERE}/staff/walks")
    row = maker.page.locator(".buurt-list__item", has=maker.page.locator(f"a[href$='/{key}']"))
    expect(row).to_contain_text("Er ging iets weg: kijk even")
    expect(maker.page.locator("section:has(#to-replace)")).to_contain_text("Boekje")
    maker.open(built)
    expect(maker.page.locator("main")).to_contain_text("de verteller nam het terug")
    maker.page.locator("#go-on").click()
    expect(maker.page.locator(".buurt-stops > li")).to_have_count(2)
    assert visitor.status_of(walk) == 200
    maker.page.locator("#retire").click()  # other tests count the walks of this site
    expect(maker.page.locator("#retire")).to_have_count(0)
    assert visitor.status_of(walk) == 410

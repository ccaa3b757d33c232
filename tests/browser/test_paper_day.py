"""A day of somebody without a phone: a card, known, a meeting, equal points, a photo on the wall that goes again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import paper
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff, open_folds, tag_of
from tests.browser.test_wall import hung, screen  # noqa: F401  # a fixture
from tests.browser.test_withdrawal import allow

pytestmark = pytest.mark.browser
EARNED = """SELECT sum(points) FROM ledger_entry JOIN player_key ON key = player
    JOIN person ON person.id = person_id WHERE name = ?"""


def at_desk(host: Phone, card: str) -> None:
    """Open the page of who holds this card, as a scanner types it or as six letters."""
    host.open(f"{HERE}/host")
    host.page.locator("#card").fill(card)
    with host.page.expect_navigation():
        host.tap("form[action$='/host/card'] button")
    open_folds(host.page)


def press(host: Phone, selector: str) -> None:
    with host.page.expect_navigation():
        host.tap(selector)
    open_folds(host.page)


def make_a_card(host: Phone) -> list[str]:
    """A player of paper, and what a camera reads on the printed card: its face, and the way back in."""
    host.open(f"{HERE}/host")
    open_folds(host.page)
    press(host, "form[action$='/host/new'] button[value=adult]")
    return paper.codes_of(paper.printed(host.page)[0])


def test_a_paper_players_day(phone: Callable[..., Phone], site_served: Site, screen: str, photo: Path):  # noqa: F811
    host, other, wall = phone(), phone(), phone(width=1920)
    host.join()
    become_staff(site_served, host, "host")
    found = make_a_card(host)
    face = next(code for code in found if "/with/" in code)
    assert any("/back#" in code for code in found)
    name = host.page.locator(".buurt-papercard h2").inner_text()

    theirs = other.join()
    for card in (face, tag_of(other)):  # each is made known
        at_desk(host, card)
        assert "nog niet gezien" in host.text()
        press(host, "form[action$='/host/seen'] button")
    other.open("/".join(("", *face.split("/")[3:])))
    other.hand_in(photo)
    other.name_by_letters(re.search(r"/with/(\w{6})", face)[1])

    at_desk(host, face)
    assert theirs not in host.text()
    press(host, "button[name=answer][value=yes]")
    points = int(re.search(r"(\d+) punten", host.text())[1])
    other.page.reload()
    assert other.price() == points > 0
    assert [site_served.rows(EARNED, one) for one in (name, theirs)] == [[(points,)]] * 2

    key = (
        host.page.locator("img[src*='/host/for/']").first.get_attribute("src").rpartition("/")[2].removesuffix(".webp")
    )
    host.page.locator("input[name=scope][value='HQ screen']").check()
    press(host, f"form[action$='/{key}/who'] button")
    allow(other, "HQ screen")
    site_served.change("UPDATE photo SET cleared_at = datetime('now') WHERE key = ?", key)
    wall.page.clock.install()
    wall.open(screen)
    expect(hung(wall.page, key)).to_be_visible()
    at_desk(host, face)
    press(host, f"form[action$='/{key}/withdraw'] button")
    wall.page.clock.fast_forward(20_000)
    expect(hung(wall.page, key)).to_have_count(0)
    at_desk(host, face)
    assert f"{points} punten" in host.text()
    acts = site_served.rows("SELECT action FROM audit_entry WHERE about = ? ORDER BY id", key)
    assert [act for (act,) in acts] == ["photo.choose for", "photo.withdraw for"]

"""The wall in the house: it follows what was withdrawn, and without network it drops its photo and keeps the rest."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_withdrawal import allow, met

pytestmark = pytest.mark.browser
MADE = """INSERT INTO wall (key, neighbourhood_id, name, code_hash, made_at)
    SELECT ?, id, 'Bij de koffie', ?, datetime('now') FROM neighbourhood WHERE slug = 'kanterhoek'"""
NO_SCREEN = "UPDATE consent SET ended_at = datetime('now') WHERE ended_at IS NULL AND use = 'HQ screen'"


@pytest.fixture
def screen(site_served: Site) -> str:
    """The address of a new screen, on which no photo hangs."""
    number = site_served.rows("SELECT count(*) FROM wall")[0][0]
    secret = f"{number:0>26}"
    site_served.change(NO_SCREEN)
    site_served.change(MADE, f"wall-{number}", sha256(secret.encode()).hexdigest())
    return f"{HERE}/wall/{secret}"


@pytest.fixture
def two(phone: Callable[..., Phone], site_served: Site, photo: Path) -> tuple[Phone, Phone, str]:
    """Two who let their photo be seen in the house, an editor too, and its key."""
    first, other = phone(), phone()
    met(first, other, photo)
    for one in (first, other):
        allow(one, "HQ screen")
    key = other.page.locator("[data-kiek]").first.get_attribute("data-kiek")
    site_served.change("UPDATE photo SET cleared_at = datetime('now') WHERE key = ?", key)
    return first, other, key


def hung(page: Page, key: str):
    return page.locator(f"neighbourhood-wall img[src*='{key}']")


def test_the_wall_follows_within_a_minute_and_goes_dark_once_it_is_off(
    phone: Callable[..., Phone], site_served: Site, screen: str, two: tuple[Phone, Phone, str]
):
    first, _other, key = two
    wall = phone(width=1920)
    wall.page.clock.install()
    wall.open(screen)
    expect(hung(wall.page, key)).to_be_visible()
    first.open(f"{HERE}/photos/{key}/who")
    first.tap("details:has(form[action$='/withdraw']) summary")
    with first.page.expect_navigation():
        first.tap("form[action$='/withdraw'] button")
    wall.page.clock.fast_forward(20_000)  # the next look
    expect(hung(wall.page, key)).to_have_count(0)
    expect(wall.page.locator("[data-part=thermometer] svg")).to_be_visible()
    wall.expect_refusals(404)
    site_served.change("UPDATE wall SET ended_at = datetime('now')")
    wall.page.clock.fast_forward(20_000)
    expect(wall.page.locator("neighbourhood-wall")).to_have_count(0)


@pytest.mark.parametrize("answer", ["none", "a page of another network"])
def test_without_us_the_photo_goes_after_a_minute_the_rest_stays_and_it_comes_back_with_us(
    phone: Callable[..., Phone], screen: str, two: tuple[Phone, Phone, str], answer: str
):
    key = two[2]
    wall = phone(width=1920)
    wall.expected += ["net::ERR", "Failed to fetch"]
    wall.page.clock.install()
    wall.open(screen)
    expect(hung(wall.page, key)).to_be_visible()
    away = {
        "none": lambda route: route.abort(),
        "a page of another network": lambda route: route.fulfill(body="Welkom"),
    }
    wall.page.route("**/*", away[answer])
    wall.page.clock.run_for(58_000)
    expect(hung(wall.page, key)).to_be_visible()
    wall.page.clock.run_for(2_000)
    expect(hung(wall.page, key)).to_have_count(0)
    expect(wall.page.locator("[data-part=map] svg")).to_be_visible()
    expect(wall.page.locator("[data-part=thermometer] svg")).to_be_visible()
    wall.page.unroute("**/*")
    wall.page.clock.run_for(21_000)
    expect(hung(wall.page, key)).to_be_visible()


def test_without_scripts_the_browser_loads_it_anew(phone: Callable[..., Phone], screen: str):
    wall = phone(width=1920, scripts=False)
    wall.open(screen)
    assert wall.page.locator("meta[http-equiv=refresh]").get_attribute("content") == "20"

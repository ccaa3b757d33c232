"""The album of a season in a real browser: an open page drops what was withdrawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_withdrawal import allow, met

pytestmark = pytest.mark.browser


@pytest.fixture
def two(phone: Callable[..., Phone], site_served: Site, photo: Path) -> tuple[Phone, str]:
    """Somebody whose photo everybody may see, and its key."""
    first, other = phone(), phone()
    met(first, other, photo)
    for one in (first, other):
        allow(one, "public web")
    key = other.page.locator("[data-kiek]").first.get_attribute("data-kiek")
    site_served.change("UPDATE photo SET cleared_at = datetime('now') WHERE key = ?", key)
    return first, key


def test_an_open_album_drops_a_photo_that_was_withdrawn(phone: Callable[..., Phone], two: tuple[Phone, str]):
    first, key = two
    visitor = phone(width=360)
    visitor.page.clock.install()
    visitor.open(f"{HERE}/season/album")
    hung = visitor.page.locator(f"main img[src*='{key}']")
    expect(hung).to_be_visible()
    first.open(f"{HERE}/photos/{key}/who")
    first.tap("details:has(form[action$='/withdraw']) summary")
    with first.page.expect_navigation():
        first.tap("form[action$='/withdraw'] button")
    visitor.page.clock.fast_forward(20_000)  # the next look
    expect(hung).to_have_count(0)
    expect(visitor.page.locator("main")).to_contain_text("Deze foto is weggehaald.")

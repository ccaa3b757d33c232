"""Slides for the party: by themselves, by keys, still where somebody likes that; they follow what was withdrawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command
from tests.browser.test_withdrawal import allow, met

pytestmark = pytest.mark.browser
NO_SCREEN = "UPDATE consent SET ended_at = datetime('now') WHERE ended_at IS NULL AND use = 'HQ screen'"


@pytest.fixture
def three(phone: Callable[..., Phone], site_served: Site, photo: Path) -> list[tuple[Phone, str]]:
    """Three photos for the screen, and who may take each away."""
    site_served.change(NO_SCREEN)
    found = []
    for _time in range(3):
        first, other = phone(), phone()
        met(first, other, photo)
        for one in (first, other):
            allow(one, "HQ screen")
        key = other.page.locator("[data-kiek]").first.get_attribute("data-kiek")
        site_served.change("UPDATE photo SET cleared_at = datetime('now') WHERE key = ?", key)
        found.append((first, key))
    return found


@pytest.fixture
def laptop(phone: Callable[..., Phone], site_served: Site) -> Phone:
    """Of a host."""
    device = phone(width=1280)
    device.page.goto(command(site_served, "staff", "invite", "kanterhoek", "host").strip())
    device.page.locator("#login").fill("gast.feest")
    device.page.locator("#password").fill("negen natte schoenen")
    device.tap("button[form=invited]")
    device.page.wait_for_url("**/staff/**")
    return device


def test_they_go_on_by_themselves_and_by_keys_and_drop_what_was_withdrawn(
    laptop: Phone, three: list[tuple[Phone, str]]
):
    page = laptop.page
    page.clock.install()
    laptop.open(f"{HERE}/season/slides")
    shown = page.locator("[data-kiek]:visible")
    expect(shown).to_have_count(1)
    keys = page.locator("[data-kiek]").evaluate_all("all => all.map((one) => one.dataset.kiek)")
    assert sorted(keys) == sorted(key for _phone, key in three)
    expect(shown).to_have_attribute("data-kiek", keys[0])
    page.clock.run_for(8000)
    expect(shown).to_have_attribute("data-kiek", keys[1])
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    page.clock.run_for(9000)
    expect(shown).to_have_attribute("data-kiek", keys[0])
    owner = {key: one for one, key in three}[keys[0]]
    owner.open(f"{HERE}/photos/{keys[0]}/who")
    owner.tap("details:has(form[action$='/withdraw']) summary")
    with owner.page.expect_navigation():
        owner.tap("form[action$='/withdraw'] button")
    page.clock.run_for(20_000)
    expect(page.locator("[data-kiek]")).to_have_count(2)
    expect(shown).to_have_attribute("data-kiek", keys[1])
    laptop.expected += ["net::ERR", "Failed to fetch"]
    page.route("**/season/slides", lambda route: route.abort())
    page.clock.run_for(70_000)
    expect(shown).to_have_count(0)
    expect(page.get_by_text("Geen contact met Buurtspoor")).to_be_visible()
    page.unroute("**/season/slides")
    page.clock.run_for(21_000)
    expect(shown).to_have_count(1)
    page.emulate_media(reduced_motion="reduce")
    laptop.open(f"{HERE}/season/slides")
    expect(page.locator("[data-part=pause]")).to_have_attribute("aria-pressed", "true")  # who likes less movement

"""Voting on a phone: three taps from the list of choices, and the same by keys alone; opening one with pictures."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core import clock
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_drawing import coordinator, signed_in
from tests.browser.test_everyone import MAY_VOTE
from tests.browser.test_story import press

pytestmark = pytest.mark.browser
__all__ = ["coordinator", "signed_in"]  # fixtures


@pytest.fixture
def resident(phone: Callable[..., Phone], site_served: Site) -> Phone:
    """Somebody who played here when the choice opened, with the list of choices before them."""
    mine = phone()
    mine.join()
    site_served.change(MAY_VOTE)
    mine.open(f"{HERE}/choices")
    return mine


def test_a_resident_votes_in_three_taps(resident: Phone):
    page = resident.page
    page.locator(".buurt-list__link").first.tap()
    expect(page.locator("h1")).to_have_text("Wat komt er onder de linde?")
    page.locator(".buurt-option__pick").nth(1).tap()
    with page.expect_navigation():
        resident.tap("button[form=vote], form#vote button")
    expect(page.locator("#said")).to_contain_text("Je stem is binnen")
    expect(page.locator("main")).to_contain_text("Je koos B Lange tafel")


def test_the_same_by_keys_alone(resident: Phone):
    page = resident.page
    with page.expect_navigation():
        press(page, ".buurt-list__link", "Enter")
    press(page, "[name=option]", "Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=option]").nth(1)).to_be_checked()
    with page.expect_navigation():
        press(page, "form#vote button", "Enter")
    expect(page.locator("main")).to_contain_text("Je koos B Lange tafel")


def test_a_coordinator_opens_one_with_pictures_by_plain_fields(
    coordinator: Callable[..., Phone], site_served: Site, photo: Path
):
    device = coordinator()
    device.open(f"{HERE}/staff/choices/new")
    page = device.page
    said = {
        "title": "Wat komt er bij de brug?", "fixed": "Er is geld.", "undecided": "Wat het wordt.",
        "option_1": "Een bank", "option_2": "Een boom", "closes_on": f"{clock.today() + timedelta(days=3)}",
    }  # fmt: skip
    for name, words in said.items():
        page.locator(f"[name={name}]").fill(words)
    for number in (1, 2):
        fold = page.locator(f"details:has([name=picture_{number}])")
        fold.locator("summary").tap()
        fold.locator("input[type=file]").set_input_files(photo)
        expect(fold.locator("img")).to_be_visible()
        fold.locator(f"[name=seen_{number}]").fill("De plek bij de brug")
    page.locator("[name=nobody]").check()
    page.locator("[name=mode][value=open]").check()
    with page.expect_navigation():
        device.tap("button[form=choice]")
    expect(page.locator("#said")).to_contain_text("De keuze is open")
    pictures = page.locator(".buurt-option img")
    expect(pictures).to_have_count(2)
    pictures.last.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    key = device.path.rpartition("/")[2]
    here = f"(SELECT id FROM choice WHERE key = '{key}')"
    for table in ("choice_voter", "choice_count", "choice_option"):  # other tests read of the demo's choices
        site_served.change(f"DELETE FROM {table} WHERE choice_id = {here}")
    site_served.change("DELETE FROM choice WHERE key = ?", key)

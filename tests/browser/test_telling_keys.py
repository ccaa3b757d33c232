"""Telling by keys alone: a voice, words, a pin on the map, an old picture and the same place now, and the receipt."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import look_at
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_story import press
from tests.browser.test_voice import state

pytestmark = pytest.mark.browser
AT = f"{HERE}/stories"
UNFOLD = "details:has({}) > summary"


def write(page: Page, name: str, words: str) -> None:
    """Tab to a field, and type."""
    press(page, f"[name={name}]", "End")
    page.keyboard.insert_text(words)


def describe(page: Page, slot: str, about: str) -> None:
    """What is in the picture, and that it is nobody."""
    write(page, f"{slot}-about", about)
    press(page, f"[name={slot}-people]", "Space")


def test_a_story_is_told_with_voice_pin_and_both_pictures_without_a_finger_on_the_screen(
    phone: Callable[..., Phone], browser_with_camera: Browser, viewfinder: Path, photo: Path, site_served: Site
):
    street = io.BytesIO()
    Image.effect_mandelbrot((640, 480), (-2.2, -1.2, 1.0, 1.2), 60).convert("RGB").save(street, "PNG")
    look_at(street.getvalue(), viewfinder)
    mine = phone(browser_with_camera)
    mine.open(f"{AT}/tell")
    page = mine.page
    with page.expect_navigation():
        press(page, "a[href*='speaks=1']")
    press(page, "[data-do=start]")
    state(page, "recording")
    expect(page.locator("[data-part=time]").first).to_have_text("0.02")
    press(page, "[data-do=finish]")
    state(page, "ready")
    write(page, "words", "De torenbel ging. Wij renden.")
    write(page, "when", "ongeveer 1974")
    press(page, "[name=spot]", "ArrowDown")
    press(page, UNFOLD.format("place-picker"))
    expect(page.locator("place-picker")).to_have_attribute("data-ready", "")
    press(page, "[data-part=ground]", "ArrowUp")
    expect(page.locator("[name=lat]")).not_to_have_value("")

    press(page, UNFOLD.format("#then"))
    with page.expect_file_chooser() as chooser:
        press(page, "#then-file")
    chooser.value.set_files(photo)
    expect(page.locator("#then [data-part=preview]")).to_be_visible()
    describe(page, "then", "De gang toen")
    press(page, UNFOLD.format("#now"))
    press(page, "[data-do=open]")
    page.wait_for_function("() => document.querySelector('video').videoWidth > 0")
    expect(page.locator("[data-do=shoot]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-do=keep]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("[data-do=open]")).to_be_focused()
    describe(page, "now", "De gang nu")

    press(page, "[name=who]", "Space")
    press(page, "button[form=story]")
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
    with page.expect_navigation():
        press(page, ".buurt-actions a")
    expect(page.locator("main figure")).to_have_count(2)
    [(content,)] = site_served.rows("SELECT content FROM contribution_version ORDER BY id DESC LIMIT 1")
    assert all(piece in content for piece in ('"sound"', '"point": [5', '"role": "then"', '"role": "now"', "torenbel"))

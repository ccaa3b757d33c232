"""Pictures with a story: an old one, the same place now through its ghost, and both under one slider."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.camera import look_at
from tests.browser.phones import HERE, Phone

pytestmark = pytest.mark.browser
WRITE = f"{HERE}/stories/tell/write"
WITH_A_PAIR = """SELECT story.key FROM story JOIN story_picture ON story_picture.story_id = story.id
 WHERE story_picture.role = 'now' ORDER BY story.id LIMIT 1"""
Take = Callable[..., Phone]


@pytest.fixture
def street() -> bytes:
    """What the camera looks at."""
    out = io.BytesIO()
    Image.effect_mandelbrot((640, 480), (-2.2, -1.2, 1.0, 1.2), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


def unfold(page: Page, slot: str) -> None:
    page.locator(f"details:has(#{slot}):not([open]) > summary").tap()


def tell(page: Page) -> None:
    page.locator("#words").fill("Op zaterdag stond de rij tot aan de brug.")
    unfold(page, "title")
    page.locator("#title").fill("De rij")
    page.locator("[name=who][value=anonymous]").check()


def describe(page: Page, slot: str, about: str) -> None:
    page.locator(f"#{slot}-about").fill(about)
    page.locator(f"[name={slot}-people][value=nobody]").check()


def test_the_same_picture_is_taken_now_through_the_old_one_and_both_are_sent(
    phone: Take, browser_with_camera: Browser, viewfinder: Path, photo: Path, street: bytes
):
    look_at(street, viewfinder)
    mine = phone(browser_with_camera)
    mine.open(WRITE)
    page = mine.page
    tell(page)
    unfold(page, "now")
    take = page.locator("[data-do=open]")
    expect(take).to_be_hidden()  # there is nothing yet to lay over it
    unfold(page, "then")
    page.locator("#then-file").set_input_files(photo)
    expect(page.locator("#then [data-part=preview]")).to_be_visible()
    describe(page, "then", "De slagerij met een luifel")
    page.locator("#then-when").fill("ongeveer 1974")
    take.tap()
    page.wait_for_function("() => document.querySelector('video').videoWidth > 0")
    ghost = page.locator(".buurt-ghost__old")
    expect(ghost).to_have_css("opacity", "0.5")
    page.locator("[data-part=mix]").focus()
    for _step in range(6):
        page.keyboard.press("ArrowLeft")
    expect(ghost).to_have_css("opacity", "0.2")
    page.locator("[data-do=shoot]").tap()
    expect(page.locator("[data-part=taken]")).to_be_visible()
    page.locator("[data-do=again]").tap()
    page.locator("[data-do=shoot]").tap()
    page.locator("[data-do=keep]").tap()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#now [data-part=preview]")).to_be_visible()
    assert page.evaluate("() => document.querySelector('video').srcObject.getTracks()[0].readyState") == "ended"
    page.locator("button[form=story]").tap()
    assert page.evaluate("() => document.activeElement.id") == "now-about", "what it shows is asked before it goes"
    describe(page, "now", "De slagerij is een kas")
    page.locator("button[form=story]").tap()
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
    page.locator(".buurt-actions a").tap()
    shown = page.locator("main figure img")
    expect(shown).to_have_count(2)
    sizes = shown.evaluate_all(
        "all => all.map(async (one) => (await one.decode(), one.naturalWidth / one.naturalHeight))"
    )
    assert sizes[0] == pytest.approx(sizes[1], rel=0.02), "both have the same shape"


def test_who_said_no_to_the_camera_reads_it_and_chooses_a_file(phone: Take, browser: Browser, photo: Path):
    mine = phone(browser)
    mine.open(WRITE)
    page = mine.page
    unfold(page, "then")
    page.locator("#then-file").set_input_files(photo)
    unfold(page, "now")
    page.locator("[data-do=open]").tap()
    expect(page.locator("[data-part=denied]")).to_be_visible()
    expect(page.locator("#now-file")).to_be_enabled()


def test_without_javascript_two_files_go_with_a_plain_form(phone: Take, photo: Path):
    mine = phone(scripts=False)
    mine.open(WRITE)
    page = mine.page
    tell(page)
    for slot, about in (("then", "De slagerij"), ("third", "De kassa")):
        unfold(page, slot)
        page.locator(f"#{slot}-file").set_input_files(photo)
        describe(page, slot, about)
    page.locator("button[form=story]").tap()
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
    page.locator(".buurt-actions a").tap()
    expect(page.locator("main figure img")).to_have_count(2)


def cut(page: Page) -> str:
    """How much of the picture of now is cut off, as a share of its width."""
    said = page.locator(".buurt-compare__now").first.evaluate("(image) => getComputedStyle(image).clipPath")
    return re.search(r"inset\(0px 0px 0px (?:calc\()?([\d.]+)%", said)[1] if "%" in said else "0"


def box(place: Locator) -> dict[str, float]:
    found = place.bounding_box()
    assert found
    return found


@pytest.mark.parametrize("lang", ["nl", "yi"], ids=["left to right", "right to left"])
def test_then_and_now_are_compared_by_hand_by_buttons_and_by_keys(phone: Take, lang: str):
    mine = phone(lang=lang)
    [(key,)] = mine.site.rows(WITH_A_PAIR)
    mine.open(f"{HERE}/stories/{key}")
    page = mine.page
    frame, slider = page.locator(".buurt-compare__then").first, page.locator(".buurt-compare__range")
    expect(slider).to_be_visible()
    assert cut(page) == "50"
    for which, share in ((0, "100"), (2, "0"), (1, "50")):
        button = page.locator(".buurt-compare .buurt-toggle button").nth(which)
        button.tap()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert cut(page) == share
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert cut(page) == "51"
    page.keyboard.press("Home")
    assert cut(page) == "0"
    page.keyboard.press("End")
    area, knob = box(frame), box(slider)
    assert cut(page) == "100"
    page.mouse.move(area["x"] + area["width"] - 8, knob["y"] + knob["height"] / 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] / 4, knob["y"] + knob["height"] / 2, steps=5)
    page.mouse.up()
    assert 15 <= float(cut(page)) <= 35
    now = box(page.locator(".buurt-compare__now").first)
    assert now == pytest.approx(area, abs=1), "one lies exactly over the other"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_on_paper_and_without_javascript_they_stand_one_above_the_other(phone: Take):
    for scripts in (False, True):
        mine = phone(scripts=scripts)
        [(key,)] = mine.site.rows(WITH_A_PAIR)
        mine.open(f"{HERE}/stories/{key}")
        if scripts:
            expect(mine.page.locator(".buurt-compare__range")).to_be_visible()
            mine.page.emulate_media(media="print")
        expect(mine.page.locator(".buurt-compare__range")).to_be_hidden()
        then, now = (box(mine.page.locator(f".buurt-compare__{which}").first) for which in ("then", "now"))
        assert then["y"] + then["height"] <= now["y"]
        expect(mine.page.locator(".buurt-compare__now").first).to_have_css("clip-path", "none")

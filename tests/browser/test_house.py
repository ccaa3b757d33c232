"""The host's desk on a screen with a camera, and a helper's phone in the street."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from tests.browser import camera, paper
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff
from tests.browser.test_paper_day import EARNED, make_a_card, press
from tests.browser.test_print import A4, CUT_OFF, MARGIN, TOO_SMALL, Paper, nearest_to_an_edge

pytestmark = pytest.mark.browser


def shown(page: Page, part: str) -> bytes:
    """One side of the first card, as it lies before a camera."""
    return page.locator(f".buurt-papercard__{part}").first.screenshot()


def scan(host: Phone, side: bytes, viewfinder: Path) -> None:
    """Hold one side of a card before the camera of the desk."""
    camera.look_at(side, viewfinder)
    host.open(f"{HERE}/host")
    host.tap("[data-do=start]")


def test_a_card_is_scanned_at_the_desk_and_its_secret_side_is_never_sent(
    phone: Callable[..., Phone], site_served: Site, browser_with_camera: Browser, viewfinder: Path
):
    host = phone(browser_with_camera, permissions=["camera"], device_scale_factor=2)
    host.join()
    become_staff(site_served, host, "host")
    make_a_card(host)
    name = host.page.locator(".buurt-papercard h2").inner_text()
    face, secret = shown(host.page, "face"), shown(host.page, "inside")

    scan(host, secret, viewfinder)
    expect(host.page.locator("code-scanner [data-part=text]")).to_contain_text("niet de voorkant van een spelerskaart")
    assert host.page.locator("#card").input_value() == ""
    scan(host, face, viewfinder)
    host.page.wait_for_url(re.compile("/host/for/"))
    assert name in host.text("h1")


def test_on_a_helpers_phone_two_without_a_phone_meet_and_both_earn_the_same(
    phone: Callable[..., Phone], site_served: Site
):
    helper = phone()
    helper.join()
    become_staff(site_served, helper, "host")
    two = []
    for _number in range(2):
        face = next(code for code in make_a_card(helper) if "/with/" in code)
        two.append((helper.page.locator(".buurt-papercard h2").inner_text(), face))
    helper.open(f"{HERE}/host")
    for field, (_name, face) in zip(("#one", "#other"), two, strict=True):
        helper.page.locator(field).fill(face)
    press(helper, "form[action$='/host']:has(#one) button")
    for name, _face in two:
        press(helper, f"form[action$='/host/yes'] button:has-text('{name}')")
    earned = [site_served.rows(EARNED, name)[0][0] for name, _face in two]
    assert earned[0] == earned[1] > 0
    assert helper.page.locator("form[action$='/host/yes']").count() == 0


@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_the_stamp_card_fits_its_paper_and_its_code_is_read_in_grey(
    phone: Callable[..., Phone], site_served: Site, lang: str
):
    host = phone(lang=lang, width=1000)
    host.join()
    become_staff(site_served, host, "host")
    host.open(f"{HERE}/host/stamps")
    host.page.evaluate("() => document.fonts.ready.then(() => true)")
    host.page.emulate_media(media="print")
    assert host.page.evaluate(TOO_SMALL, 12) == []
    assert host.page.evaluate(CUT_OFF) == []
    host.page.emulate_media(media="null")
    [sheet] = paper.printed(host.page)
    assert paper.size_of(sheet) == A4
    assert nearest_to_an_edge(sheet, Paper("host/stamps", A4)) >= MARGIN - 0.2
    [address] = paper.codes_of(sheet)
    assert urlsplit(address).path == f"{HERE}/"
    grey = sheet.render(scale=paper.DOTS / 72, grayscale=True).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(grey)] == [address]

"""Being erased asks about what one told: by keys alone on a phone of 360 px, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import HEIGHT, HERE, WIDTH, Phone
from tests.browser.test_everyone import cut, open_folds, sideways, too_small, violations
from tests.browser.test_story import press

pytestmark = pytest.mark.browser
TITLE = "De blauwe trap"


def looked_at(page: Page) -> None:
    """It is as wide as the phone, at 360 px and at 320; every part can be read and tapped."""
    assert page.evaluate("() => document.documentElement.scrollWidth") <= WIDTH
    assert violations(page) == []  # at 320 px
    assert (sideways(page), too_small(page), cut(page)) == ([], [], [])
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_told_stays_by_keys_alone_under_the_receipt_that_was_shown(phone: Callable[..., Phone], scripts: bool):
    mine, elsewhere = phone(scripts=scripts, bypass_csp=True), phone(bypass_csp=True)
    page, name = mine.page, mine.join()
    mine.open(f"{HERE}/stories/tell/write")
    open_folds(page)
    for field, said in (("words", "Op de trap zat altijd iemand. Dan kreeg je thee."), ("title", TITLE)):
        page.locator(f"#{field}").fill(said)
    with page.expect_navigation():
        mine.tap("button[form=story]")

    mine.open(f"{HERE}/me/erase")
    expect(page.locator("[name=told][value=go]")).to_be_checked()
    if scripts:
        looked_at(page)
    press(page, "[name=told]", "ArrowDown")
    expect(page.locator("[name=told][value=stay]")).to_be_checked()
    press(page, "#name", "Home")
    page.keyboard.insert_text(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    letters = page.locator(".buurt-receipt__letters").inner_text()
    if scripts:
        looked_at(page)
    with page.expect_navigation():
        press(page, "form[action$='/me/erase'] button")
    assert mine.path == f"{HERE}/erased"
    expect(page.locator("main")).to_contain_text("Met je bon open je wat je vertelde.")

    elsewhere.open(f"{HERE}/receipt")
    elsewhere.page.locator("#code").fill(letters)
    with elsewhere.page.expect_navigation():
        elsewhere.tap("button[form=receipt]")
    expect(elsewhere.page.locator("main")).to_contain_text(TITLE)
    with elsewhere.page.expect_download() as download:
        elsewhere.tap("a[download]")
    assert download.value.suggested_filename.startswith("buurtspoor-")
    if scripts:
        looked_at(elsewhere.page)

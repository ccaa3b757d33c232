"""A story told on paper: typed by a helper, signed on a printed sheet, its receipt scanned on another phone."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.paper import codes_of, printed, text_of
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff, begin_second_lock, open_folds

pytestmark = pytest.mark.browser
AT = f"{HERE}/stories"
WORDS = "Mijn vader had een kar. Elke dag liep hij naar de haven."
Take = Callable[..., Phone]


def typed(helper: Phone) -> None:
    """What somebody wrote on paper, typed over by a player; the receipt for them stands on the page."""
    helper.join()
    helper.open(f"{AT}/tell/write?way=paper")
    open_folds(helper.page)
    helper.page.locator("#words").fill(WORDS)
    helper.page.locator("#title").fill("De kar")
    helper.page.locator("[name=who][value=named]").check()
    helper.page.locator("#called").fill("Wies")
    with helper.page.expect_navigation():
        helper.tap("button[form=story]")


def test_its_printed_receipt_is_scanned_on_another_phone_where_the_teller_takes_the_story_away(
    phone: Take, site_served: Site, photo: Path
):
    helper, editor, host, reader, theirs = (phone() for _each in range(5))
    typed(helper)
    letters = helper.text(".buurt-receipt__letters").replace(" ", "")
    receipt = list(printed(helper.page))
    [address] = [code for page in receipt for code in codes_of(page)]
    assert address == f"{site_served.url}{HERE}/receipt#{letters}"
    assert letters in "".join(map(text_of, receipt)).replace(" ", "")
    helper.open(f"{AT}/mine")
    assert "De kar" not in helper.text(), "whoever typed it has nothing to say about it"

    become_staff(site_served, editor, "editor")
    begin_second_lock(editor)
    [(key,)] = site_served.rows("SELECT key FROM contribution WHERE kind = 'story' ORDER BY id DESC LIMIT 1")
    editor.open(f"{HERE}/desk/?item=story.{key}")
    with editor.page.expect_navigation():
        editor.tap("button[value=good]")

    become_staff(site_served, host, "host")
    host.open(f"{AT}/paper/{key}/sheet")
    [sheet] = printed(host.page)
    assert "Mijn vader had een kar." in text_of(sheet)
    assert codes_of(sheet) == [f"{site_served.url}{HERE}/receipt"], "it is no secret, and opens nothing by itself"
    reader.expect_refusals(404, 410)
    assert reader.open(f"{AT}/{key}") == 404
    host.open(f"{AT}/paper/{key}")
    host.page.locator("[name=how][value=paper]").check()
    host.page.locator("[name=named]").check()
    host.page.locator("#note").fill("In de map op het bureau.")
    host.page.locator("#sheet").set_input_files(photo)
    with host.page.expect_navigation():
        host.tap("button[form=paper]")
    assert reader.open(f"{AT}/{key}") == 200
    expect(reader.page.locator(".buurt-byline").first).to_contain_text("Wies")

    theirs.open(urlsplit(address)._replace(scheme="", netloc="").geturl())
    expect(theirs.page.locator("[data-part=read]")).to_be_visible()
    assert letters not in theirs.page.url
    with theirs.page.expect_navigation():
        theirs.tap("button[form=receipt]")
    with theirs.page.expect_navigation():
        theirs.tap(f"main a[href$='/stories/mine/{key}']")
    with theirs.page.expect_navigation():
        theirs.tap(f"a[href$='/mine/{key}/withdraw']")
    with theirs.page.expect_navigation():
        theirs.tap("button[form=withdraw]")
    assert reader.open(f"{AT}/{key}") == 410
    assert letters not in (site_served.folder / "said.txt").read_text(errors="replace")
    assert re.search("niet meer", reader.text())

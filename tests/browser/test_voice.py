"""Telling by voice, with the microphone that Chromium plays itself: recorded, kept, sent, heard back, handed in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import HERE, Phone

pytestmark = pytest.mark.browser
WRITE = f"{HERE}/stories/tell/write"
KEPT = """() => new Promise((done) => {
  indexedDB.open('buurtspoor').onsuccess = ({ target: { result: base } }) => {
    base.transaction('facts').objectStore('facts').getAllKeys().onsuccess = ({ target: { result: keys } }) => {
      base.close()
      done(keys.filter((key) => key.startsWith('voice')).length)
    }
  }
})"""
Take = Callable[..., Phone]


def do(page: Page, what: str) -> None:
    page.locator(f"[data-do={what}]:visible").tap()


def state(page: Page, which: str) -> None:
    expect(page.locator("voice-recorder")).to_have_attribute("data-state", which)


def record(page: Page, at_least: str = "0.02") -> None:
    """Speak for two seconds, as the page counts them."""
    do(page, "start")
    state(page, "recording")
    expect(page.locator("[data-part=time]").first).to_have_text(at_least)


def say_where(page: Page) -> None:
    page.locator("[name=who][value=anonymous]").check()


def test_a_resident_records_hears_it_back_and_sends_it_in(phone: Take, browser_with_camera: Browser):
    mine = phone(browser_with_camera)
    mine.open(WRITE)
    page = mine.page
    record(page)
    expect(page.locator("[data-part=heard]")).to_have_text(re.compile("We horen"))
    do(page, "pause")
    state(page, "paused")
    do(page, "resume")
    do(page, "finish")
    state(page, "ready")
    heard = page.locator("[data-part=listen]")
    expect(heard).to_be_visible()
    heard.evaluate("(audio) => audio.play()")
    page.wait_for_function("() => document.querySelector('[data-part=listen]').currentTime > 0.5")
    assert page.evaluate(KEPT) > 1
    say_where(page)
    page.locator("button[form=story]").tap()
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
    page.wait_for_function(KEPT.replace("done(keys", "done(!keys"))
    page.locator(".buurt-actions a").tap()
    page.locator("a[href$='/transcript']").tap()
    page.locator("textarea").fill("Een piep. En nog een.")
    do(page, "play")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
    do(page, "tap")
    expect(page.locator("[data-part=next]")).to_have_text("En nog een.")
    do(page, "tap")
    expect(page.locator("[data-part=done]")).to_be_visible()
    page.locator("button[form=typed]").tap()
    expect(page.locator("main")).to_contain_text("Een piep. En nog een.")


def test_what_was_said_is_there_after_the_page_was_loaded_again_without_network(
    phone: Take, browser_with_camera: Browser
):
    mine = phone(browser_with_camera)
    mine.open(WRITE)
    page = mine.page
    mine.expected.append("ERR_FAILED|ERR_INTERNET_DISCONNECTED")
    page.route("**/stories/sound/**", lambda route: route.abort())
    record(page, "0.05")
    page.wait_for_function(KEPT.replace(".length)", ".length > 2)"))
    page.reload()
    state(page, "sending")
    expect(page.locator("voice-recorder [data-part=text]")).to_contain_text("geen netwerk")
    say_where(page)
    page.locator("button[form=story]").tap()
    page.unroute("**/stories/sound/**")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()


def test_who_said_no_to_the_microphone_reads_it_and_can_type(phone: Take, browser: Browser):
    mine = phone(browser)
    mine.open(WRITE)
    do(mine.page, "start")
    state(mine.page, "fault")
    expect(mine.page.locator("voice-recorder [data-part=text]")).to_contain_text(re.compile("geluidsbestand"))
    expect(mine.page.locator("[name=words]")).to_be_editable()

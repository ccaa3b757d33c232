"""A grandmother tells: from home to "it came in", typed and spoken, with what she taps, types and reads."""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import serving

WORDS = "In de winter van 1963 liepen we over de gracht naar school. Mijn broer viel door het ijs."
TITLE = "Over het ijs"
TELL = f"main a[href^='{HERE}/stories/tell']"
FIRST = f"a[href='{HERE}/stories/tell']"  # where home has it, she takes it
DOORS = {"typed": "a[href*='way=self']:not([href*='speaks'])", "spoken": "a[href*='speaks']"}
Look = Callable[[str, Phone], None]


def walk(phone: Phone, way: str, look: Look = lambda _page, _phone: None) -> str:
    """One story, anonymous and with nothing that may stay open; the numbers as a sentence."""
    words, fields, sentences = 0, 0, 0

    def passes(name: str) -> None:
        nonlocal words, sentences
        phone.page.wait_for_load_state("networkidle")
        words += int(phone.page.evaluate(SEEN))
        sentences += int(phone.page.evaluate(LONG))
        look(f"{way}-{name}", phone)

    phone.taps = 0
    phone.open(f"{HERE}/")
    on_home = phone.page.locator(f"main {FIRST}").filter(visible=True).count()
    _go(phone, f"main {FIRST}" if on_home else "main a[href$='/stories']")
    if not on_home:
        passes("stories")
        _go(phone, TELL)
    passes("doors")
    _go(phone, DOORS[way])
    passes("page")
    if way == "typed":
        fields += _type(phone, "words", WORDS)
    else:
        phone.tap("[data-do=start]")
        expect(phone.page.locator("[data-part=time]").first).to_have_text("0.03")
        phone.tap("[data-do=finish]")
        expect(phone.page.locator("voice-recorder")).to_have_attribute("data-state", "ready")
    if phone.page.locator("[name=title][required]").count():
        fields += _type(phone, "title", TITLE)
    began = time.monotonic()
    _go(phone, "button[form=story]")
    expect(phone.page.locator(".buurt-receipt__letters").first).to_be_visible()
    return (
        f"{phone.taps} taps, {fields} fields typed, {words} words on her pages before it came in,"
        f" {sentences} sentences over 15 words, {time.monotonic() - began:.1f} s until it came in"
    )


def walks(browser: Browser, folder: Path, look: Look = lambda _page, _phone: None) -> None:
    """Both ways, a line for each."""
    with serving(folder) as site:
        for way in DOORS:
            phone = Phone(browser, site, device_scale_factor=1, permissions=["microphone"])
            print(f"who tells, {way}: {walk(phone, way, look)}", flush=True)
            phone.context.close()


def _go(phone: Phone, selector: str) -> None:
    with phone.page.expect_navigation():
        phone.tap(selector)


def _type(phone: Phone, name: str, words: str) -> int:
    phone.tap(f"[name={name}]")
    phone.page.locator(f"[name={name}]").fill(words)
    return 1


SEEN = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  let words = 0
  while (walker.nextNode()) {
    const { parentElement: around, textContent } = walker.currentNode
    const isSeen = around.checkVisibility() && !around.closest('.buurt-visually-hidden, option:not(:checked)')
    if (isSeen) words += textContent.split(/\\s+/).filter(Boolean).length
  }
  return words
}"""
LONG = """() => document.querySelector('main').innerText.split(/[.!?\\n]+/)
  .filter((one) => one.split(/\\s+/).filter(Boolean).length > 15).length"""

"""A community worker makes a first walk, from the team's page to the editors; taps, keys and words are counted."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Browser, expect

from tests.browser.founding import PASSWORD, Sitting, Step, Walk
from tests.browser.phones import HERE, WIDTH
from tests.browser.serving import Site, command, serving

FIVE, TWELVE = 5, 12
NEW = ".buurt-actions a[href$='/staff/walks/new']"
WORDS = "Vijf verhalen van vroeger, langs het water en terug."
MOST_KEYS = 600
ONE_MORE = """INSERT INTO consent (kind, thing, who, use, how, given_at)
    SELECT 'story', thing, who, 'tours', 'screen', given_at FROM consent JOIN story ON thing = contribution_id
    WHERE kind = 'story' AND "use" = 'site' AND ended_at IS NULL AND spot_id IS NOT NULL AND thing NOT IN
    (SELECT thing FROM consent WHERE kind = 'story' AND "use" = 'tours' AND ended_at IS NULL) LIMIT 1"""
Press = Callable[[Sitting, str], None]
"""How somebody presses what a selector finds, or comes to a field."""


def walks(browser: Browser, folder: Path) -> None:
    """A first walk of five stories on a phone, a line for each part; then one of twelve by finger, mouse and keys."""
    with serving(folder) as site:
        for step in _sits(browser, site, "maker", WIDTH, _tap, FIVE):
            took = step.count
            print(f"who makes a walk, {step.name}: {took.taps} taps, {took.letters} letters, {took.words} words read")
        site.change(ONE_MORE)  # the demo has eleven that may be in walks
        for how, width, press in (("by finger", WIDTH, _tap), ("by mouse", 1280, _click), ("by keys", 1280, _keys)):
            _sits(browser, site, how, width, press, TWELVE)


def _sits(browser: Browser, site: Site, how: str, width: int, press: Press, stops: int) -> list[Step]:
    """Somebody who was invited just now makes one; the steps after that, and a line for all of it."""
    walk = Walk(browser, site)
    maker = walk.somebody("maker", width=width)
    maker.step("accepts the invitation")
    maker.go(command(site, "staff", "invite", "kanterhoek", "maker").strip())
    maker.fill(login=token_hex(4), password=PASSWORD)
    maker.press("button[form=invited]")
    steps = first_walk(maker, press, stops)
    took = sum((step.count for step in steps[1:]), steps[0].count)
    said = f"{took.taps} taps, {took.letters} letters and keys, {took.words} words read"
    print(f"who makes a walk, {how}, {stops} stories: {said}, {took.seconds / 60:.1f} minutes", flush=True)
    walk.close()
    return steps


def first_walk(maker: Sitting, press: Press, stops: int) -> list[Step]:
    """From the team's page until it is with the editors."""
    begun = len(maker.walk.steps)
    maker.step("begins one")
    ways = ["main a[href$='/staff/walks']", NEW]
    for way in ways if maker.path.endswith("/staff/") else ["a[href$='/staff/']", *ways]:
        _goes(maker, press, way)
    _fills(maker, press, title="Vroeger aan het water")
    _goes(maker, press, "button[form=walk]")
    maker.page.wait_for_url(re.compile(f"{HERE}/staff/walks/vroeger"))
    maker.step("chooses stories")
    for number in range(1, stops + 1):
        press(maker, ".buurt-library form button")
        expect(maker.page.locator(".buurt-stops > li")).to_have_count(number)
        maker.read()
    maker.step("has the app make a round, and moves one stop")
    for button in ("#round", "button[id^=down-]"):
        press(maker, button)
        _settle(maker)
    maker.step("writes what it is about")
    _fills(maker, press, intro=WORDS)
    press(maker, "#keep-words")
    _settle(maker)
    maker.step("writes down who walked it, and sends it")
    press(maker, "#on-foot > summary")
    _fills(maker, press, checked_on=date.today().isoformat(), checked_by="de wandelclub")
    press(maker, "#walked")
    _settle(maker)
    expect(maker.page.locator("#send")).to_be_visible()
    press(maker, "#send")
    expect(maker.page.locator("#send")).to_have_count(0)
    maker.read()
    return maker.walk.steps[begun:]


def _goes(maker: Sitting, press: Press, selector: str) -> None:
    with maker.page.expect_navigation():
        press(maker, selector)
    maker.read(is_new=True)


def _fills(maker: Sitting, press: Press, **values: str) -> None:
    for name, value in values.items():
        if press is _keys:
            _tabs(maker, f"#{name}")
        maker.now.letters += len(value)
        maker.page.locator(f"#{name}").fill(value)


def _click(maker: Sitting, selector: str) -> None:
    maker.now.taps += 1
    maker.page.locator(selector).filter(visible=True).first.click()


def _tap(maker: Sitting, selector: str) -> None:
    maker.now.taps += 1
    maker.page.locator(selector).filter(visible=True).first.tap()


def _keys(maker: Sitting, selector: str) -> None:
    _tabs(maker, selector)
    maker.now.letters += 1
    maker.page.keyboard.press("Enter")


def _tabs(maker: Sitting, selector: str) -> None:
    """Tab until it has the focus, never back: each counts as a letter."""
    for _key in range(MOST_KEYS):
        maker.now.letters += 1
        maker.page.keyboard.press("Tab")
        if maker.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def _settle(maker: Sitting) -> None:
    """The answer stands on the page; what is new there is read."""
    maker.page.wait_for_load_state("networkidle")
    expect(maker.page.locator("walk-builder[data-ready]:not([aria-busy])")).to_be_attached()
    maker.read()

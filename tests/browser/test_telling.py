"""Telling by hand: a draft that stays on this phone, soft help towards short sentences, and all without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import HERE, Phone
from tests.core.sounds.recordings import tone

pytestmark = pytest.mark.browser
WRITE = f"{HERE}/stories/tell/write"
DRAFTS = "() => Object.keys(localStorage).filter((name) => name.startsWith('story ')).length"
LONG = " ".join(["woord"] * 24)
Take = Callable[..., Phone]


def words(page: Page):
    return page.locator("[name=words]")


def test_a_draft_comes_back_after_a_lost_page_and_goes_once_the_story_came_in(phone: Take):
    mine = phone()
    mine.open(WRITE)
    page = mine.page
    words(page).fill("De bel ging.")
    page.locator("[name=when]").fill("rond 1970")
    page.locator("[name=who][value=named]").check()
    page.locator("[name=called]").fill("Bram")
    page.wait_for_function(DRAFTS)
    mine.open(f"{HERE}/stories")
    mine.open(WRITE)
    expect(page.locator("story-draft")).to_be_visible()
    expect(words(page)).to_have_value("De bel ging.")
    expect(page.locator("[name=when]")).to_have_value("rond 1970")
    expect(page.locator("[name=who][value=named]")).to_be_checked()
    kept = page.evaluate("() => Object.values(localStorage).join()")
    assert "client_key" not in kept
    page.locator("button[form=story]").tap()
    expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
    page.wait_for_function(f"() => !({DRAFTS})()")


def test_who_begins_anew_by_keyboard_leaves_nothing_and_another_question_has_its_own(phone: Take):
    mine = phone()
    mine.open(WRITE)
    page = mine.page
    words(page).fill("Van mij alleen.")
    page.reload()
    mine.open(f"{WRITE}?way=helper")
    expect(words(page)).to_have_value("")
    mine.open(WRITE)
    expect(words(page)).to_have_value("Van mij alleen.")
    page.locator("story-draft button").press("Enter")
    expect(words(page)).to_have_value("")
    expect(words(page)).to_be_focused()
    assert page.evaluate(DRAFTS) == 0


def test_a_draft_is_gone_a_day_later_and_when_somebody_signs_out(phone: Take):
    mine = phone()
    mine.join()
    mine.open(WRITE)
    page = mine.page
    words(page).fill("Dit is van gisteren.")
    mine.open(f"{HERE}/stories")
    age = '(name) => localStorage.setItem(name, localStorage.getItem(name).replace(/"at":\\d+/, \'"at":1000\'))'
    page.evaluate(f"() => Object.keys(localStorage).forEach({age})")
    mine.open(WRITE)
    expect(words(page)).to_have_value("")
    page.wait_for_function(f"() => !({DRAFTS})()")
    words(page).fill("Dit is van vandaag.")
    mine.open(f"{HERE}/me/leave")
    assert page.evaluate(DRAFTS) == 1
    with page.expect_navigation():
        page.locator("main form[action$='/me/leave'] button").first.tap()
    assert page.evaluate(DRAFTS) == 0


def test_a_long_sentence_is_said_and_no_word_is_changed(phone: Take):
    mine = phone(scripts=True)
    mine.open(WRITE)
    page = mine.page
    words(page).fill(f"{LONG}. Kort.")
    hint = page.locator("plain-words [data-part=long]")
    expect(hint).to_contain_text("knip hem in tweeën")
    expect(page.locator("plain-words [data-part=minutes]")).to_have_text("1 minuut lezen")
    expect(words(page)).to_have_value(f"{LONG}. Kort.")
    words(page).fill("Kort. Nog een.")
    expect(hint).to_be_hidden()


def test_without_scripts_a_story_is_told_by_words_and_by_a_sound_file(phone: Take, tmp_path: Path):
    sound = tmp_path / "bel.webm"
    sound.write_bytes(tone(2, "webm"))
    mine = phone(scripts=False)
    for way in ("self", "self&speaks=1"):
        mine.open(f"{WRITE}?way={way}")
        page = mine.page
        expect(page.locator("story-draft, voice-recorder").first).to_be_hidden()
        if "speaks" in way:
            page.locator("summary", has_text="geluidsbestand").tap()
            page.locator("[name=sound]").set_input_files(sound)
        else:
            words(page).fill("De bel ging. Wij renden.")
        with page.expect_navigation():
            page.locator("button[form=story]").tap()
        expect(page.locator(".buurt-receipt__letters").first).to_be_visible()
        page.locator(".buurt-actions a").tap()
        expect(page.locator("h1")).to_have_text(re.compile("Een verhaal" if "speaks" in way else "De bel ging"))

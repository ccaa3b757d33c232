"""A photo is allowed by both, seen by others, and withdrawn: every open page drops it within a minute (S5)."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
MINUTE = 60_000  # milliseconds
OPEN_FOLDS = "() => document.querySelectorAll('details').forEach((fold) => { fold.open = true })"
SIZES = ("small", "medium", "large")


def met(first: Phone, other: Phone, photo: Path) -> None:
    first.join()
    letters = first.hand_in(photo)
    other.join()
    other.type_letters(letters)
    other.say_yes()
    expect(first.page.locator(".buurt-total")).to_be_visible()


def allow(phone: Phone, scope: str) -> None:
    phone.page.evaluate(OPEN_FOLDS)
    phone.page.locator(f"input[name=scope][value='{scope}']").check()
    with phone.page.expect_navigation():
        phone.tap("form[action$='/who'] button")
    expect(phone.page.locator(f"input[name=scope][value='{scope}']")).to_be_checked()
    phone.page.evaluate(OPEN_FOLDS)


def another_page(phone: Phone, path: str) -> Page:
    page = phone.context.new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize("how", ["one scope", "the photo"])
def test_a_withdrawal_is_seen_by_the_other_phone_the_album_and_the_boards_within_a_minute(
    phone: Callable[..., Phone], site_served: Site, photo: Path, how: str
):
    first, other, visitor = phone(), phone(), phone()
    met(first, other, photo)
    allow(first, "public web")
    allow(other, "public web")
    key = other.page.locator("[data-kiek]").first.get_attribute("data-kiek")
    assert "De redactie kijkt er eerst naar." in other.text()
    urls = [f"{site_served.url}{HERE}/photos/{key}/{size}.webp" for size in SIZES]
    assert {visitor.status_of(url) for url in urls} == {404}
    site_served.change("UPDATE photo SET cleared_at = datetime('now') WHERE key = ?", key)
    assert {visitor.status_of(url) for url in urls} == {200}

    boards = [another_page(visitor, f"{HERE}/photos"), another_page(visitor, f"{HERE}/")]
    boards.append(another_page(other, f"{HERE}/photos"))
    albums = [another_page(other, f"{HERE}/album"), other.page]
    for page in [*boards, *albums]:
        expect(page.locator(f"[data-kiek='{key}'] img")).to_have_count(1)

    first.expect_refusals(404)
    began = time.monotonic()
    if how == "the photo":
        first.open(f"{HERE}/photos/{key}/who")
        first.tap("details:has(form[action$='/withdraw']) summary")
        with first.page.expect_navigation():
            first.tap("form[action$='/withdraw'] button")
    else:
        first.page.locator("input[name=scope]").evaluate_all("boxes => boxes.forEach((box) => { box.checked = false })")
        with first.page.expect_navigation():
            first.tap("form[action$='/who'] button")
    assert {visitor.status_of(url) for url in urls} == {404}
    assert {first.status_of(url) for url in urls} == ({404} if how == "the photo" else {200})

    for page in [*boards, *(albums if how == "the photo" else [])]:
        page.bring_to_front()
        expect(page.locator(f"[data-kiek='{key}']")).to_have_count(0, timeout=MINUTE)
    took = time.monotonic() - began
    print(f"{how}: gone from every open page after {took:.0f} s")
    assert took < 60
    if how == "one scope":
        for page in albums:
            expect(page.locator(f"[data-kiek='{key}'] img")).to_have_count(1)


def test_a_page_in_the_background_drops_it_without_being_looked_at(
    phone: Callable[..., Phone], site_served: Site, photo: Path
):
    first, other = phone(), phone()
    met(first, other, photo)
    album = another_page(other, f"{HERE}/album")
    key = album.locator("[data-kiek]").get_attribute("data-kiek")
    began = time.monotonic()
    first.tap("details:has(form[action$='/withdraw']) summary")
    with first.page.expect_navigation():
        first.tap("form[action$='/withdraw'] button")
    for page in (other.page, album):
        expect(page.locator(f"[data-kiek='{key}']")).to_have_count(0, timeout=MINUTE)
    assert "Deze foto is weggehaald." in album.inner_text("main")
    assert time.monotonic() - began < 60

"""Choosing: a challenge near comes once the phone says where it is, which nobody else hears; filters need no script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

BENCH = {"latitude": 52.0898, "longitude": 5.1016, "accuracy": 15}  # beside "Bank onder de linde"
FAR_AWAY = {"latitude": 52.37, "longitude": 4.9, "accuracy": 30}
SEEN = "near-challenge li:visible"
AT_THE_BENCH = f"{SEEN} a[href$='/swap-a-recipe']"


@pytest.fixture
def chooser(phone: Callable[..., Phone]) -> Phone:
    """Somebody who may choose, whose phone was never asked where it is."""
    someone = phone()
    someone.join()
    return someone


def test_after_a_tap_the_nearest_stands_among_the_three_and_the_position_goes_nowhere(chooser: Phone):
    asked: list[str] = []
    chooser.context.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    chooser.open(f"{HERE}/together")
    expect(chooser.page.locator(AT_THE_BENCH)).to_have_count(0)
    chooser.context.grant_permissions(["geolocation"])
    chooser.context.set_geolocation(BENCH)
    chooser.page.reload()
    expect(chooser.page.locator(AT_THE_BENCH)).to_contain_text("Dichtbij, 10 m")
    expect(chooser.page.locator(SEEN)).to_have_count(3)
    assert not [one for one in asked if "52.0" in one or "5.10" in one]
    chooser.tap(AT_THE_BENCH)
    chooser.page.wait_for_url("**/together/swap-a-recipe*")


def test_far_away_nothing_is_near(chooser: Phone):
    chooser.context.grant_permissions(["geolocation"])
    chooser.context.set_geolocation(FAR_AWAY)
    chooser.open(f"{HERE}/together")
    chooser.page.wait_for_load_state("networkidle")
    expect(chooser.page.locator(SEEN)).to_have_count(3)
    assert "Dichtbij" not in chooser.text()


def test_without_scripts_three_fit_and_a_filter_filters(phone: Callable[..., Phone]):
    plain = phone(scripts=False)
    plain.join()
    plain.open(f"{HERE}/together")
    expect(plain.page.locator(SEEN)).to_have_count(3)
    plain.tap(".buurt-fold:first-of-type summary")
    plain.tap("label:has(input[name=indoor])")
    plain.tap(".buurt-fold:first-of-type button")
    plain.page.wait_for_url("**/together?indoor=1*")
    expect(plain.page.locator(".buurt-fold__now").first).to_have_text("kan binnen")
    plain.tap(".buurt-fold:nth-of-type(2) summary")
    assert plain.page.locator(".buurt-fold:nth-of-type(2) li:visible").count() > 9
    expect(plain.page.locator(".buurt-fold:nth-of-type(2) a[href$='/share-a-bench']")).to_have_count(0)


def test_a_surprise_is_one_tap(chooser: Phone):
    chooser.open(f"{HERE}/together")
    chooser.tap(".buurt-actions a")
    chooser.page.wait_for_url("**/together/*")
    expect(chooser.page.locator("[data-part=pick]")).to_be_visible()


def test_on_the_page_that_a_phone_keeps_stands_what_the_chosen_one_asks(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.open(f"{HERE}/offline")
    asks = visitor.page.locator("[data-asks]:visible")
    for key, said in (("talk-good-at", "Waarmee wil jij een buur weleens helpen?"), ("two-cups", "Leeg telt ook.")):
        visitor.page.locator("select").select_option(key)
        expect(asks).to_have_count(1)
        expect(asks).to_contain_text(said)


def test_a_photo_for_a_challenge_that_went_is_kept_for_the_one_that_is_chosen_next(
    chooser: Phone, site_served: Site, photo: Path
):
    chooser.expect_refusals(410)
    chooser.choose_photo(photo, challenge="happy-plant")
    chooser.see_chosen()
    site_served.change("UPDATE challenge SET retired_at = '2026-01-01 10:00:00' WHERE key = 'happy-plant'")
    try:
        chooser.tap("[data-part=send]")
        chooser.tap("[data-part=way-on]")
        chooser.page.wait_for_url("**/together")
        chooser.tap(f"{SEEN} a")
        chooser.page.wait_for_url("**/together/*")
        chooser.see_chosen()
        assert chooser.kept() == 1
        chooser.send()
        assert chooser.kept() == 0
    finally:
        site_served.change("UPDATE challenge SET retired_at = NULL WHERE key = 'happy-plant'")

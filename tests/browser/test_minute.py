"""The minute in the street, in a real Chromium: two residents meet, take a photo, both say yes, both score."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import camera
from tests.browser.phones import BENCH, HERE, Phone
from tests.browser.serving import Site
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

Take = Callable[..., Phone]


def both_see_the_same(one: Phone, other: Phone) -> None:
    expect(one.page.locator(".buurt-total")).to_be_visible()
    expect(other.page.locator(".buurt-total")).to_be_visible()
    assert one.price() == other.price() == 10
    assert one.why() == other.why()
    assert len(one.why()) >= 2


def test_the_other_phones_camera_reads_the_screen_joins_and_says_yes(
    phone: Take, phone_photo: Path, browser_with_camera: Browser, viewfinder: Path
):
    first = phone(device_scale_factor=2)
    first.join()
    first.choose_photo(phone_photo, source="photo")
    first.see_chosen()
    first.send()
    camera.look_at(first.page.screenshot(), viewfinder)

    other = phone(browser_with_camera, permissions=["camera"])
    other.open("/e/")
    other.tap("[data-do=start]")
    other.page.wait_for_url(f"**/e/{first.letters()}*")
    other.join_here()
    other.say_yes()

    both_see_the_same(first, other)
    assert first.photo_urls()
    assert len(other.photo_urls()) == len(first.photo_urls())


def test_by_six_letters_typed_in_small_letters_with_a_space(phone: Take, photo: Path):
    first, other = phone(), phone()
    first.join()
    letters = first.hand_in(photo)
    other.join()
    other.type_letters(letters)
    other.say_yes()
    both_see_the_same(first, other)


def test_the_letters_on_the_front_page_lead_there_too(phone: Take, photo: Path):
    first, other = phone(), phone()
    first.join()
    letters = first.hand_in(photo)
    other.open("/")
    other.page.locator("input[name=code]").fill(letters)
    other.tap("form:has(input[name=code]) button")
    other.page.wait_for_url(f"**/e/{letters}*")
    other.join_here()
    other.say_yes()
    both_see_the_same(first, other)


def test_one_phone_for_two_and_the_other_joins_on_the_spot(phone: Take, photo: Path):
    first = phone()
    me = first.join()
    first.hand_in(photo)
    first.tap("a[href$='/here']")
    other = first.join_here()
    assert first.path.endswith("/here/answer")
    assert other in first.text()
    first.say_yes()
    assert other in first.text(".buurt-slip")
    first.tap(".buurt-actions .buurt-button--yes")
    expect(first.page.locator(".buurt-total")).to_be_visible()
    assert first.price() == 10
    assert other in first.text()
    first.open(f"{HERE}/me")
    assert first.text("h1") == me


def test_one_phone_for_two_and_the_other_is_named_by_six_letters_then_answers_on_the_own_phone(
    phone: Take, photo: Path
):
    first, other = phone(), phone()
    first.join()
    other.join()
    other.open(f"{HERE}/me")
    tag = other.letters()
    first.hand_in(photo)
    first.name_by_letters(tag)
    expect(first.page.locator("turning-page")).to_be_attached()
    other.open(f"{HERE}/")
    other.tap("a[href$='/waiting']")
    other.tap("main a[href*='/e/']")
    other.say_yes()
    both_see_the_same(first, other)


@pytest.mark.parametrize("source", ["photo", "gallery"])
def test_without_javascript(phone: Take, photo: Path, source: str):
    first, other = phone(scripts=False), phone(scripts=False)
    first.join()
    first.choose_photo(photo, source=source)
    first.send()
    other.type_letters(first.letters())
    other.join_here()
    other.say_yes()
    if source == "photo":
        first.page.wait_for_selector(".buurt-total", timeout=25_000)  # by itself, every 15 seconds
    else:
        first.page.reload()
    both_see_the_same(first, other)


def test_without_a_photo_the_meeting_counts_the_same(phone: Take):
    first, other = phone(), phone()
    first.join()
    first.open(f"{HERE}/together/{BENCH}")
    first.tap("[data-part=without]")
    expect(first.page.locator(".buurt-code")).to_be_visible()
    other.type_letters(first.letters())
    other.join_here()
    other.say_yes("without")
    both_see_the_same(first, other)
    assert first.photo_urls() == other.photo_urls() == []


def test_a_no_is_a_normal_answer_and_the_sender_hears_what_an_expired_one_would_say(
    phone: Take, photo: Path, site_served: Site
):
    first, other, late = phone(), phone(), phone()
    for one in (first, other):
        one.expect_refusals(404)  # the photo may still be on its way to them when it is gone
    first.join()
    other.type_letters(first.hand_in(photo))
    other.join_here()
    other.tap("button[form=no]")
    expect(other.page.locator("form#yes")).to_have_count(0)
    expect(first.page.locator("turning-page")).to_have_count(0)
    declined = first.text("body")

    late.join()
    late.hand_in(photo)
    site_served.change("UPDATE encounter SET answer_by = '2020-01-01 00:00:00' WHERE key = ?", late.path.split("/")[-1])
    expect(late.page.locator("turning-page")).to_have_count(0)
    assert late.text("body") == declined


# ---- younger than 16


def refusal_of(phone: Phone) -> str:
    return phone.text("main .buurt-lead")


def test_a_child_is_refused_both_ways_in_the_same_kind_words_and_nothing_is_revealed(phone: Take, photo: Path):
    grown_up, child = phone(), phone()
    child.expect_refusals(403, 409)
    name = grown_up.join()
    letters = grown_up.hand_in(photo)
    page_before = grown_up.text("main")

    child.type_letters(letters)
    child.join_here("young")
    expect(child.page.locator("main .buurt-lead")).to_be_visible()
    asked = refusal_of(child)
    assert name not in child.text("body")
    assert child.photo_urls() == []

    assert child.open(f"{HERE}/together/{BENCH}") == 403
    assert refusal_of(child) == asked

    assert strip_time(grown_up.text("main")) == strip_time(page_before)
    assert grown_up.page.locator(".buurt-code").is_visible()


def test_who_names_a_child_by_its_letters_reads_the_same_words(phone: Take, photo: Path):
    grown_up, child = phone(), phone()
    grown_up.expect_refusals(403, 409)
    child.expect_refusals(403, 409)
    grown_up.join()
    child.open(f"{HERE}/join")
    child_name = child.join_here("young")
    child.open(f"{HERE}/me")
    tag = child.letters()
    letters = grown_up.hand_in(photo)
    child.open(f"/e/{letters}")
    heard_by_the_child = refusal_of(child)
    grown_up.name_by_letters(tag)
    expect(grown_up.page.locator("main .buurt-lead")).to_be_visible()
    assert refusal_of(grown_up) == heard_by_the_child
    assert child_name not in grown_up.text("body")


def test_a_child_that_would_join_on_somebody_elses_phone_is_refused_in_the_same_words(phone: Take, photo: Path):
    grown_up, child = phone(), phone()
    grown_up.expect_refusals(403, 409)
    child.expect_refusals(403, 409)
    grown_up.join()
    letters = grown_up.hand_in(photo)
    child.open(f"/e/{letters}")
    child.join_here("young")
    expect(child.page.locator("main .buurt-lead")).to_be_visible()
    grown_up.tap("a[href$='/here']")
    grown_up.join_here("young")
    expect(grown_up.page.locator("main .buurt-lead")).to_be_visible()
    assert refusal_of(grown_up) == refusal_of(child)


def strip_time(text: str) -> str:
    return re.sub(r"\d+", "#", text)


# ---- taking the photo out


def test_a_withdrawn_photo_is_gone_at_every_earlier_url_for_both_and_the_points_stay(phone: Take, photo: Path):
    first, other = phone(), phone()
    first.join()
    letters = first.hand_in(photo)
    other.type_letters(letters)
    by_letters = other.photo_urls()
    other.join_here()
    by_letters += other.photo_urls()
    other.say_yes()
    both_see_the_same(first, other)
    shown = {*first.photo_urls(), *other.photo_urls()}
    urls = shown | set(by_letters)
    assert len(urls) >= 6
    assert {each.status_of(url) for url in shown for each in (first, other)} == {200}

    price = other.price()
    first.tap("details:has(form[action$='/withdraw']) summary")
    first.tap("form[action$='/withdraw'] button")
    expect(first.page.locator("main img[src*='/photo/']")).to_have_count(0)
    assert {each.status_of(url) for url in urls for each in (first, other)} == {404}
    other.page.reload()
    assert other.photo_urls() == []
    assert first.price() == other.price() == price
    for each in (first, other):
        each.open(f"{HERE}/album")
        assert each.photo_urls() == []
        assert each.page.locator("article").count() == 1


def test_a_stranger_gets_no_size_of_a_photo(phone: Take, photo: Path):
    first, other, stranger = phone(), phone(), phone()
    stranger.expect_refusals(404, 410)
    first.join()
    letters = first.hand_in(photo)
    other.open(f"/e/{letters}")
    other.join_here()
    other.say_yes()
    stranger.join()
    expect(first.page.locator(".buurt-total")).to_be_visible()  # their page has turned by itself
    urls = {*first.photo_urls(), *other.photo_urls()} | {
        url.replace(first.path, f"/e/{letters}") for url in first.photo_urls()
    }
    assert urls
    assert {stranger.status_of(url) for url in urls} <= {404, 410}


# ---- when it does not go well


def test_a_broken_photo_gets_a_sentence_and_stays_chosen(phone: Take, tmp_path: Path):
    broken = tmp_path / "holiday.jpg"
    broken.write_text("this is no photo")
    first = phone()
    first.expect_refusals(415, 422)
    first.join()
    first.choose_photo(broken)
    expect(first.page.locator("[data-part=preview]")).to_be_visible()
    first.tap("[data-part=send]")
    expect(first.page.locator("[data-part=fault]")).to_be_visible()
    assert first.text("[data-part=sentence]").endswith(".")
    assert first.page.locator("[data-part=preview]").is_visible()
    assert first.kept() == 1


def test_a_broken_photo_gets_a_sentence_without_javascript_too(phone: Take, tmp_path: Path):
    broken = tmp_path / "holiday.jpg"
    broken.write_text("this is no photo")
    first = phone(scripts=False)
    first.expect_refusals(415, 422)
    first.join()
    first.choose_photo(broken)
    first.tap("[data-part=send]")
    expect(first.page.locator(".buurt-notice--stop p").first).to_have_text(re.compile(r"\w+.*\."))


def encounters(site: Site) -> int:
    return site.rows("SELECT count(*) FROM encounter")[0][0]


def test_a_photo_stays_on_the_phone_when_the_network_goes_in_the_middle_and_is_sent_once_after_all(
    phone: Take, large_photo: Path, site_served: Site
):
    before = encounters(site_served)
    with Wire(site_served) as wire:
        first = phone(site=wire.site)
        first.expected.append("net::ERR_")
        first.join()
        first.choose_photo(large_photo)
        first.see_chosen()
        wire.bytes_a_second = 400_000
        first.tap("[data-part=send]")
        first.page.wait_for_function("() => document.querySelector('[data-part=sending] progress').value > 5")
        wire.cut()
        expect(first.page.locator("[data-part=fault]")).to_be_visible()
        assert first.page.locator("[data-part=preview] img").is_visible()
        assert first.kept() == 1
        assert encounters(site_served) == before

        wire.mend()
        first.page.reload()  # what waits goes by itself, and its page goes on
        expect(first.page.locator(".buurt-code")).to_be_visible()
        assert encounters(site_served) == before + 1
        assert len(first.photo_urls()) == 3
        first.open(f"{HERE}/together/{BENCH}")
        assert first.kept() == 0


def test_an_answer_that_gets_lost_on_the_way_does_not_make_two_meetings(phone: Take, photo: Path, site_served: Site):
    first = phone()
    first.expected.append("net::ERR_FAILED")
    first.join()
    before = encounters(site_served)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    first.page.route(f"**/together/{BENCH}", lose)
    first.choose_photo(photo)
    first.see_chosen()
    first.tap("[data-part=send]")
    expect(first.page.locator("[data-part=fault]")).to_be_visible()
    assert lost == [201]
    assert first.kept() == 1
    first.send()
    assert encounters(site_served) == before + 1


def test_who_presses_twice_meets_once(phone: Take, photo: Path, site_served: Site):
    first = phone()
    first.join()
    before = encounters(site_served)
    first.choose_photo(photo)
    first.see_chosen()
    first.page.locator("[data-part=send]").dblclick()
    expect(first.page.locator(".buurt-code")).to_be_visible()
    assert encounters(site_served) == before + 1

"""Being there, in Chromium: with the position refused, by plate and question; with a fix; and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import AXE

pytestmark = pytest.mark.browser

TITLE = "Vind de stoep met planten voor iedereen"
SPOT = f"{HERE}/spots/groene-stoep"
CHALLENGE = f"{HERE}/challenges/find-a-cutting"
REFUSED = {"permissions": []}


def stands_at(phone: Phone, site: Site, key: str, metres_north: float = 0, accuracy: float = 12) -> None:
    """The phone's position is granted: so far from a spot."""
    ((lat, lon),) = site.rows("SELECT lat, lon FROM spot WHERE key = ?", key)
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": lat + metres_north / 111_195, "longitude": lon, "accuracy": accuracy})


def plate_of(phone: Phone, site: Site, key: str) -> str:
    """The address on the plate of a spot, found by its six letters as somebody without a camera does."""
    ((letters,),) = site.rows("SELECT letters FROM plate JOIN spot ON spot.id = spot_id WHERE spot.key = ?", key)
    phone.open("/q/")
    phone.page.locator("input[name=code]").fill(letters)
    with phone.page.expect_navigation():
        phone.tap("form:has(input[name=code]) button")
    return phone.path


def visits(site: Site) -> int:
    ((many,),) = site.rows("SELECT count(*) FROM visit")
    return many


def check_axe(phone: Phone) -> None:
    phone.page.add_script_tag(path=AXE) if not phone.page.evaluate("() => 'axe' in window") else None
    found = phone.page.evaluate("() => axe.run().then(({ violations }) => violations.map(({ id }) => id))")
    assert found == []


def test_a_challenge_is_done_with_the_position_refused_by_plate_and_question(phone: Callable[..., Phone], site_served):
    amina = phone(**REFUSED)
    amina.join()
    before = visits(site_served)
    plate = plate_of(amina, site_served, "groene-stoep")
    assert re.fullmatch(r"/q/[A-Z2-7]{26}", plate)
    amina.open(plate)
    assert TITLE in amina.text()
    amina.page.get_by_label("Welk dier staat op de grootste pot?").fill("hond")
    amina.tap("here-button button")
    expect(amina.page.locator("h1")).to_have_text("Nog één ding en het telt")
    assert "Dat is het nog niet." in amina.text()
    assert visits(site_served) == before
    amina.page.get_by_label("Welk dier staat op de grootste pot?").fill("Een Kikker")
    amina.tap("here-button button")
    expect(amina.page.locator(".buurt-chip--done").first).to_have_text("Je bent hier geweest")
    assert visits(site_served) == before + 1
    amina.open(CHALLENGE)
    assert "Deze opdracht is klaar." in amina.text()


def test_the_phone_is_asked_for_its_position_only_after_a_tap(phone: Callable[..., Phone], site_served):
    amina = phone(**REFUSED)
    amina.context.add_init_script(
        "window.asked = 0; const real = Geolocation.prototype.getCurrentPosition;"
        "Geolocation.prototype.getCurrentPosition = function (...a) { window.asked += 1; return real.apply(this, a) }"
    )
    amina.join()
    for page in (SPOT, CHALLENGE, f"{HERE}/together/find-a-cutting"):
        amina.open(page)
        assert amina.page.evaluate("() => window.asked") == 0


def test_with_a_fix_at_the_place_one_tap_is_enough_and_the_position_is_in_no_address(
    phone: Callable[..., Phone], site_served
):
    bram = phone()
    seen: list[str] = []
    bram.context.on("request", lambda request: seen.append(request.url))
    bram.join()
    stands_at(bram, site_served, "groene-stoep", 20)
    bram.open(CHALLENGE)
    bram.tap("here-button button")
    expect(bram.page.locator(".buurt-notice--good").last).to_contain_text("Deze opdracht is klaar.")
    ((lat,),) = site_served.rows("SELECT lat FROM spot WHERE key = 'groene-stoep'")
    assert not [url for url in seen if str(lat)[:6] in url or "accuracy" in url]


def test_far_says_how_far_and_takes_ones_word(phone: Callable[..., Phone], site_served):
    cem = phone()
    cem.join()
    stands_at(cem, site_served, "groene-stoep", 255)
    before = visits(site_served)
    cem.open(SPOT)
    cem.tap("here-button button")
    expect(cem.page.locator("h1")).to_have_text("Je lijkt nog ± 250 meter weg")
    cem.tap("button[name=anyway]")
    expect(cem.page.locator("main")).to_contain_text("Fijn dat je er bent.")
    assert visits(site_served) == before


def test_it_works_without_javascript(phone: Callable[..., Phone], site_served):
    dirk = phone(scripts=False)
    dirk.join()
    plate_of(dirk, site_served, "kanterbrug")
    dirk.page.get_by_label("Hoeveel lantaarns staan hier?").fill("vier")
    dirk.tap("here-button button")
    expect(dirk.page.locator(".buurt-chip--done").first).to_have_text("Je bent hier geweest")


@pytest.mark.parametrize("lang", ["nl", "en", "yi"])
def test_the_answer_that_is_no_page_of_its_own_suits_everybody(phone: Callable[..., Phone], site_served, lang):
    amina = phone(lang=lang, width=320, bypass_csp=True)
    amina.join()
    stands_at(amina, site_served, "groene-stoep", 255)
    amina.open(SPOT)
    amina.page.locator("#answer").fill("x")
    amina.tap("here-button button")
    expect(amina.page.locator("button[name=anyway]")).to_be_visible()
    check_axe(amina)
    assert amina.page.evaluate("() => document.documentElement.scrollWidth") <= 320

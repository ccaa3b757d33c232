"""A whole walk on a phone: along a simulated track, without a position, without JavaScript, and by keyboard."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walker
from tests.browser.phones import HERE, Phone

pytestmark = pytest.mark.browser
WALK = f"{HERE}/walks/van-de-brug-tot-de-soep"
METRE = 1 / 111_195  # degrees of latitude
WATCHED = """
window.came = []; window.interrupted = []
document.addEventListener('arrive', ({ target: { dataset } }) =>
  window.came.push([dataset.phase, Number(dataset.number)]))
document.addEventListener('play', ({ target }) => { target.playbackRate = 16 }, true)
for (const name of ['pause', 'emptied']) document.addEventListener(name, ({ target }) => {
  if (!target.ended && !target.muted && target.currentTime > 0 && target.duration > 1)
    window.interrupted.push(target.src)
}, true)
"""
Take = Callable[..., Phone]


def stand(phone: Phone, lat: float, lon: float, accuracy: float = 10) -> None:
    """Three fixes, each a metre from the one before."""
    for step in range(3):
        phone.context.set_geolocation({"latitude": lat + step * METRE, "longitude": lon, "accuracy": accuracy})
        phone.page.wait_for_timeout(120)


def at(page: Page, phase: str, number: int) -> None:
    walk = page.locator("walk-along")
    expect(walk).to_have_attribute("data-number", str(number))
    expect(walk).to_have_attribute("data-phase", phase)


def hold(page: Page, which: str) -> None:
    button = page.locator(f"[data-held={which}]")
    button.dispatch_event("pointerdown")
    page.wait_for_timeout(1000)
    button.dispatch_event("pointerup")


def begin(phone: Phone) -> list[dict[str, float]]:
    phone.open(WALK)
    phone.tap("#begin")
    phone.page.wait_for_function("() => customElements.get('walk-along')")
    return json.loads(phone.page.locator("walk-along").get_attribute("data-stops"))


def test_a_whole_walk_in_a_pocket_hears_every_stop_once_and_interrupts_none(phone: Take):
    mine = phone(permissions=["geolocation"], geolocation={"latitude": 52.0, "longitude": 5.0, "accuracy": 10})
    mine.page.add_init_script(WATCHED)
    stops = begin(mine)
    mine.tap("[data-do=in]")
    expect(mine.page.locator(".buurt-pocket")).to_be_visible()
    for stop in stops:
        stand(mine, stop["lat"] + 60 * METRE, stop["lon"])
        stand(mine, stop["lat"], stop["lon"], accuracy=90)
        stand(mine, stop["lat"], stop["lon"])
        at(mine.page, "here", stop["number"])
        stand(mine, stop["lat"] + 60 * METRE, stop["lon"])
        stand(mine, stop["lat"], stop["lon"])  # back, and nothing comes again
    came = mine.page.evaluate("window.came")
    assert [number for phase, number in came if phase == "here"] == [stop["number"] for stop in stops]
    assert mine.page.evaluate("window.interrupted") == []
    hold(mine.page, "there")
    at(mine.page, "end", len(stops) + 1)
    expect(mine.page.locator(".buurt-pocket")).to_be_hidden()
    expect(mine.page.locator("h1")).to_have_text("Je hebt hem gelopen")
    assert mine.page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('walk '))") == []


@pytest.mark.parametrize(("jitter", "seed"), [(15, 1), (25, 2), (40, 3), (65, 4)])
def test_with_the_errors_of_a_narrow_street_every_stop_is_heard_once_and_none_interrupted(
    phone: Take, jitter: int, seed: int
):
    """So many metres off, 25 of every 60 seconds without a fix, jumps across the street, strays at other stops."""
    mine = phone(permissions=["geolocation"])
    mine.page.add_init_script(walker.PHONE)
    stops = begin(mine)
    mine.tap("[data-do=in]")
    track = walker.Track([(stop["lat"], stop["lon"]) for stop in stops], jitter, seed)
    held = walker.walk(mine.page, track)
    mine.page.wait_for_function(walker.SILENT)
    came, numbers = mine.page.evaluate("window.came"), [stop["number"] for stop in stops]
    assert sorted(came) == numbers
    assert jitter > 25 or came == numbers
    assert mine.page.evaluate("window.interrupted") == []
    voices = [number for number in numbers if has_voice(mine, number)]
    spoke = mine.page.evaluate("window.ended.filter((one) => !one.includes('silence'))")
    assert len(voices) > 1
    assert len(spoke) == len(set(spoke)) == len(voices)
    assert held >= len(stops) if jitter == 65 else held <= 2, "a fix that says it is 65 metres off opens nothing"
    print(f"{jitter} metres, seed {seed}: {track.seconds / 60:.0f} minutes, button held {held} times")


def test_a_stop_that_one_comes_to_while_a_voice_speaks_waits_its_turn(phone: Take):
    mine = phone(permissions=["geolocation"], geolocation={"latitude": 52.0, "longitude": 5.0, "accuracy": 10})
    stops = begin(mine)
    page = mine.page
    heard = next(stop for stop in stops[:-1] if has_voice(mine, stop["number"]))
    mine.open(f"{WALK}/{heard['number']}")
    page.wait_for_function("() => customElements.get('walk-along')")
    mine.tap("#there")
    at(page, "here", heard["number"])
    page.wait_for_function("() => !document.querySelector('audio').paused")
    after = stops[stops.index(heard) + 1]
    stand(mine, after["lat"], after["lon"])
    expect(page.locator("[data-part=waiting]")).to_contain_text(f"Je bent bij halte {after['number']}")
    at(page, "here", heard["number"])
    page.evaluate("() => { const one = document.querySelector('audio'); one.currentTime = one.duration - 0.1 }")
    at(page, "here", after["number"])


def has_voice(phone: Phone, number: int) -> bool:
    return "<audio" in phone.context.request.get(f"{WALK}/{number}/here").text()


def test_without_a_position_the_button_walks_the_whole_walk_and_the_phone_knows_where_it_was(phone: Take):
    mine = phone()
    stops = begin(mine)
    page = mine.page
    mine.tap("[data-do=watch]")
    expect(page.locator("[data-part=state]")).to_contain_text("De knop en het bordje tellen net zo goed")
    for stop in stops:
        at(page, "way", stop["number"])
        mine.tap("#there")
        at(page, "here", stop["number"])
        expect(page.locator("main")).not_to_contain_text("Je wandeling telt mee")
        if stop["number"] == 2:
            mine.open(f"{HERE}/walks")
            expect(page.locator("walk-resume a")).to_contain_text("halte 2")
            page.locator("walk-resume a").tap()
            mine.tap("#there")
            at(page, "here", 2)
        mine.tap("#on")
    expect(page.locator("h1")).to_have_text("Je hebt hem gelopen")
    for _patience in range(100):  # what a phone sends for the sums, nobody waits for
        if mine.site.rows("SELECT 1 FROM tour_walked WHERE finishes > 0"):
            break
        page.wait_for_timeout(100)
    (finishes,) = mine.site.rows("SELECT sum(finishes) FROM tour_walked")[0]
    assert finishes >= 1


def test_the_sign_of_a_spot_leads_to_its_stop_while_a_walk_goes_on(phone: Take):
    mine = phone()
    begin(mine)
    mine.open(f"{WALK}/3")
    mine.tap("#there")
    at(mine.page, "here", 3)
    spot = mine.page.locator("article .buurt-sign").get_attribute("href")
    mine.open(spot)
    mine.page.locator("walk-resume a").tap()
    mine.page.wait_for_url(re.compile(r"/3/here$"))


def test_without_javascript_it_is_walked_by_links(phone: Take):
    mine = phone(scripts=False)
    mine.open(WALK)
    with mine.page.expect_navigation():
        mine.tap("#begin")
    stops = 0
    while mine.page.locator("#there").count():
        with mine.page.expect_navigation():
            mine.tap("#there")
        with mine.page.expect_navigation():
            mine.tap("#on")
        stops += 1
    assert stops == 7
    with mine.page.expect_navigation():
        mine.tap("#count")
    assert "Je wandeling telt mee" in mine.text()


def test_by_keyboard_one_goes_into_the_pocket_on_and_out(phone: Take):
    mine = phone()
    begin(mine)
    page = mine.page
    page.locator("[data-do=in]").press("Enter")
    page.locator("[data-held=there]").press("Enter")
    at(page, "here", 1)
    mine.page.locator("[data-held=there]").tap()  # a touch by chance
    at(page, "here", 1)
    page.locator("[data-held=out]").press("Enter")
    expect(page.locator(".buurt-pocket")).to_be_hidden()
    page.locator("#on").press("Enter")
    at(page, "way", 2)
    assert page.evaluate("document.activeElement.tagName") == "H1"

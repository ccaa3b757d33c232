"""A walk on the phone: kept with its hashes, walked without network, brought up to date at the next contact."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site

pytestmark = pytest.mark.browser
SEEN = "() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)"
MEGABYTES = 25
KEPT_NOW = """async () => {
  const names = (await caches.keys()).filter((one) => one.startsWith('walk-'))
  const kept = await Promise.all(names.map((one) => caches.open(one)))
  const answers = (await Promise.all(kept.map((one) => one.matchAll()))).flat()
  return (await Promise.all(answers.map((one) => one.text()))).join()
}"""
SPEAKS = """async (audio) => {
  audio.muted = true
  audio.playbackRate = 16
  await audio.play()
  await new Promise((done) => audio.addEventListener('ended', done))
  return audio.currentTime
}"""


def kept(phone: Callable[..., Phone], site: Site) -> tuple[Phone, str]:
    """A visitor who keeps a walk with a picture."""
    [(key, *_rest)] = site.rows(
        "SELECT tour.key FROM tour JOIN tour_stop ON tour_stop.tour_id = tour.id JOIN story_picture "
        "ON story_picture.story_id = tour_stop.story_id WHERE tour.state IN ('published', 'needs_attention') "
        "ORDER BY tour.id LIMIT 1"
    )
    visitor = phone()
    keep(visitor, f"{HERE}/walks/{key}")
    return visitor, f"{HERE}/walks/{key}"


def keep(visitor: Phone, walk: str) -> None:
    """Press the button that keeps it, until it is whole on the phone."""
    visitor.open(walk)
    button = visitor.page.locator("walk-pack [data-do=keep]")
    expect(button).to_contain_text("MB")
    button.click()
    expect(visitor.page.locator("walk-pack [data-part=state]")).to_have_text(
        "Deze wandeling staat op je telefoon. Hij werkt zonder internet.", timeout=30_000
    )
    visitor.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def state(visitor: Phone):
    return visitor.page.locator("walk-kept [data-part=state]")


def without_network(visitor: Phone) -> None:
    """What the browser says of that is as it should be."""
    visitor.trouble[:] = [said for said in visitor.trouble if "net::ERR" not in said]


def test_a_kept_walk_is_whole_without_network_and_its_size_is_said(phone, site_served: Site):
    visitor, walk = kept(phone, site_served)
    said = visitor.page.evaluate(f"() => fetch('{walk}/pack.json').then((answer) => answer.json())")
    assert 0 < said["bytes"] < MEGABYTES * 1_000_000
    visitor.context.set_offline(True)
    visitor.page.goto(walk)
    expect(state(visitor)).to_have_text("Hij staat helemaal op deze telefoon.")
    stops = visitor.page.locator("section[id^=stop-]")
    assert stops.count() >= 2
    for at in range(stops.count()):
        stops.nth(at).scroll_into_view_if_needed()
    visitor.page.wait_for_function(SEEN)
    assert visitor.page.locator("section figure img").count() >= 1
    voices = visitor.page.locator("audio").all()
    assert voices
    assert all(voice.evaluate(SPEAKS) > 1 for voice in voices), "each is heard to its end, from the phone"
    expect(visitor.page.locator("walk-line[data-ready] .m-fill.m-street")).to_have_count(1)
    expect(visitor.page.locator("walk-line .m-stop").first).to_be_visible()
    expect(visitor.page.locator(".buurt-mapdrawing")).to_be_hidden()
    without_network(visitor)


def test_what_was_withdrawn_leaves_the_phone_at_the_next_contact(phone, site_served: Site):
    visitor, walk = kept(phone, site_served)
    visitor.context.set_offline(True)
    visitor.page.goto(walk)
    expect(state(visitor)).to_be_visible()
    [(story, contribution)] = site_served.rows(
        "SELECT story.key, story.contribution_id FROM story JOIN story_picture ON story_picture.story_id = story.id "
        "JOIN tour_stop ON tour_stop.story_id = story.id JOIN tour ON tour.id = tour_stop.tour_id "
        "WHERE tour.key = ? LIMIT 1", walk.rpartition("/")[2],
    )  # fmt: skip
    within = "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"  # noqa: E501
    without_network(visitor)
    assert any(story in url for url in visitor.page.evaluate(within))
    ended = "UPDATE consent SET ended_at = {} WHERE kind = 'story' AND thing = ? AND \"use\" = 'tours'"
    site_served.change(ended.format("datetime('now')"), contribution)
    try:
        visitor.context.set_offline(False)
        visitor.page.goto(f"{walk}/kept")
        expect(state(visitor)).to_have_text("Er was iets nieuws. Je hebt het nu.")
        assert not any(story in url for url in visitor.page.evaluate(within))
    finally:
        site_served.change(ended.format("NULL"), contribution)


def test_a_walk_that_changes_while_it_is_fetched_is_asked_for_once_more(phone, site_served: Site):
    visitor, walk = kept(phone, site_served)
    asked: list[str] = []

    def as_it_was(route: Route) -> None:
        answer = route.fetch()
        said = answer.json()
        if not asked:
            said["version"] = said["files"][0]["sha256"] = "0" * 64
        asked.append(said["version"])
        route.fulfill(response=answer, json=said)

    visitor.context.route("**/pack.json", as_it_was)
    visitor.page.goto(f"{walk}/kept")
    expect(state(visitor)).to_have_text("Er was iets nieuws. Je hebt het nu.")
    assert len(asked) == 2


def test_what_the_browser_threw_away_is_said(phone, site_served: Site):
    visitor, walk = kept(phone, site_served)
    visitor.page.evaluate(
        "async () => { const [name] = (await caches.keys()).filter((one) => one.startsWith('walk-'));"
        " const cache = await caches.open(name);"
        " for (const one of await cache.keys()) if (one.url.endsWith('.webp')) await cache.delete(one) }"
    )
    visitor.context.set_offline(True)
    visitor.page.goto(walk)
    expect(state(visitor)).to_contain_text("Je browser maakte ruimte.")
    without_network(visitor)
    visitor.context.set_offline(False)
    visitor.page.goto(f"{walk}/kept")
    expect(state(visitor)).to_have_text("Er was iets nieuws. Je hebt het nu.")
    visitor.page.goto(walk)
    visitor.tap("walk-pack [data-do=away]")
    expect(visitor.page.locator("walk-pack [data-part=state]")).to_have_text("Hij is van je telefoon af.")
    assert not [name for name in visitor.page.evaluate("() => caches.keys()") if name.startswith("walk-")]

"""Without network: photos and answers wait on the phone, survive a killed browser, and arrive once (R5)."""

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect

from core import clock
from tests import chromium
from tests.browser.phones import ARGUMENTS, BENCH, HEIGHT, HERE, PATIENCE, WIDTH, Phone
from tests.browser.serving import READY, ROOT, Site, free_port, started
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser
Take = Callable[..., Phone]
CHALLENGES = (BENCH, "same-colour", "meet-a-dog")
DOT = ROOT / "tests" / "browser" / "dot.png"
ITEMS = """() => new Promise((done) => {
  const asked = indexedDB.open('buurtspoor')
  asked.onsuccess = () => {
    const read = asked.result.transaction('items').objectStore('items').getAll()
    read.onsuccess = () => {
      asked.result.close()
      done(read.result.map(({ blob, ...item }) => ({ ...item, size: blob?.size ?? 0 })))
    }
  }
})"""
TURN_LEFT = """() => new Promise((done) => {
  const asked = indexedDB.open('buurtspoor')
  asked.onsuccess = () => {
    const read = asked.result.transaction('facts').objectStore('facts').get('turn')
    read.onsuccess = () => {
      asked.result.close()
      done(read.result.value.until - Date.now())
    }
  }
})"""
CACHED = """async () => {
  const found = []
  for (const name of await caches.keys()) found.push(...(await (await caches.open(name)).keys()).map(({ url }) => url))
  return found.map((url) => new URL(url).pathname)
}"""
ANOTHER_TAB_IS_FIRST = """async () => {
  const { flush } = await import('/static/js/outbox.js?another-tab')
  const asked = navigator.locks.request.bind(navigator.locks)
  navigator.locks.request = async (name, how, work) => {
    if (!how.ifAvailable) await flush(true)
    return asked(name, how, work)
  }
}"""


class Pocket(Phone):
    """A phone whose browser keeps its things in a folder: it can be killed and started again."""

    def __init__(
        self, playwright: Playwright, site: Site, folder: Path, days: int = 0, more: tuple[str, ...] = ()
    ) -> None:
        self.site, self.folder, self.trouble, self.expected, self.taps = site, folder, [], [], 0
        self.context: BrowserContext = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.path(), args=[*ARGUMENTS, *more], base_url=site.url, locale="nl-NL",
            viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True,
            timezone_id="Europe/Amsterdam", accept_downloads=True,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.context.on("weberror", lambda error: self.trouble.append(f"page error: {error.error}"))
        if days:
            self.context.clock.set_system_time(time.time() + days * 24 * 3600)
        self.page: Page = self.context.pages[0]

    def kill(self) -> None:
        """End every process of this browser with -9."""
        for process in Path("/proc").iterdir():
            if process.name.isdecimal() and f"--user-data-dir={self.folder}" in _command(process):
                os.kill(int(process.name), signal.SIGKILL)
        with contextlib.suppress(Exception):  # gone already
            self.context.close()

    def items(self) -> list[dict[str, Any]]:
        """What waits on this phone."""
        return self.page.evaluate(ITEMS)


def _command(process: Path) -> str:
    with contextlib.suppress(Exception):  # gone already
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace") + " "
    return ""


@pytest.fixture
def pocket(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[..., Pocket]]:
    """pocket(site): the same phone each time, switched on again."""
    used: list[Pocket] = []

    def take(site: Site, **more: Any) -> Pocket:
        used.append(Pocket(playwright, site, tmp_path / "phone", **more))
        return used[-1]

    yield take
    for each in used:
        with contextlib.suppress(Exception):  # gone already
            each.context.close()
    assert [said for each in used for said in each.trouble] == []


def at_hand(phone: Phone) -> None:
    """Wait until the phone has the page for when there is no network."""
    phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => 0)")
    until = time.monotonic() + 20
    while not any(path.endswith("/offline") for path in phone.page.evaluate(CACHED)):
        assert time.monotonic() < until, "the page was not kept"
        time.sleep(0.1)


def letters_of(phone: Phone) -> str:
    phone.open(f"{HERE}/me")
    return phone.letters()


def keep(phone: Phone, photo: Path, challenge: str, tag: str) -> None:
    """A photo together on the page that the phone kept."""
    phone.page.locator("#challenge").select_option(challenge)
    phone.page.locator("#tag").fill(tag)
    phone.page.locator("input[type=file][name=gallery]").set_input_files(photo)
    phone.see_chosen()
    phone.tap("[data-part=send]")
    expect(phone.page.locator("[data-part=safe]")).to_be_visible()
    expect(phone.page.locator("[data-part=preview] img")).to_have_count(0)


def until(page: Page, is_so: Callable[[list[dict[str, Any]]], bool]) -> None:
    """Wait until what waits on this phone is so."""
    patience = time.monotonic() + 2 * PATIENCE / 1000
    while not is_so(items := page.evaluate(ITEMS)):
        assert time.monotonic() < patience, items
        page.wait_for_timeout(100)


def until_arrived(page: Page) -> None:
    until(page, lambda items: all(item["state"] == "arrived" for item in items))


def nothing_waits(page: Page) -> None:
    expect(page.locator("waiting-items")).to_be_hidden()
    until(page, lambda items: not items)


def standing(site: Site, starter: str) -> list[tuple[str, int]]:
    """The meetings that somebody started: state, and how many photos lie with each."""
    return site.rows(
        "SELECT e.state, (SELECT count(*) FROM encounter_photo p WHERE p.encounter_id = e.id) FROM encounter e"
        " JOIN player_key k ON k.key = e.starter JOIN person p ON p.id = k.person_id"
        " WHERE p.tag = ? AND e.state != 'removed' ORDER BY e.id",
        starter,
    )


def answered(site: Site, companion: str) -> list[str]:
    """How the meetings stand to which somebody was asked."""
    rows = site.rows(
        "SELECT e.state FROM encounter e JOIN player_key k ON k.key = e.companion JOIN person p ON p.id = k.person_id"
        " WHERE p.tag = ? ORDER BY e.id",
        companion,
    )
    return [state for (state,) in rows]


@pytest.mark.parametrize("days", [0, 9, 15])
def test_three_photos_and_two_answers_survive_a_killed_browser_and_arrive_once_from_two_tabs(
    phone: Take, pocket: Callable[..., Pocket], site_served: Site, photo: Path, days: int
):
    with Wire(site_served) as wire:
        mine = pocket(wire.site)
        mine.join()
        mine.context.close()  # a browser writes its cookies down within half a minute, or when it is closed
        mine = pocket(wire.site)
        tag = letters_of(mine)
        at_hand(mine)
        questions, theirs = [], []
        for challenge in CHALLENGES[:2]:
            other = phone()
            other.join()
            theirs.append(letters_of(other))
            other.hand_in(DOT, challenge=challenge)
            other.name_by_letters(tag)
            questions.append(mine.context.new_page())
            questions[-1].goto(other.path)
            expect(questions[-1].locator("queued-answer")).to_be_attached()

        wire.cut()
        for question in questions:
            question.locator("form#yes button").first.tap()
            expect(question.locator("queued-answer [data-part=kept]")).to_be_visible()
        mine.open(f"{HERE}/together/{BENCH}")  # not there: the kept page comes in its place
        expect(mine.page.locator("[data-asks]:visible")).to_have_attribute("data-asks", BENCH)
        for number, challenge in enumerate(CHALLENGES):
            keep(mine, photo if number else DOT, challenge, theirs[1 - number % 2])
        expect(mine.page.locator("[data-key]")).to_have_count(5)
        before = sorted(item["key"] for item in mine.items())
        mine.kill()

        grow_older(site_served, days)
        mine = pocket(wire.site, days=days)
        mine.open(f"{HERE}/")
        expect(mine.page.locator("[data-key]")).to_have_count(5)
        assert sorted(item["key"] for item in mine.items()) == before
        assert standing(site_served, tag) == []
        second = mine.context.new_page()
        second.goto(f"{HERE}/challenges")

        wire.mend()
        for page in (mine.page, second):  # both at once
            page.evaluate("path => { setTimeout(() => { location.href = path }, 300) }", f"{HERE}/challenges")
        for page in (mine.page, second):
            page.wait_for_timeout(400)
            page.wait_for_load_state()
        if days == 0:
            nothing_waits(mine.page)
            assert standing(site_served, tag) == [("proposed", 1)] * 3
            assert answered(site_served, tag) == ["confirmed"] * 2
        elif days == 9:
            expect(mine.page.locator("waiting-items")).to_contain_text("2 niet verstuurd", timeout=2 * PATIENCE)
            assert standing(site_served, tag) == [("proposed", 1)] * 3
            assert [item["sort"] for item in mine.items()] == ["yes", "yes"]
            assert {item["status"] for item in mine.items()} == {410}
            assert set(late(site_served, tag)) == {9}
        else:
            until(mine.page, lambda items: all(item["state"] == "refused" for item in items))
            expect(mine.page.locator("waiting-items")).to_contain_text("5 niet verstuurd", timeout=2 * PATIENCE)
            assert standing(site_served, tag) == []
            assert all(item["state"] == "refused" and item["sentence"] for item in mine.items())
            photos_can_be_saved_and_thrown_away(mine)


def grow_older(site: Site, days: int) -> None:
    """What the server has is as many days old as the phone's clock says."""
    site.change("UPDATE encounter SET answer_by = datetime(answer_by, ?) WHERE state = 'proposed'", f"-{days} days")


def late(site: Site, starter: str) -> list[int]:
    """By how many days each hand-in came late, as days are in Amsterdam."""
    rows = site.rows(
        "SELECT e.made_at, e.taken_on FROM encounter e JOIN player_key k ON k.key = e.starter"
        " JOIN person p ON p.id = k.person_id WHERE p.tag = ?",
        starter,
    )
    made = [(datetime.fromisoformat(made_at).replace(tzinfo=UTC), taken_on) for made_at, taken_on in rows]
    return [(clock.day_of(made_at) - date.fromisoformat(taken_on)).days for made_at, taken_on in made]


def photos_can_be_saved_and_thrown_away(phone: Pocket) -> None:
    phone.open(f"{HERE}/offline")
    row = phone.page.locator("[data-key]:has(img)").first
    expect(row.locator("[data-part=state]")).to_contain_text("14 dagen")
    size = next(item["size"] for item in phone.items() if item["key"] == row.get_attribute("data-key"))
    with phone.page.expect_download() as saved:
        row.locator("[data-part=save]").click()
    assert Path(saved.value.path()).stat().st_size == size
    row.locator("[data-do=discard]").click()
    assert len(phone.items()) == 5  # once is not enough
    row.locator("[data-do=discard]").click()
    expect(phone.page.locator("[data-key]")).to_have_count(4)
    assert len(phone.items()) == 4


def test_a_server_that_is_killed_while_the_queue_goes_gets_each_photo_once(
    playwright: Playwright, pocket: Callable[..., Pocket], tmp_path: Path, large_photo: Path
):
    folder = tmp_path / "site"
    folder.mkdir()
    port = free_port()
    ours = Site(f"http://127.0.0.1:{port}", folder / "site.db", folder)
    with Wire(ours) as wire:
        mine, tag = None, ""
        for moment in (0.1, 0.5, 1.0, None):
            with started("core.serving.serve", ROOT, folder, "127.0.0.1", port, READY) as server:
                if mine is None:
                    mine = pocket(wire.site)
                    mine.join()
                    tag = letters_of(mine)
                    at_hand(mine)
                    wire.cut()
                    mine.open(f"{HERE}/together/{BENCH}")
                    for challenge in CHALLENGES:
                        keep(mine, large_photo, challenge, "")
                wire.mend()
                mine.page.evaluate("() => { dispatchEvent(new Event('online')) }")
                if moment:
                    time.sleep(moment)
                    kill_family(server.pid)
                    wire.cut()
                    continue
                until_arrived(mine.page)
                assert standing(ours, tag) == [("draft", 1)] * 3


def kill_family(pid: int) -> None:
    """A process and all that it started, with -9."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    family = [int(child) for child in children.read_text().split()] if children.exists() else []
    os.kill(pid, signal.SIGKILL)
    for child in family:
        with contextlib.suppress(Exception):  # gone already
            kill_family(child)


def test_somebody_else_on_the_same_phone_sends_nothing_of_mine_and_sees_nothing_of_it(
    phone: Take, site_served: Site, photo: Path
):
    with Wire(site_served) as wire:
        first = phone(site=wire.site)
        first.expected += ["net::ERR_", "Failed to load"]
        first.join()
        tag = letters_of(first)
        at_hand(first)
        cookies = first.context.cookies()
        wire.cut()
        first.open(f"{HERE}/together/{BENCH}")
        keep(first, photo, BENCH, "")
        wire.mend()
        first.context.clear_cookies()
        first.open(f"{HERE}/challenges")
        expect(first.page.locator("waiting-items")).to_contain_text("wacht 1")
        first.open(f"{HERE}/offline")
        expect(first.page.locator("[data-part=heading]")).to_contain_text("wacht 1 tot je weer meedoet")
        expect(first.page.locator("[data-part=back]")).to_be_visible()
        first.join()
        first.open(f"{HERE}/challenges")
        first.page.wait_for_timeout(1500)
        expect(first.page.locator("waiting-items")).to_be_hidden()
        first.open(f"{HERE}/offline")
        expect(first.page.locator("[data-part=heading]")).to_contain_text("wacht niets")
        assert first.kept() == 1
        assert standing(site_served, tag) == []
        first.context.clear_cookies()
        first.context.add_cookies(cookies)
        first.open(f"{HERE}/challenges")
        until_arrived(first.page)
        assert standing(site_served, tag) == [("draft", 1)]


def test_the_strip_counts_what_waits_and_goes_by_itself_when_the_network_is_back(
    phone: Take, site_served: Site, photo: Path
):
    first, other = phone(), phone()
    first.expected += ["net::ERR_", "Failed to load"]
    for each in (first, other):
        each.join()
    tag = letters_of(other)
    first.open(f"{HERE}/challenges")
    at_hand(first)
    first.choose_photo(photo)
    first.page.locator("summary:has-text('6 letters'), details.buurt-more summary").first.click()
    first.page.locator("#tag").fill(tag)
    first.see_chosen()
    first.context.set_offline(True)
    first.tap("[data-part=send]")
    expect(first.page.locator("[data-part=fault]")).to_contain_text("Geen internet")
    expect(first.page.locator("waiting-items")).to_contain_text("1 foto wacht")
    first.context.set_offline(False)
    first.page.wait_for_url(re.compile(r"/e/\w{26}(#said)?$"))
    nothing_waits(first.page)


def test_a_yes_that_went_with_all_that_waits_leads_to_the_points_as_one_that_was_pressed(
    phone: Take, site_served: Site, photo: Path
):
    first, other = phone(), phone()
    first.join()
    letters = first.hand_in(photo)
    other.join()
    other.type_letters(letters)
    other.page.evaluate(ANOTHER_TAB_IS_FIRST)
    other.say_yes()
    expect(first.page.locator(".buurt-total")).to_be_visible()


def test_the_phone_lets_go_of_nothing_when_the_server_names_another_hash(phone: Take, site_served: Site, photo: Path):
    first = phone()
    first.join()

    def spoil(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        answer = route.fetch()
        return route.fulfill(response=answer, body=json.dumps({**answer.json(), "sha256": "0" * 64}))

    first.page.route(f"**/together/{BENCH}", spoil)
    first.choose_photo(photo)
    first.see_chosen()
    first.tap("[data-part=send]")
    expect(first.page.locator("[data-part=fault]")).to_be_visible()
    assert first.kept() == 1
    first.page.unroute(f"**/together/{BENCH}")
    first.send()


def test_on_plain_http_in_the_house_there_is_no_worker_and_the_queue_works(
    playwright: Playwright, pocket: Callable[..., Pocket], site_served: Site, photo: Path
):
    with Wire(site_served) as wire:
        port = wire.site.url.rpartition(":")[2]
        lan = replace(wire.site, url=f"http://house.test:{port}")
        mine = pocket(lan, more=("--host-resolver-rules=MAP house.test 127.0.0.1",))
        mine.join()
        assert mine.page.evaluate("() => [isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator]") == [
            False, False, False,
        ]  # fmt: skip
        tag = letters_of(mine)
        mine.choose_photo(photo)
        mine.see_chosen()
        wire.cut()
        mine.tap("[data-part=send]")
        expect(mine.page.locator("waiting-items")).to_contain_text("1 foto wacht")
        second = mine.context.new_page()
        wire.mend()
        second.goto(f"{HERE}/challenges")
        mine.page.reload()
        until_arrived(second)
        assert standing(site_served, tag) == [("draft", 1)]


def test_on_plain_http_a_page_that_goes_away_while_it_sends_keeps_the_others_waiting_for_a_moment_only(
    playwright: Playwright, pocket: Callable[..., Pocket], site_served: Site, photo: Path
):
    with Wire(site_served) as wire:
        port = wire.site.url.rpartition(":")[2]
        lan = replace(wire.site, url=f"http://house.test:{port}")
        mine = pocket(lan, more=("--host-resolver-rules=MAP house.test 127.0.0.1",))
        mine.join()
        tag = letters_of(mine)
        mine.choose_photo(photo)
        mine.see_chosen()
        wire.bytes_a_second = 1000
        mine.tap("[data-part=send]")
        mine.page.wait_for_timeout(14_000)  # longer than a turn
        assert mine.page.evaluate(TURN_LEFT) > 0, "who sends keeps the turn"
        mine.page.goto(f"{HERE}/challenges", wait_until="commit")
        wire.mend()
        until_arrived(mine.page)
        assert standing(site_served, tag) == [("draft", 1)]


def test_only_the_shell_and_a_page_of_nobody_are_kept_and_a_reader_has_no_worker(phone: Take, photo: Path):
    visitor = phone()
    visitor.open(f"{HERE}/")
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert visitor.page.evaluate("async () => (await indexedDB.databases()).length") == 0
    first = phone()
    first.join()
    at_hand(first)
    first.hand_in(photo)
    for path in (f"{HERE}/me", f"{HERE}/album", f"{HERE}/waiting", f"{HERE}/"):
        first.open(path)
    kept = first.page.evaluate(CACHED)
    assert {path for path in kept if not path.startswith("/static/")} == {f"{HERE}/offline"}


def test_the_neighbourhood_can_be_put_on_the_home_screen(pocket: Callable[..., Pocket], site_served: Site):
    mine = pocket(site_served)
    mine.join()
    at_hand(mine)
    tools = mine.context.new_cdp_session(mine.page)
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    said = json.loads(manifest["data"])
    assert (said["name"], said["start_url"], said["display"]) == ("De Kanterhoek", f"{HERE}/", "standalone")


def test_who_leaves_reads_what_would_be_lost_and_then_nothing_is_left_on_the_phone(phone: Take, photo: Path):
    mine = phone(lang="en")
    mine.join()
    at_hand(mine)
    mine.open(f"{HERE}/me/leave")
    expect(mine.page.locator("unsent-items")).to_be_hidden()

    mine.open(f"{HERE}/together/{BENCH}")
    mine.page.locator("input[type=file][name=gallery]").set_input_files(photo)
    mine.see_chosen()
    for page in ("me/erase", "me/leave"):
        mine.open(f"{HERE}/{page}")
        expect(mine.page.locator("unsent-items")).to_contain_text("was not sent yet. It will be lost.")
    with mine.page.expect_navigation():
        mine.tap("form[action$='/me/leave'] button")
    assert mine.page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)") == []
    assert not any(path.endswith("/offline") for path in mine.page.evaluate(CACHED))

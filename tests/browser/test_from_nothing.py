"""From an empty database to two strangers who met at a printed sign, by the pages alone; what it took is counted."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from core.config import A_MAP
from tests.browser import founding
from tests.browser.founding import HERE
from tests.browser.phones import WIDTH, Phone
from tests.browser.serving import ROOT, Site, serving
from tests.browser.test_everyone import NARROW, sideways, violations

pytestmark = pytest.mark.browser

GOAL = 30 * 60  # seconds, reckoned for people who read each line once
DOT = ROOT / "tests" / "browser" / "dot.png"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`make run` without the demo: no neighbourhood at all."""
    with serving(tmp_path_factory.mktemp("empty"), BUURT_DEMO="0") as served:
        yield served


def test_from_nothing_to_the_first_meeting_at_a_printed_sign(empty: Site, browser: Browser):
    began = time.monotonic()
    ended = founding.walk_through(browser, empty, DOT, width=WIDTH)
    first, second = ended.strangers
    assert first.price() == second.price() == 10
    assert paths(empty, ended.codes["street"]) == ["/q/", "/q/", "/q/", f"{HERE}/", f"{HERE}/join"]
    assert paths(empty, ended.codes["cards"]) == [f"{HERE}/with/", f"{HERE}/with/", f"{HERE}/back", f"{HERE}/back"]
    assert len(set(ended.codes["street"])) == 5
    assert [role for (role,) in empty.rows("SELECT role FROM role ORDER BY id")] == ["coordinator", "host", "editor"]
    expect(ended.editor.page.locator("button[name=verdict]")).to_have_count(0)
    assert shown_to_all(ended.walk.somebody("a visitor"))
    ended.coordinator.open(f"{HERE}/staff/checklist")
    said = [line.inner_text().split("\n")[-1] for line in ended.coordinator.page.locator("main li").all()]
    assert said == ["3 van 3", "8 van 8", "1 van 1", "1 van 10", "1 van 2", "2 van 2", "3 van 3", "0 van 1"]
    expect(ended.coordinator.page.locator("main")).to_contain_text(A_MAP["BUURT_TILES"])
    reads_that_there_is_no_map(Phone(browser, empty, width=NARROW, bypass_csp=True))
    assert ended.walk.took().seconds < GOAL
    ended.walk.close()
    print(f"{time.monotonic() - began:.0f} s of machine for all")


def test_a_line_that_was_read_once_is_not_read_again(empty: Site, browser: Browser):
    walk = founding.Walk(browser, empty)
    reader = walk.somebody("a reader")
    reader.step("reads the front page twice")
    reader.go("/")
    once = reader.now.words
    reader.go("/")
    assert once > 5
    assert reader.now.words == once
    assert (reader.now.taps, reader.now.pages) == (2, 2)
    assert reader.now.seconds == pytest.approx(60 * once / 130 + 6 + reader.now.machine)
    walk.close()


def reads_that_there_is_no_map(visitor: Phone) -> None:
    """A visitor finds the places in the list, also the nearest first."""
    visitor.open(f"{HERE}/map")
    expect(visitor.page.locator("main .buurt-notice").first).to_contain_text("Er is nog geen kaart")
    expect(visitor.page.locator("near-me .buurt-list__item")).to_have_count(3)
    expect(visitor.page.locator("[data-part=where]")).to_be_visible()
    assert sideways(visitor.page) == []
    assert violations(visitor.page) == []
    visitor.close()


def paths(site: Site, codes: list[str]) -> list[str]:
    """Where codes lead on this site, without what is a code's own: each had a good answer."""
    assert all(code.startswith(site.url) for code in codes)
    return [shorn(code.removeprefix(site.url)) for code in codes]


def shorn(path: str) -> str:
    for lasting in ("/q/", f"{HERE}/with/"):
        if path.startswith(lasting):
            return lasting
    return path.partition("#")[0]


def shown_to_all(visitor: Phone) -> bool:
    """Whether a passer-by sees a photo on the board."""
    visitor.open(f"{HERE}/photos")
    return visitor.page.locator("main img[src*='/photos/']").count() == 1

"""From an empty database to the first scored meeting of two strangers, by the pages alone: taps and seconds counted."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import Phone
from tests.browser.serving import Site, command, serving

pytestmark = pytest.mark.browser

SQUARE = [[5.10, 52.09], [5.11, 52.09], [5.11, 52.10], [5.10, 52.10], [5.10, 52.09]]
HERE = "/w/lombok"


class Sitting:
    """Somebody at a screen: what they tap and what they fill in is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.fields = 0
        self.steps: list[str] = []

    def step(self, words: str) -> None:
        self.steps.append(words)

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.fields += 1
            self.page.locator(f"[name={name}]").fill(value)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`make run` without the demo: no neighbourhood at all."""
    with serving(tmp_path_factory.mktemp("empty"), BUURT_DEMO="0") as served:
        yield served


def outline(folder: Path, *names: str) -> str:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
        for name in names
    ]
    file = folder / f"{names[0]}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(file)


def found(site: Site) -> str:
    """The command of whoever runs the machine; the link for the first coordinator."""
    files = ["--border", outline(site.folder, "Lombok"), "--zones", outline(site.folder, "Noord", "Zuid")]
    house = ["--house", "Huis van de wijk; Kanaalstraat; 52.095; 5.105"]
    return command(site, "neighbourhood", "new", "lombok", "Lombok", *files, *house).split()[-1]


def test_from_nothing_to_the_first_scored_meeting(empty: Site, browser: Browser, capsys: pytest.CaptureFixture[str]):
    began = time.monotonic()
    laptop = Phone(browser, empty, width=1280)
    sitting = Sitting(laptop.page)
    laptop.page.goto(found(empty))
    sitting.step("accept the invitation: a name in the game is offered, a name and a password to sign in")
    sitting.fill(login="coordinator", password="negen natte schoenen")
    sitting.tap("button[form=invited]")
    sitting.step("the second lock: scan, type six figures, keep ten codes on paper")
    sitting.tap(".buurt-more summary")
    secret = laptop.page.locator(".buurt-more bdi").inner_text()
    sitting.fill(code=pyotp.TOTP(secret).now())
    sitting.tap("button[form=code-form]")
    sitting.tap(".buurt-actions a")

    sitting.step("still to do: two places besides the house")
    sitting.tap("a[href$='/staff/checklist']")
    for name, lat in (("Bankje bij het water", "52.0941"), ("Oude pomp", "52.0962")):
        sitting.tap("a[href$='/staff/spots/new']")
        sitting.fill(name=name, street="Kade", lat=lat, lon="5.1049")
        sitting.tap("button[form=spot]")
    sitting.step("the everyday challenges")
    sitting.tap(".buurt-top a")
    sitting.tap("a[href$='/staff/pack']")
    sitting.tap(".buurt-actions button")
    sitting.step("a season from today")
    laptop.open(f"{HERE}/staff/season")
    today = laptop.page.evaluate("() => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format()")
    sitting.fill(**{"theme-nl": "Deuren open", "starts_on": today})
    sitting.tap("button[form=season]")
    expect(laptop.page.locator("main li", has_text="1 van 1")).to_have_count(1)

    amina, bram = Phone(browser, empty), Phone(browser, empty)
    amina.open(f"{HERE}/")
    amina.tap("a[href*='/challenges/']")
    amina.page.wait_for_url("**/challenges/*")
    challenge = amina.path.rpartition("/")[2]
    amina.open(f"{HERE}/join")
    amina.join_here()
    amina.open(f"{HERE}/together/{challenge}")
    amina.tap("[data-part=without]")
    letters = amina.letters()
    bram.open(f"/e/{letters}")
    bram.join_here()
    bram.say_yes("without")
    assert amina.price() == bram.price() == 10
    with capsys.disabled():
        print(f"\n{len(sitting.steps)} steps, {sitting.taps} taps, {sitting.fields} fields for the coordinator; "
              f"{time.monotonic() - began:.0f} s of machine time with the first meeting:")  # fmt: skip
        print(*(f"  {number}. {step}" for number, step in enumerate(sitting.steps, 1)), sep="\n")
    for each in (laptop, amina, bram):
        each.close()

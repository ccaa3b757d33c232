"""`make screenshots`: the pictures of the README and of docs/trials.md, drawn from real runs at 360 × 800 in Dutch.

Those of docs/trials.md that end in -before are of an earlier state of the code, and stay as they are.
"""

import io
import re
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from core.demo import kieken
from tests.browser import founding, hosts, sayers, signers, teachers
from tests.browser.phones import BENCH, HERE, WIDTH, Phone, launch
from tests.browser.serving import ROOT, Site, serving

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
SCENE = 12  # two neighbours before their houses
SHOWN_AS = "https://buurt.example"
TRIAL = {
    "staff/checklist": "trial-list-after",
    "staff/season": "trial-season-after",
    "print/": "trial-print-after",
    "/q/": "trial-sign-after",
    "desk/": "trial-desk-after",
}  # by a piece of the address, as an expression; the first page of each

HOUSE = {
    "host/for/": "trial-person-after",
    "staff/lessons/van": "trial-offers-after",
    "staff/classes/": "trial-board-after",
}  # of a host and of a teacher, in the same way
SIGNED = {"uses": "trial-uses-after", "who cares for a child": "trial-guard-after"}  # of signers.py

SAID: dict[str, dict[str, str]] = {
    "a resident who does not trust it": {"/happening": "trial-became-after"},
    "a worker of a housing corporation": {},
    "a coordinator before the council": {"/staff/$": "trial-team-after", "/report": "trial-report-after"},
}  # of sayers.py, in the same way
SEEDS = {  # a page, and how the key in its address is found
    "learned": ("dialogues/learned", ""),
    "choice": ("choices/", "SELECT key FROM choice WHERE id NOT IN (SELECT choice_id FROM choice_outcome)"),
    "moving-in": ("happening/moving-in", ""),
    "initiative": ("initiatives/", "SELECT key FROM initiative WHERE next_on IS NOT NULL ORDER BY next_on LIMIT 1"),
    "happening": ("happening", ""),
    "hour": ("dialogues/", "SELECT key FROM dialogue_hour WHERE state = 'open' LIMIT 1"),
    "gathering": ("gatherings/", "SELECT key FROM gathering ORDER BY begins_at DESC LIMIT 1"),
    "look": ("challenges/look-greetings", ""),
    "promises": ("promises", ""),
    "walks": ("walks", ""),
    "partners": ("partners", ""),
}

DRAWN = """() => document.fonts.ready.then(() => Promise.all(Array.from(document.images)
  .filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
  .map((image) => image.decode())))"""


def main() -> None:
    """Draw every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        photo = folder / "kiek.jpg"
        photo.write_bytes(kieken.draw(SCENE))
        with serving(folder, BUURT_PUBLIC_URL=SHOWN_AS) as site, sync_playwright() as playwright:
            browser = launch(playwright)
            walk(Phone(browser, site), Phone(browser, site), photo)
            stops(Phone(browser, site), Phone(browser, site), photo)
            for name, phone in signers.screens(browser, site):
                if name in SIGNED:
                    keep(phone.page, SIGNED[name])
            house = dict(HOUSE)
            for sits in (hosts.evening, teachers.first_lesson):
                sits(browser, site, look=lambda _who, page: trial(page, house))
            for who, walked in sayers.ROLES.items():
                shown = dict(SAID[who])
                walked(browser, site, look=lambda _who, page, shown=shown: trial(page, shown))
            seeds(Phone(browser, site), site)
            young = Phone(browser, site)
            young.join("young")
            young.open(f"{HERE}/points/mine")
            draw(young, "trial-mine-after")
            empty = folder / "empty"
            empty.mkdir()
            with serving(empty, BUURT_DEMO="0") as nothing:
                wanted = dict(TRIAL)
                founding.walk_through(browser, nothing, photo, width=WIDTH, look=lambda _who, page: trial(page, wanted))
            browser.close()


def seeds(reader: Phone, site: Site) -> None:
    """The pages of docs/seeds.md, as a visitor of the demo meets them."""
    for name, (path, asked) in SEEDS.items():
        key = site.rows(asked)[0][0] if asked else ""
        reader.open(f"{HERE}/{path}{key}")
        draw(reader, f"seed-{name}")


def walk(first: Phone, other: Phone, photo: Path) -> None:
    """The minute, with a picture of each page of it."""
    first.open(f"{HERE}/")
    draw(first, "home")
    first.open(f"{HERE}/challenges/{BENCH}")
    draw(first, "challenge")
    join_as(first, f"{HERE}/join", "Gouden Tram")
    for path, name in (("together", "choose"), (f"together/{BENCH}", "photo")):
        first.open(f"{HERE}/{path}")
        draw(first, f"trial-{name}-after")
    first.choose_photo(photo)
    first.see_chosen()
    draw(first, "photo")
    first.send()
    draw(first, "code")
    join_as(other, f"/e/{first.letters()}", "Zachte Regen")
    expect(other.page.locator("form#yes")).to_be_attached()
    draw(other, "question")
    other.say_yes()
    draw(other, "points")


def stops(child: Phone, lender: Phone, photo: Path) -> None:
    """Where somebody would stop: too young for strangers, a letter too few, without a phone."""
    child.join("young")
    child.open(f"{HERE}/together")
    draw(child, "trial-child-after")
    child.open("/e/")
    child.page.locator("input[name=code]").fill("KQ7RT")
    with child.page.expect_navigation():
        child.tap("form:has(input[name=code]) button")
    draw(child, "trial-typing-after")
    join_as(lender, f"{HERE}/join", "Oude Kraan")
    lender.hand_in(photo)
    lender.tap("a[href$='/here']")
    lender.page.locator("input[name=name]").fill("Stille Brug")
    lender.join_here()
    lender.say_yes()
    draw(lender, "trial-lent-after")


def join_as(phone: Phone, path: str, name: str) -> None:
    """Join under a name that fits in a picture."""
    phone.open(path)
    phone.page.locator("input[name=name]").fill(name)
    phone.join_here()


def trial(page: Page, wanted: dict[str, str]) -> None:
    """A picture of a page of the trial that is still wanted."""
    for piece in [piece for piece in wanted if re.search(piece, page.url.partition("#")[0])]:
        keep(page, wanted.pop(piece))


def draw(phone: Phone, name: str) -> None:
    """A picture of what the phone shows."""
    keep(phone.page, name)


def keep(page: Page, name: str) -> None:
    """A small PNG of a page."""
    page.evaluate(DRAWN)
    page.evaluate("() => document.activeElement.blur()")
    shown = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    file = PICTURES / f"{name}.png"
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

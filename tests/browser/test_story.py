"""One story from its first word to its last trace: told, edited, signed elsewhere, read everywhere, and taken away."""

import contextlib
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import look_at
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command
from tests.browser.test_everyone import become_staff, begin_second_lock, open_folds
from tests.browser.test_pictures import describe
from tests.browser.test_voice import record, state

pytestmark = pytest.mark.browser
AT = f"{HERE}/stories"
TITLE, NAME, WORDS = "Zilverdraadgang", "Keesje Kwikstaart", "Daar rook het naar scheepsteer. Wij renden."
CHANGED = WORDS.replace("Wij renden.", "Wij renden hard, langs de lantaarnopsteker.")
SAID = "De torenbel ging. Iedereen keek op."
PLANTED = re.compile("Zilverdraad|Kwikstaart|scheepsteer|lantaarnopsteker|torenbel", re.IGNORECASE)
BYTES = re.compile(PLANTED.pattern.encode(), re.IGNORECASE)
OWN = ["", "/sound.m4a", "/words.vtt", "/frame", "/about.jsonld", "/share.png", "/0/large.webp", "/1/small.webp"]
Take = Callable[..., Phone]


def tell(mine: Phone, photo: Path) -> tuple[str, str]:
    """By voice and words, with then and now and a place; gives the key of the story and the letters of its receipt."""
    mine.open(f"{AT}/tell/write")
    page = mine.page
    record(page)
    page.locator("[data-do=finish]:visible").tap()
    state(page, "ready")
    open_folds(page)
    for name, said in (("words", WORDS), ("title", TITLE), ("called", NAME)):
        page.locator(f"#{name}").fill(said)
    page.locator("[name=who][value=named]").check()
    page.locator("[name=spot]").select_option(index=1)
    page.locator("#then-file").set_input_files(photo)
    expect(page.locator("#then [data-part=preview]")).to_be_visible()
    describe(page, "then", "De gang toen")
    page.locator("[data-do=open]").tap()
    page.wait_for_function("() => document.querySelector('video').videoWidth > 0")
    page.locator("[data-do=shoot]").tap()
    page.locator("[data-do=keep]").tap()
    expect(page.locator("#now [data-part=preview]")).to_be_visible()
    describe(page, "now", "De gang nu")
    page.locator("button[form=story]").tap()
    letters = page.locator(".buurt-receipt__letters").inner_text()
    onwards = page.locator(".buurt-actions a").get_attribute("href")
    return onwards.rpartition("/")[2], letters


def edit(editor: Phone, key: str) -> None:
    """Type what is said, change a sentence, and say yes at the desk."""
    page = editor.page
    for path, form, said in ((f"mine/{key}/transcript", "typed", SAID), (f"edit/{key}", "edit", CHANGED)):
        editor.open(f"{AT}/{path}")
        page.locator("#words").fill(said)
        with page.expect_navigation():
            page.locator(f"button[form={form}]").tap()
    editor.open(f"{HERE}/desk/?item=story.{key}")
    expect(page.locator(".buurt-desk__item")).to_contain_text(TITLE)
    with page.expect_navigation():
        editor.tap("button[value=good]")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """By keys alone: Tab until it has the focus, then the key."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            page.keyboard.press(key)
            return
    raise AssertionError(f"no Tab leads to {selector}")


def agree(page: Page, key: str, letters: str) -> None:
    """On another device and by keys alone: open the receipt, see what changed, say yes, and allow all."""
    page.goto(f"{HERE}/receipt")
    press(page, "#code", "Home")
    page.keyboard.insert_text(letters)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"{AT}/mine/{key}/yes")
    expect(page.locator(".buurt-review")).to_contain_text("lantaarnopsteker")
    press(page, "[name=named]", "Space")
    with page.expect_navigation():
        press(page, "button[form=yes]")
    page.goto(f"{AT}/mine/{key}/uses")
    for box in page.locator("[name=uses]:not(:checked)").evaluate_all("all => all.map((one) => one.value)"):
        press(page, f"[value='{box}']", "Space")
    with page.expect_navigation():
        press(page, "button[form=uses]")


def lists(site: Site, key: str) -> list[str]:
    """The pages for everybody on which others meet it."""
    [(spot,)] = site.rows("SELECT spot.key FROM story JOIN spot ON spot.id = spot_id WHERE story.key = ?", key)
    return [AT, f"{AT}?q=scheepsteer", f"{HERE}/stories.atom", f"{HERE}/spots/{spot}"]


def shown(reader: Phone, paths: list[str]) -> list[str]:
    """Which of these pages say a word of it."""
    said = {path: reader.context.request.get(path).text().replace('scheepsteer"', "") for path in paths}
    return [path for path, text in said.items() if PLANTED.search(text)]


def traces(site: Site) -> Iterator[str]:
    """Each row of a database and each file under the site's folder that still has a planted word."""
    for file in site.folder.rglob("*"):
        if file.suffix == ".db":
            with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
                yield from (f"{file.name}: {line[:200]}" for line in base.iterdump() if PLANTED.search(line))
        elif file.is_file() and ".db-" not in file.name and BYTES.search(file.read_bytes()):
            yield str(file)


def test_a_story_is_told_edited_signed_elsewhere_read_everywhere_and_leaves_no_trace(
    phone: Take, browser_with_camera: Browser, viewfinder: Path, photo: Path, site_served: Site
):
    street = io.BytesIO()
    Image.effect_mandelbrot((640, 480), (-2.2, -1.2, 1.0, 1.2), 60).convert("RGB").save(street, "PNG")
    look_at(street.getvalue(), viewfinder)
    key, letters = tell(phone(browser_with_camera), photo)
    own = [f"{AT}/{key}{path}" for path in OWN]
    editor, elsewhere, reader = phone(), phone(), phone()
    become_staff(site_served, editor, "coordinator")
    begin_second_lock(editor)
    edit(editor, key)
    assert {reader.status_of(path) for path in own} == {404}, "before the teller's yes"
    agree(elsewhere.page, key, letters)
    command(site_served, "sweep")
    assert [path for path in own if reader.status_of(path) != 200] == []
    everywhere = lists(site_served, key)
    assert shown(reader, everywhere) == everywhere
    part = reader.context.request.get(own[1], headers={"Range": "bytes=0-99"})
    assert (part.status, len(part.body())) == (206, 100)

    elsewhere.page.goto(f"{AT}/mine/{key}/withdraw")
    with elsewhere.page.expect_navigation():
        press(elsewhere.page, "button[form=withdraw]")
    assert reader.status_of(own[0]) == 410
    command(site_served, "sweep")
    gone = {path.removeprefix(f"{AT}/{key}"): reader.status_of(path) for path in own}
    assert gone == {path: 410 if path in {"", "/frame", "/about.jsonld", "/share.png"} else 404 for path in OWN}
    assert shown(reader, [*own, *everywhere]) == []
    assert list(traces(site_served)) == []

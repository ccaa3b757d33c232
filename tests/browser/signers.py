"""Who says yes: a teller to other words and to each use, who cares for a child, a host with a sheet; an editor pauses.

Of each screen how many words stand on it, how many of its sentences are long, and how many taps it takes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.phones import HERE, WIDTH, Phone
from tests.browser.serving import Site, serving
from tests.browser.tellers import LONG, SEEN
from tests.browser.test_everyone import become_staff, begin_second_lock, open_folds

AT = f"{HERE}/stories"
TOLD = "De melkboer kwam met paard en wagen. Het paard wist zelf waar het moest stoppen. Wij kregen een slok."
EDITED = TOLD.replace("Het paard wist zelf waar het moest stoppen.", "Het paard wist zelf waar het moest staan.")
Look = Callable[[str, Phone], None]


def walks(browser: Browser, folder: Path, look: Look = lambda _page, _phone: None) -> None:
    """Each screen once, a line for each."""
    with serving(folder) as site:
        for name, phone in screens(browser, site):
            phone.page.wait_for_load_state("networkidle")
            open_now, long = (int(phone.page.evaluate(script)) for script in (SEEN, LONG))
            look(name, phone)
            print(f"who says yes, {name}: {open_now} words, {long} sentences over 15 words", flush=True)


def screens(browser: Browser, site: Site) -> Iterator[tuple[str, Phone]]:
    """Each page as it is opened; between two of them somebody does what it asks, and says how many taps that took."""
    teller, editor, carer, host = (Phone(browser, site, width=WIDTH, device_scale_factor=1) for _each in range(4))
    become_staff(site, editor, "editor")
    begin_second_lock(editor)
    become_staff(site, host, "host")
    yield from _telling(teller)
    key, _letters = _told(site, teller)
    _edit(editor, key)
    teller.open(f"{HERE}/")
    taps = teller.taps = 0
    for step in ("a[href*='/stories/mine']", "a[href$='/yes']"):
        if teller.page.locator(f"main {step}, .buurt-strip {step}").filter(visible=True).count():
            _go(teller, f"main {step}, .buurt-strip {step}")
    yield "signing", teller
    teller.tap("label:has([name=named])")
    _go(teller, "button[form=yes]")
    print(f"   from home: {teller.taps} taps", flush=True)
    teller.taps = taps
    _go(teller, "a[href$='/uses']")
    yield "uses", teller
    teller.tap("label:has([value=tours])")
    _go(teller, "button[form=uses]")
    print(f"   from the story: {teller.taps} taps, one use allowed", flush=True)

    child, letters = _told(site, teller, young=True)
    _good(editor, child)
    carer.open(f"{HERE}/receipt#{letters}")
    carer.taps = 0
    _go(carer, "button[form=receipt]")
    _go(carer, "main a[href*='/stories/cares/']")
    yield "who cares for a child", carer
    _go(carer, "button[form=yes]")
    print(f"   from the receipt: {carer.taps} taps", flush=True)

    host.open(f"{AT}/paper")
    host.taps = 0
    _go(host, f"main a[href$='/paper/{child}']")
    yield "on paper", host
    host.tap("label:has([name=how][value=paper])")
    host.tap("#note")
    host.page.locator("#note").fill("In de map op het bureau.")
    _go(host, "button[form=paper]")
    print(f"   from the list: {host.taps} taps, one field", flush=True)

    editor.open(f"{AT}/rest/{key}")
    editor.taps = 0
    yield "a pause", editor
    editor.tap("label:has([name=reason])")
    _go(editor, "button[form=rest]")
    print(f"   on that page: {editor.taps} taps", flush=True)
    for phone in (teller, editor, carer, host):
        phone.context.close()


def _telling(teller: Phone) -> Iterator[tuple[str, Phone]]:
    """The telling page where somebody puts a pin."""
    teller.open(f"{AT}/tell/write")
    teller.tap("details:has(place-picker) > summary")
    expect(teller.page.locator("place-picker")).to_have_attribute("data-ready", "")
    yield "telling with a place", teller


def _told(site: Site, teller: Phone, young: bool = False) -> tuple[str, str]:
    """A story of somebody without an account; its key, and the letters of the last receipt that came with it."""
    teller.open(f"{AT}/tell/write")
    page = teller.page
    open_folds(page)
    page.locator("#words").fill(TOLD)
    page.locator("#title").fill("De melkboer")
    page.locator("#when").fill("rond 1955")
    page.locator("[name=who][value=named]").check()
    page.locator("#called").fill("Wies")
    if young:
        page.locator("[name=young]").check()
    _go(teller, "button[form=story]")
    letters = page.locator(".buurt-receipt__letters").last.inner_text().replace(" ", "")
    [(key,)] = site.rows("SELECT key FROM contribution WHERE kind = 'story' ORDER BY id DESC LIMIT 1")
    return key, letters


def _edit(editor: Phone, key: str) -> None:
    """One sentence is other, with a word about it."""
    editor.open(f"{AT}/edit/{key}")
    editor.page.locator("#words").fill(EDITED)
    editor.page.locator("#note").fill("Eén woord is anders. Is dat goed?")
    _go(editor, "button[form=edit]")
    _good(editor, key)


def _good(editor: Phone, key: str) -> None:
    editor.open(f"{HERE}/desk/?item=story.{key}")
    _go(editor, "button[value=good]")


def _go(phone: Phone, selector: str) -> None:
    with phone.page.expect_navigation():
        phone.tap(selector)

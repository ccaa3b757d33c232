"""`python -m tests.trial`: what it takes, walked through by script in somebody's role.

Who begins: from the tap on "photo together" to the camera, new here or not. Who tells a story: from home to its
receipt. Who says yes: each screen of consent. A community worker: a first walk of five stories, from the invitation to
the editors. A host: an evening at the desk. A teacher: a first lesson, printed, and a class. The companion, new here
or not: from scanning a stranger's code to both phones showing points. A coordinator, at a laptop and then on a phone:
from the invitation to two strangers who met at a printed sign. No real resident took part: the seconds of the machine
are measured, reading is reckoned at WORDS_A_MINUTE, a tap at 3 seconds, a typed letter at 1. `--pictures FOLDER` keeps
a picture of each page of the coordinator's walk on the phone.
"""

import argparse
import tempfile
import time
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.demo import kieken
from tests.browser import camera, founding, hosts, makers, sayers, signers, teachers, tellers
from tests.browser.founding import WORDS_A_MINUTE, Count, Founded, Look
from tests.browser.phones import HERE, WIDTH, Phone, launch
from tests.browser.serving import serving

BEFORE = "4 taps, 132 words read, 396 on its 3 pages"  # new here; at 051dcba on 28 November 2026
SCREENS = {"a laptop": 1280, "a phone": WIDTH}
TOGETHER, JOIN, FIRST = ".buurt-nav__item--together", "button[value=adult]", "main a[href*='/together/']"
CAMERA = ".buurt-pick__one--camera"
NOBODY = "Walked by a script: no real resident took part."


def main() -> None:
    """Both roles, a line for each number."""
    words = argparse.ArgumentParser(prog="python -m tests.trial", description=str(__doc__).partition("\n")[0])
    words.add_argument("--pictures", type=Path, help="keep a picture of each page of the coordinator's phone here")
    pictures = words.parse_args().pictures
    print(NOBODY)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        viewfinder, photo = folder / "screen.mjpeg", folder / "kiek.jpg"
        photo.write_bytes(kieken.draw(12))
        fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        browser = launch(playwright, *fake, f"--use-file-for-fake-video-capture={viewfinder}")
        beginners(browser, folder)
        tellers.walks(browser, folder)
        signers.walks(browser, folder)
        makers.walks(browser, folder)
        hosts.walks(browser, folder)
        teachers.walks(browser, folder)
        sayers.walks(browser, folder)
        companions(browser, folder, viewfinder, photo)
        coordinators(browser, folder, photo, pictures)
        browser.close()


def beginners(browser: Browser, folder: Path) -> None:
    """Begin a meeting twice: new here, and known."""
    with serving(folder) as site:
        print(f"who begins, new here, before: {BEFORE}", flush=True)
        phone = Phone(browser, site, device_scale_factor=2)
        for who in ("new here", "known here"):
            print(f"who begins, {who}: {begin(phone, is_new=who == 'new here')}", flush=True)


def begin(phone: Phone, is_new: bool) -> str:
    """From the tap on "photo together" on home until the camera opens; the numbers as a sentence."""
    words, phone.taps = [], 0
    phone.open(f"{HERE}/")
    for goal in (TOGETHER, *([JOIN] if is_new else []), FIRST):
        if goal != TOGETHER:
            words.append((read_until(phone, goal), read(phone)))
        with phone.page.expect_navigation():
            phone.tap(goal)
    words.append((read_until(phone, CAMERA), read(phone)))
    phone.taps += 1  # on the camera
    passed, every = (sum(column) for column in zip(*words, strict=True))
    return f"{phone.taps} taps, {passed} words read, {every} on its {len(words)} pages"


def companions(browser: Browser, folder: Path, viewfinder: Path, photo: Path) -> None:
    """Answer somebody's code with the phone's own camera and with our scan page: new here, and known."""
    with serving(folder) as site:
        for who in ("new here", "known here"):
            for way in ("the phone's own camera", "our scan page"):
                stranger = Phone(browser, site, device_scale_factor=2)
                stranger.join()
                stranger.hand_in(photo)
                camera.look_at(stranger.page.screenshot(), viewfinder)
                companion = Phone(browser, site, permissions=["camera"])
                if who == "known here":
                    companion.join()
                    companion.taps = 0
                print(f"a companion, {who}, {way}: {meet(companion, stranger, way)}", flush=True)


def coordinators(browser: Browser, folder: Path, photo: Path, pictures: Path | None) -> None:
    """Found a neighbourhood twice, each on an empty machine."""
    for screen, width in SCREENS.items():
        empty = folder / screen.replace(" ", "-")
        empty.mkdir()
        with serving(empty, BUURT_DEMO="0") as site:
            look = _keep_in(pictures) if pictures and width == WIDTH else None
            ended = founding.walk_through(browser, site, photo, width=width, look=look)
            print(f"\na coordinator with {screen}:\n{report(ended)}", flush=True)
            ended.walk.close()


def report(ended: Founded) -> str:
    """The steps, what each person took, and when each milestone was reached."""
    walk, lines, passed = ended.walk, [], Count()
    for number, step in enumerate(walk.steps, 1):
        passed += step.count
        lines.append(f"{number:3}. {step.who} {step.name}\n     {_said(step.count)}")
        if step.milestone:
            lines.append(f"   = {step.milestone}: after {_clock(passed.seconds)}, {passed.machine:.0f} s of machine")
    for who in dict.fromkeys(step.who for step in walk.steps):
        lines.append(f"  {who}: {_said(walk.took(who))}; {_clock(walk.took(who).seconds)}")
    read = sum(len(found) for found in ended.codes.values())
    lines.append(f"  together: {_said(passed)}; {_clock(passed.seconds)} (the goal is 30:00)")
    lines.append(f"  {read} codes on paper were read back by a camera")
    lines.append(f"  both strangers show {' and '.join(str(each.price()) for each in ended.strangers)} points")
    return "\n".join(lines)


def _said(count: Count) -> str:
    return (
        f"{count.taps} taps, {count.fields} fields ({count.letters} letters), {count.pages} pages,"
        f" {count.words} words, {count.machine:.0f} s of machine"
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02} min"


def _keep_in(folder: Path) -> Look:
    folder.mkdir(parents=True, exist_ok=True)
    numbers = count(1)

    def look(who: str, page: Page) -> None:
        name = page.url.partition("/w/lombok/")[2].partition("#")[0].partition("?")[0].strip("/").replace("/", "-")
        page.screenshot(
            path=folder / f"{next(numbers):02}-{who.replace(' ', '-')}-{name or 'home'}.png", full_page=True
        )

    return look


def meet(companion: Phone, stranger: Phone, way: str) -> str:
    """One walk of a companion; gives the numbers as a sentence."""
    letters, words, began = stranger.letters(), [], time.monotonic()
    if way == "our scan page":
        companion.open("/e/")
        words.append(read(companion))
        companion.tap("[data-do=start]")
        companion.page.wait_for_url(f"**/e/{letters}*")
    else:
        companion.taps += 1  # on the address that the camera shows
        companion.open(f"/e/{letters}")
    if companion.page.locator(JOIN).count():
        words.append(read(companion))
        companion.join_here()
    expect(companion.page.locator("form#yes")).to_be_attached()
    words.append(read(companion))
    companion.say_yes()
    expect(stranger.page.locator(".buurt-total")).to_be_visible()
    seconds = time.monotonic() - began
    before = sum(words)
    words.append(read(companion))
    return (
        f"{companion.taps} taps, 0 fields typed, {len(words)} pages: {' + '.join(map(str, words))} words,"
        f" {before} of them before the points, {seconds:.1f} s of machine,"
        f" about {60 * before / WORDS_A_MINUTE:.0f} s to read those;"
        f" both show {companion.price()} and {stranger.price()}"
    )


def read(phone: Phone) -> int:
    """How many words stand on the page."""
    return len(phone.text("body").split())


def read_until(phone: Phone, goal: str) -> int:
    """How many words somebody passes who reads the page from its top until what they tap."""
    phone.page.wait_for_load_state("networkidle")
    return int(phone.page.evaluate(WORDS_UNTIL, goal))


WORDS_UNTIL = """(selector) => {
  const goal = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility())
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  let words = 0
  while (walker.nextNode()) {
    const { currentNode: text } = walker
    const isAfter = goal.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
    if (isAfter && !goal.contains(text)) break
    const isSeen = text.parentElement.checkVisibility() && !text.parentElement.closest('.buurt-visually-hidden')
    if (isSeen) words += text.textContent.split(/\\s+/).filter(Boolean).length
  }
  return words
}"""


if __name__ == "__main__":
    main()

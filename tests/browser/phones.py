"""A phone in somebody's hand: a Chromium context of 360 × 800, with the verbs of the minute in the street."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, expect

from tests import chromium
from tests.browser.serving import Site

WIDTH, HEIGHT = 360, 800
PATIENCE = 30_000  # milliseconds; a busy machine may take its time
HERE = "/w/kanterhoek"
BENCH = "share-a-bench"
LOCALES = {"nl": "nl-NL", "en": "en-GB", "yi": "yi"}
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE 127.0.0.2"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", ONLY_THIS_MACHINE]

expect.set_options(timeout=PATIENCE)


def launch(playwright: Playwright, *more: str, **others: Any) -> Browser:
    """A Chromium that finds no other machine than this one, whatever a page asks for."""
    return playwright.chromium.launch(executable_path=chromium.shell(), args=[*ARGUMENTS, *more], **others)


class Phone:
    """One phone: a browser context with its cookies and its page, and a list of what should not have happened."""

    def __init__(
        self, browser: Browser, site: Site, *, lang: str = "nl", width: int = WIDTH, scripts: bool = True, **more: Any
    ) -> None:
        self.site = site
        self.trouble: list[str] = []
        self.expected: list[str] = []
        self.taps = 0
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale=LOCALES[lang],
            timezone_id="Europe/Amsterdam",
            base_url=site.url,
            has_touch=True,
            is_mobile=True,
            java_script_enabled=scripts,
            **more,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._watch)
        self.context.on("console", self._listen)
        self.context.on("weberror", lambda error: self.trouble.append(f"page error: {error.error}"))
        self.page: Page = self.context.new_page()

    def close(self) -> None:
        """Switch the phone off. Fails when a page asked another host for something, or went wrong by itself."""
        self.context.close()
        said = [line for line in self.trouble if not any(re.search(one, line) for one in self.expected)]
        assert not said, "\n".join(said)

    def expect_refusals(self, *statuses: int) -> None:
        """Chromium writes every answer of 400 and up to its console; these are meant."""
        self.expected += [rf"server responded with a status of {status}\b" for status in statuses]

    def _watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.site.host:
            self.trouble.append(f"asked another host: {request.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.trouble.append(f"console: {message.text} ({message.location.get('url', '')})")

    # ---- going somewhere, and reading

    def open(self, path: str) -> int:
        """Go to a path; gives the status."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    @property
    def path(self) -> str:
        """Where this phone is."""
        return urlsplit(self.page.url).path

    def tap(self, selector: str) -> None:
        """Tap what can be seen."""
        self.taps += 1
        self.page.locator(selector).filter(visible=True).first.tap()

    def text(self, selector: str = "main") -> str:
        """What can be read there, without soft spaces."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    # ---- the verbs

    def join(self, age: str = "adult") -> str:
        """Join in two taps; gives the name."""
        self.open(f"{HERE}/join")
        return self.join_here(age)

    def join_here(self, age: str = "adult") -> str:
        """Join on the page that asks it; gives the name."""
        name = self.page.locator("input[name=name]").input_value()
        with self.page.expect_navigation():
            self.tap(f"button[name=age][value={age}]")
        return name

    def choose_photo(self, photo: Path, source: str = "photo", challenge: str = BENCH) -> None:
        """Take a photo for a challenge: with the camera (`photo`) or from the `gallery`."""
        self.open(f"{HERE}/together/{challenge}")
        self.page.locator(f"input[type=file][name={source}]").set_input_files(photo)

    def see_chosen(self) -> None:
        """Wait until the chosen photo is shown."""
        expect(self.page.locator("[data-part=preview] img")).to_be_visible()

    def send(self) -> None:
        """Send what was chosen, and get the code."""
        self.tap("[data-part=send]")
        expect(self.page.locator(".buurt-code")).to_be_visible()

    def hand_in(self, photo: Path, challenge: str = BENCH) -> str:
        """Choose and send a photo; gives the six letters."""
        self.choose_photo(photo, challenge=challenge)
        self.send()
        return self.letters()

    def letters(self) -> str:
        """The six letters on the screen, as somebody else types them."""
        return self.page.locator(".buurt-code__letters bdi").inner_text().replace(" ", "").replace("\u00a0", "")

    def type_letters(self, letters: str) -> None:
        """Type a neighbour's letters on the scan page, the way people do."""
        self.open("/e/")
        self.page.locator("input[name=code]").fill(f"{letters[:3].lower()} {letters[3:].lower()}")
        self.tap("form:has(input[name=code]) button")
        self.page.wait_for_url(re.compile(r"/e/\w+(#said)?$"))

    def name_by_letters(self, tag: str) -> None:
        """Say on this phone who the other is, by the letters on their own page."""
        self.tap("a[href$='/here']")
        self.page.locator("input[name=tag]").fill(tag)
        with self.page.expect_navigation():
            self.tap("form:has(input[name=tag]) button")

    def say_yes(self, photo: str = "with") -> None:
        """Yes, and see the points, or on a phone for two the letters of the other."""
        self.tap(f"button[form=yes][value={photo}], form#yes button[value={photo}]")
        expect(self.page.locator(".buurt-total, .buurt-slip")).to_be_visible()

    def price(self) -> int:
        """The points each of the two got."""
        return int(self.text(".buurt-total__figure"))

    def why(self) -> list[str]:
        """The lines under "why did I get this?", the sum last."""
        return [" ".join(line.split()) for line in self.page.locator(".buurt-courses li").all_inner_texts()]

    def photo_urls(self) -> list[str]:
        """Every size of every photo on this page."""
        seen = self.page.locator("main img").evaluate_all("images => images.map(image => image.src)")
        photos = [url for url in seen if "/photo/" in url]
        return [re.sub(r"(small|medium|large)\.webp", f"{size}.webp", url)
                for url in photos for size in ("small", "medium", "large")]  # fmt: skip

    def status_of(self, url: str) -> int:
        """What this phone gets there, past every cache."""
        return self.context.request.get(url).status

    def kept(self) -> int:
        """How many photos wait on this phone (IndexedDB)."""
        return int(self.page.evaluate(COUNT_KEPT))


COUNT_KEPT = """() => new Promise((done, failed) => {
  const asked = indexedDB.open('buurtspoor')
  asked.onerror = () => failed(asked.error)
  asked.onsuccess = () => {
    const read = asked.result.transaction('items').objectStore('items').getAll()
    read.onsuccess = () => { asked.result.close(); done(read.result.filter(({ blob }) => blob).length) }
  }
})"""

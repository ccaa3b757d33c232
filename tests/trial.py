"""`python -m tests.trial`: how much it takes to meet, walked through by script in the role of a newcomer.

From scanning a stranger's code to both phones showing points: taps, words on the pages, fields to fill in, seconds.
No real resident took part: the seconds are the machine's, and reading is reckoned at WORDS_A_MINUTE.
"""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from core.demo import kieken
from tests.browser import camera
from tests.browser.phones import Phone, launch
from tests.browser.serving import serving

WORDS_A_MINUTE = 130  # somebody who reads Dutch as a second language, on a small screen


def main() -> None:
    """Walk through twice, with the phone's own camera and with our scan page, and print a line for each."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        viewfinder, photo = folder / "screen.mjpeg", folder / "kiek.jpg"
        photo.write_bytes(kieken.draw(12))
        with serving(folder) as site, sync_playwright() as playwright:
            fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
            browser = launch(playwright, *fake, f"--use-file-for-fake-video-capture={viewfinder}")
            for way in ("the phone's own camera", "our scan page"):
                stranger = Phone(browser, site, device_scale_factor=2)
                stranger.join()
                stranger.hand_in(photo)
                camera.look_at(stranger.page.screenshot(), viewfinder)
                print(f"{way}: {meet(Phone(browser, site, permissions=['camera']), stranger, way)}", flush=True)
            browser.close()


def meet(newcomer: Phone, stranger: Phone, way: str) -> str:
    """One walk of a newcomer; gives the numbers as a sentence."""
    letters, words, began = stranger.letters(), [], time.monotonic()
    if way == "our scan page":
        newcomer.open("/e/")
        words.append(read(newcomer))
        newcomer.tap("[data-do=start]")
        newcomer.page.wait_for_url(f"**/e/{letters}")
    else:
        newcomer.taps += 1  # on the address that the camera shows
        newcomer.open(f"/e/{letters}")
    words.append(read(newcomer))
    newcomer.join_here()
    expect(newcomer.page.locator("form#yes")).to_be_attached()
    words.append(read(newcomer))
    newcomer.say_yes()
    expect(stranger.page.locator(".buurt-total")).to_be_visible()
    seconds = time.monotonic() - began
    words.append(read(newcomer))
    reading = 60 * sum(words[:-1]) / WORDS_A_MINUTE
    return (
        f"{newcomer.taps} taps, 0 fields typed, {len(words)} pages: {' + '.join(map(str, words))} = {sum(words)} words,"
        f" {seconds:.1f} s of machine, about {reading:.0f} s to read every word before the points;"
        f" both show {newcomer.price()} and {stranger.price()}"
    )


def read(phone: Phone) -> int:
    """How many words stand on the page."""
    return len(phone.text("body").split())


if __name__ == "__main__":
    main()

"""`make screenshots`: the README's pictures, drawn from a real run of the minute at 360 × 800 in Dutch."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from core.demo import kieken
from tests.browser.phones import BENCH, HERE, Phone, launch
from tests.browser.serving import ROOT, serving

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
SCENE = 12  # two neighbours before their houses
SHOWN_AS = "https://buurt.example"


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
            browser.close()


def walk(first: Phone, other: Phone, photo: Path) -> None:
    """The minute, with a picture of each page of it."""
    first.open(f"{HERE}/")
    draw(first, "home")
    first.open(f"{HERE}/challenges/{BENCH}")
    draw(first, "challenge")
    join_as(first, f"{HERE}/join", "Gouden Tram")
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


def join_as(phone: Phone, path: str, name: str) -> None:
    """Join under a name that fits in a picture."""
    phone.open(path)
    phone.page.locator("input[name=name]").fill(name)
    phone.join_here()


def draw(phone: Phone, name: str) -> None:
    """A small PNG of what the phone shows."""
    phone.page.evaluate(
        "() => document.fonts.ready.then(() => Promise.all(Array.from(document.images, (i) => i.decode())))"
    )
    phone.page.evaluate("() => document.activeElement.blur()")
    shown = Image.open(io.BytesIO(phone.page.screenshot(animations="disabled"))).convert("RGB")
    file = PICTURES / f"{name}.png"
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

"""Before a photo is sent somebody in it can be made unrecognisable, and it can be turned: by finger and by keys."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import expect

from tests.browser.phones import COUNT_KEPT, Phone

pytestmark = pytest.mark.browser

Take = Callable[..., Phone]
GRAIN = 8  # pixels: in what we look for detail, much smaller than a cell of the mosaic
CANVAS = "photo-brush canvas"


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """Noise, reddish on the left and bluish on the right: 1200 by 800."""
    noise = Image.effect_noise((1200, 800), 100)
    faint = noise.point(lambda value: value // 2)
    picture = Image.merge("RGB", (noise, faint, faint))
    picture.paste(Image.merge("RGB", (faint, faint, noise)).crop((600, 0, 1200, 800)), (600, 0))
    picture.save(tmp_path / "halves.jpg", quality=95)
    return tmp_path / "halves.jpg"


def brush_on(phone: Phone, photo: Path) -> None:
    """A photo chosen, and the brush in hand."""
    phone.join()
    phone.choose_photo(photo)
    phone.see_chosen()
    phone.tap("[data-part=change]")
    expect(phone.page.locator(CANVAS)).to_be_focused()


def rub(phone: Phone, *places: tuple[float, float]) -> None:
    """Rub with a finger or mouse from place to place, each as shares of the photo's width and height."""
    box = phone.page.locator(CANVAS).bounding_box()
    assert box
    points = [(box["x"] + box["width"] * right, box["y"] + box["height"] * down) for right, down in places]
    phone.page.mouse.move(*points[0])
    phone.page.mouse.down()
    for point in points:
        phone.page.mouse.move(*point, steps=5)
    phone.page.mouse.up()


def keep_it(phone: Phone) -> None:
    phone.tap("[data-brush=done]")
    expect(phone.page.locator("[data-part=send]")).to_be_focused()


def served(phone: Phone) -> Image.Image:
    """The large picture as the server gives it, after sending."""
    phone.send()
    url = next(url for url in phone.photo_urls() if "large" in url)
    return Image.open(io.BytesIO(phone.context.request.get(url).body())).convert("RGB")


def detail(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> float:
    """How much grain there is in a part of a picture: the median spread of brightness within small squares."""
    width, height = picture.size
    part = picture.convert("L").crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))
    squares = [
        part.crop((x, y, x + GRAIN, y + GRAIN))
        for x in range(0, part.width - GRAIN, GRAIN)
        for y in range(0, part.height - GRAIN, GRAIN)
    ]
    spreads = sorted(ImageStat.Stat(square).stddev[0] for square in squares)
    return spreads[len(spreads) // 2]


def test_what_was_rubbed_carries_no_detail_any_more_on_the_server_and_the_rest_is_untouched(phone: Take, halves: Path):
    first = phone()
    brush_on(first, halves)
    rub(first, (0.15, 0.2), (0.35, 0.2), (0.35, 0.4), (0.15, 0.4), (0.15, 0.3), (0.35, 0.3))
    assert "Streken: 1" in first.text("photo-brush [data-part=said]")
    keep_it(first)
    assert first.kept() == 1
    seen = served(first)
    assert seen.size == (1200, 800)
    assert detail(seen, 0.14, 0.18, 0.36, 0.42) < 4
    assert detail(seen, 0.55, 0.1, 0.95, 0.9) > 12
    red, _green, blue = ImageStat.Stat(seen.crop((200, 200, 400, 300))).mean
    assert red > blue + 30, "one colour a cell, of what was there"


def test_a_face_in_a_real_photo_is_gone(phone: Take, phone_photo: Path):
    first = phone()
    brush_on(first, phone_photo)
    for _larger in range(2):
        first.tap("[data-brush=larger]")
    rub(first, (0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.5, 0.5))
    keep_it(first)
    seen, source = served(first), Image.open(phone_photo)
    source.draft("RGB", seen.size)
    before = source.convert("RGB").resize(seen.size)
    middle = (0.42, 0.42, 0.58, 0.58)
    assert detail(seen, *middle) < min(4, detail(before, *middle))
    assert detail(seen, 0, 0, 1, 0.2) == pytest.approx(detail(before, 0, 0, 1, 0.2), abs=3)


def test_a_turned_photo_is_served_turned_and_the_brush_follows(phone: Take, halves: Path):
    first = phone()
    brush_on(first, halves)
    first.tap("[data-brush=right]")
    rub(first, (0.5, 0.1), (0.5, 0.2))
    keep_it(first)
    seen = served(first)
    assert seen.size == (800, 1200)
    assert detail(seen, 0.45, 0.08, 0.55, 0.2) < 4
    upper = ImageStat.Stat(seen.crop((0, 0, 800, 500))).mean
    lower = ImageStat.Stat(seen.crop((0, 700, 800, 1200))).mean
    assert upper[0] > upper[2] + 30, "red was on the left: turned to the right it is on top"
    assert lower[2] > lower[0] + 30


def test_by_keys_alone_with_every_place_spoken(phone: Take, halves: Path):
    first = phone()
    first.join()
    first.choose_photo(halves)
    first.see_chosen()
    keys = first.page.keyboard
    first.page.locator("[data-part=change]").focus()
    keys.press("Enter")
    said = first.page.locator("photo-brush [data-part=said]")
    expect(said).to_have_text(re.compile(r"50\sprocent van links, 50\sprocent van boven"))
    for key in ["ArrowLeft"] * 6 + ["ArrowUp"] * 3:
        keys.press(key)
    expect(said).to_have_text(re.compile(r"25\sprocent van links, 31\sprocent van boven"))
    for key in ("+", "Space", "-", "ArrowRight", "Enter"):
        keys.press(key)
    expect(said).to_have_text(re.compile("Streken: 2"))
    tab_to(first, "[data-brush=undo]")
    keys.press("Enter")
    expect(said).to_have_text(re.compile("Streken: 1"))
    tab_to(first, "[data-brush=done]")
    keys.press("Space")
    expect(first.page.locator("[data-part=send]")).to_be_focused()
    seen = served_after(first, "Enter")
    assert detail(seen, 0.2, 0.26, 0.3, 0.36) < 4
    assert detail(seen, 0.6, 0.1, 0.9, 0.9) > 12


def tab_to(phone: Phone, selector: str) -> None:
    for _tab in range(15):
        phone.page.keyboard.press("Tab")
        if phone.page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"no way to {selector} by the Tab key")


def served_after(phone: Phone, key: str) -> Image.Image:
    phone.page.keyboard.press(key)
    expect(phone.page.locator(".buurt-code")).to_be_visible()
    url = next(url for url in phone.photo_urls() if "large" in url)
    return Image.open(io.BytesIO(phone.context.request.get(url).body())).convert("RGB")


@pytest.mark.parametrize("ending", ["nothing", "leave"])
def test_undoing_everything_or_leaving_keeps_the_photo_as_it_was(phone: Take, halves: Path, ending: str):
    first = phone()
    brush_on(first, halves)
    before = kept_bytes(first)
    rub(first, (0.2, 0.2), (0.8, 0.8))
    rub(first, (0.8, 0.2), (0.2, 0.8))
    first.tap("[data-brush=undo]")
    assert "Streken: 1" in first.text("photo-brush [data-part=said]")
    first.tap(f"[data-brush={ending}]")
    if ending == "nothing":
        first.tap("[data-brush=done]")
    expect(first.page.locator("[data-part=change]")).to_be_focused()
    assert kept_bytes(first) == before


def kept_bytes(phone: Phone) -> list[int]:
    """The size of each photo that is kept on this phone."""
    return phone.page.evaluate(
        COUNT_KEPT.replace("({ blob }) => blob).length", "({ blob }) => blob).map(({ blob }) => blob.size)")
    )


def test_changing_it_twice_keeps_one_photo_on_the_phone_and_sends_the_last(phone: Take, halves: Path):
    first = phone()
    brush_on(first, halves)
    rub(first, (0.1, 0.5), (0.4, 0.5))
    keep_it(first)
    first.tap("[data-part=change]")
    expect(first.page.locator(CANVAS)).to_be_focused()
    rub(first, (0.6, 0.5), (0.9, 0.5))
    keep_it(first)
    assert first.kept() == 1
    seen = served(first)
    assert detail(seen, 0.1, 0.48, 0.4, 0.52) < 4
    assert detail(seen, 0.6, 0.48, 0.9, 0.52) < 4


@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_at_320_pixels_every_tool_is_large_enough_and_nothing_scrolls_sideways(phone: Take, halves: Path, lang: str):
    first = phone(lang=lang, width=320)
    brush_on(first, halves)
    boxes = first.page.locator("photo-brush button").filter(visible=True)
    assert boxes.count() == 8
    for box in [boxes.nth(number).bounding_box() for number in range(8)]:
        assert box["width"] >= 48
        assert box["height"] >= 48
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert first.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert first.page.evaluate("() => document.documentElement.dir") == ("rtl" if lang == "yi" else "ltr")
    rub(first, (0.1, 0.1), (0.3, 0.3))
    keep_it(first)
    assert detail(served(first), 0.1, 0.1, 0.28, 0.28) < 4


def test_what_the_browser_cannot_read_cannot_be_changed_but_sent(phone: Take, tmp_path: Path):
    broken = tmp_path / "holiday.jpg"
    broken.write_text("this is no photo")
    first = phone()
    first.join()
    first.choose_photo(broken)
    expect(first.page.locator("[data-part=preview]")).to_contain_text("kan de foto niet laten zien")
    expect(first.page.locator("[data-part=change]")).to_be_hidden()

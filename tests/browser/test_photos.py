"""Photos as phones have them: not to be shown by this browser, with nothing behind them, or gone once they are sent."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.phones import BENCH, HEIGHT, HERE, WIDTH, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import violations
from tests.browser.test_offline import ITEMS, at_hand, keep, letters_of, standing, until
from tests.browser.wire import Wire
from tests.core.photos import hostile

pytestmark = pytest.mark.browser
Take = Callable[..., Phone]


@pytest.fixture
def heic(tmp_path: Path) -> Path:
    """A photo as an iPhone takes it: this browser reads none."""
    file = tmp_path / "IMG_0003.HEIC"
    file.write_bytes(hostile.as_file(hostile.picture(320, 240), "HEIF"))
    return file


@pytest.fixture(params=["PNG", "WEBP", "AVIF"])
def drawing(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A line on nothing, so large that the phone makes it smaller."""
    image = Image.effect_noise((2600, 1800), 5).convert("RGBA")
    image.putalpha(0)
    ImageDraw.Draw(image).line((0, 0, 2600, 1800), fill=(200, 0, 0, 255), width=300)
    file = tmp_path / f"drawing.{request.param.lower()}"
    image.save(file, request.param, **({"lossless": True, "method": 0} if request.param == "WEBP" else {}))
    return file


def stored(phone: Phone) -> Image.Image:
    """The large picture that the server made."""
    address = next(url for url in phone.photo_urls() if url.endswith("/large.webp"))
    return Image.open(BytesIO(phone.context.request.get(address).body())).convert("RGB")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_transparent_lies_on_white_with_and_without_scripts(phone: Take, drawing: Path, scripts: bool):
    mine = phone(scripts=scripts)
    mine.join()
    mine.choose_photo(drawing)
    if scripts:
        mine.see_chosen()
    mine.send()
    picture = stored(mine)
    width, height = picture.size
    assert min(picture.getpixel((width * 9 // 10, height // 10))) > 245
    assert picture.getpixel((width // 2, height // 2))[0] > picture.getpixel((width // 2, height // 2))[1] + 100


def test_where_nothing_is_behind_a_photo_the_brush_paints_on_white_too(phone: Take, drawing: Path):
    mine = phone()
    mine.join()
    mine.choose_photo(drawing)
    mine.see_chosen()
    mine.tap("[data-part=change]")
    expect(mine.page.locator("photo-brush canvas")).to_be_focused()
    mine.page.keyboard.press("Space")
    mine.tap("[data-brush=done]")
    mine.see_chosen()
    mine.send()
    assert min(stored(mine).getpixel((1800, 100))) > 245


def test_a_photo_that_the_browser_cannot_show_says_so_and_goes_all_the_same(phone: Take, heic: Path):
    mine = phone()
    mine.join()
    mine.choose_photo(heic)
    expect(mine.page.locator("[data-part=preview]")).to_contain_text("kan de foto niet laten zien")
    expect(mine.page.locator("[data-part=change]")).to_be_hidden()
    mine.send()
    assert hostile.quadrants(stored(mine))[0][0] > 180


def test_a_photo_whose_file_is_gone_before_the_network_is_back_arrives(phone: Take, site_served: Site, heic: Path):
    with Wire(site_served) as wire:
        mine = phone(site=wire.site)
        mine.expected += ["net::ERR_", "Failed to load"]
        mine.join()
        tag = letters_of(mine)
        at_hand(mine)
        wire.cut()
        mine.open(f"{HERE}/together/{BENCH}")
        mine.page.locator("input[type=file][name=gallery]").set_input_files(heic)
        expect(mine.page.locator("[data-part=preview]")).to_contain_text("kan de foto niet laten zien")
        mine.tap("[data-part=send]")
        expect(mine.page.locator("[data-part=safe]")).to_be_visible()
        heic.unlink()
        wire.mend()
        mine.open(f"{HERE}/challenges")
        until(mine.page, lambda items: all(item["state"] == "arrived" for item in items))
        assert standing(site_served, tag) == [("draft", 1)]


def test_a_photo_that_can_no_longer_be_read_keeps_no_other_back_and_can_be_thrown_away(
    phone: Take, site_served: Site, photo: Path, heic: Path
):
    with Wire(site_served) as wire:
        mine = phone(site=wire.site)
        mine.expected += ["net::ERR_", "Failed to load"]
        mine.join()
        tag = letters_of(mine)
        at_hand(mine)
        wire.cut()
        mine.open(f"{HERE}/together/{BENCH}")
        keep(mine, photo, BENCH, "")
        keep(mine, photo, "same-colour", "")
        mine.page.evaluate(
            "() => document.body.append(Object.assign(document.createElement('input'), { type: 'file' }))"
        )
        mine.page.locator("body > input").set_input_files(heic)
        mine.page.evaluate(OF_A_FILE)  # as a phone may have it from before bytes were copied
        heic.unlink()
        wire.mend()
        mine.open(f"{HERE}/challenges")
        until(mine.page, lambda items: states(items) == ["arrived", "lost"])
        expect(mine.page.locator("waiting-items")).to_contain_text("niet verstuurd")
        assert standing(site_served, tag) == [("draft", 1)]
        mine.open(f"{HERE}/offline")
        row = mine.page.locator("[data-key]", has_text="niet meer te lezen")
        expect(row.locator("[data-part=again]")).to_be_hidden()
        row.locator("[data-do=discard]").click()
        row.locator("[data-do=discard]").click()
        until(mine.page, lambda items: states(items) == ["arrived"])


def states(items: list[dict[str, Any]]) -> list[str]:
    return sorted(item["state"] for item in items)


OF_A_FILE = """async () => {
  const file = document.querySelector('body > input').files[0]
  const database = await new Promise((done) => {
    const asked = indexedDB.open('buurtspoor')
    asked.onsuccess = () => done(asked.result)
  })
  const items = database.transaction('items', 'readwrite').objectStore('items')
  const [first] = await new Promise((done) => {
    const asked = items.getAll()
    asked.onsuccess = () => done(asked.result.sort((one, other) => one.madeAt - other.madeAt))
  })
  await new Promise((done) => { items.put({ ...first, blob: file }).onsuccess = done })
  database.close()
}"""


def test_a_photo_that_is_gone_when_it_is_chosen_says_so(phone: Take, heic: Path):
    mine = phone()
    mine.join()
    mine.open(f"{HERE}/together/{BENCH}")
    mine.page.evaluate("() => { Blob.prototype.arrayBuffer = () => Promise.reject(new Error('NotReadableError')) }")
    mine.page.locator("input[type=file][name=gallery]").set_input_files(heic)
    expect(mine.page.locator("[data-part=fault]")).to_contain_text("niet meer te lezen")
    assert mine.page.evaluate(ITEMS) == []


def test_a_photo_that_lacks_only_its_end_can_be_sent_and_says_that_it_cannot_be_changed(phone: Take, tmp_path: Path):
    file = tmp_path / "no_end.jpg"
    file.write_bytes(hostile.as_file(hostile.picture(1600, 1200))[:-2])
    mine = phone()
    mine.join()
    mine.choose_photo(file)
    mine.see_chosen()
    mine.tap("[data-part=change]")
    expect(mine.page.locator("[data-part=fault]")).to_contain_text("kun je hier niet aanpassen")
    mine.send()
    assert stored(mine).size == (1600, 1200)


@pytest.mark.parametrize("sides", [(1080, 12_000), (12_000, 1500)])
def test_a_long_strip_is_shown_as_large_as_it_can_be_read_and_scrolls(
    phone: Take, tmp_path: Path, sides: tuple[int, int]
):
    file = tmp_path / "strip.png"
    Image.effect_noise(sides, 20).save(file)
    mine = phone(bypass_csp=True)
    mine.join()
    mine.hand_in(file)
    strip = mine.page.locator(".buurt-kiek__strip")
    box, picture = strip.bounding_box(), strip.locator("img").bounding_box()
    assert box
    assert picture
    assert min(picture["width"], picture["height"]) > 250
    assert box["height"] <= 0.62 * HEIGHT  # turned a little
    assert box["width"] <= WIDTH
    assert mine.page.evaluate("() => document.documentElement.scrollWidth") <= WIDTH
    assert violations(mine.page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photo_of_which_half_lacks_is_refused_with_and_without_scripts(phone: Take, tmp_path: Path, scripts: bool):
    noise = hostile.as_file(Image.effect_noise((900, 700), 90).convert("RGB"), "PNG")
    file = tmp_path / "half.png"
    file.write_bytes(noise[: len(noise) // 2] + bytes(4096) + noise[len(noise) // 2 + 4096 :])
    mine = phone(scripts=scripts)
    mine.expect_refusals(422)
    mine.join()
    mine.choose_photo(file)
    mine.tap("[data-part=send]")
    said = mine.page.locator("[data-part=fault]" if scripts else "main")
    expect(said).to_contain_text(re.compile("beschadigd|niet compleet"))
    if scripts:
        assert mine.kept() == 1  # the phone does not let go of it

"""Codes to scan where the screen is dark: each carries its own white ground, and readers decode it."""

import io
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from tests.browser.phones import HERE, Phone

pytestmark = pytest.mark.browser
DARKENED: dict[str, Callable[[Page], None]] = {
    "a browser that darkens every page": lambda page: page.context.new_cdp_session(page).send(
        "Emulation.setAutoDarkModeOverride", {"enabled": True}
    ),
    "a phone set to dark": lambda page: page.emulate_media(color_scheme="dark"),
    "forced colours": lambda page: page.emulate_media(color_scheme="dark", forced_colors="active"),
    "on paper": lambda page: page.emulate_media(color_scheme="dark", media="print"),
}


def read(picture: bytes) -> list[str]:
    """What a reader decodes that knows only dark on light, as most do."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), try_invert=False)
    return sorted(code.text for code in found)


@pytest.mark.parametrize("how", DARKENED)
def test_a_code_is_read_from_a_screen_that_is_dark(phone: Callable[..., Phone], how: str):
    mine = phone(device_scale_factor=2)
    DARKENED[how](mine.page)
    mine.join()
    for path in (f"{HERE}/me/card", f"{HERE}/together"):
        mine.open(path)
        if path.endswith("together"):
            mine.open(f"{HERE}/together/share-a-bench")
            mine.tap("[data-part=without]")
            mine.page.wait_for_url(re.compile(r"/e/\w{26}(#said)?$"))
        drawn = mine.page.locator("svg.buurt-qr").filter(visible=True)
        assert drawn.count() > 0
        for each in drawn.all():
            assert len(read(each.screenshot())) == 1

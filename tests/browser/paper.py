"""What comes out of the printer: Chromium's PDF of a page, and what a camera reads on it."""

import pypdfium2
import zxingcpp
from playwright.sync_api import Page

DOTS = 200  # per inch
MM = 25.4 / 72  # of a point


def printed(page: Page) -> pypdfium2.PdfDocument:
    """The page as the browser prints it."""
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))


def size_of(page: pypdfium2.PdfPage) -> tuple[int, ...]:
    """Width and height in mm."""
    return tuple(round(side * MM) for side in page.get_size())


def text_of(page: pypdfium2.PdfPage, left: float = 0, right: float = 1000, above: float = 0) -> str:
    """What stands between two distances from the left, and above one from below, in mm."""
    found = page.get_textpage().get_text_bounded(left=left / MM, right=right / MM, bottom=above / MM)
    return " ".join(found.replace("\u00a0", " ").split())


def codes_of(page: pypdfium2.PdfPage, left: float = 0, right: float = 1000, grey: bool = False) -> list[str]:
    """What a camera reads there, from above down. Each code is 3 cm or more, at level Q. `grey`: without colours."""
    picture = page.render(scale=DOTS / 72, grayscale=grey).to_pil()
    piece = picture.crop((round(left * DOTS / 25.4), 0, min(picture.width, round(right * DOTS / 25.4)), picture.height))
    found = sorted(zxingcpp.read_barcodes(piece), key=lambda code: code.position.top_left.y)
    for code in found:
        assert "Q" in str(code.ec_level)
        assert (code.position.top_right.x - code.position.top_left.x) / DOTS * 25.4 >= 30
    return [code.text for code in found]

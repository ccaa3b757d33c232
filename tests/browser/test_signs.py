"""The signs as paper: Chromium prints them to PDF, and every code on them is read back."""

from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from playwright.sync_api import Browser

from core import codes
from core.database import db, writing
from core.places import plates, service
from tests import make

pytestmark = pytest.mark.browser

HOST = "https://buurtspoor.example"
DOTS = 150  # per inch
MM = 25.4 / 72  # of a point
MARGIN = 8  # mm: nothing stands closer to the edge
NAMES = [
    "Slagerij Kuiper",
    "De Kanterbrug",
    "Het plein voor het oude badhuis aan de Zeepziedersstraat bij de hoge kastanjebo",
    "Hottentottententententoonstellingsterrein",
    "مقهى الحي",
]


@dataclass(frozen=True)
class Paper:
    """The printed sheet: its PDF, and what each page should lead to, in any order."""

    pdf: pypdfium2.PdfDocument
    wanted: dict[str, tuple[str, str]]  # address → name, letters


@pytest.fixture
def paper(app: Flask, clock: object, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The file that the command writes, printed."""
    monkeypatch.setitem(app.config, "BUURT", replace(app.config["BUURT"], public_url=HOST))
    with app.app_context():
        make.world()
        with writing():
            here = make.neighbourhood("de-kanterhoek")
            for number, name in enumerate(NAMES):
                spot = make.spot(here, f"spot-{number}", name=name, street="Zeepziedersstraat")
                db.session.add(spot)
                service.put_up(spot)
        hanging = plates.in_use(here.id)
        wanted = {f"{HOST}/q/{plates.code_of(one)}": (one.spot.name, codes.spaced(one.letters)) for one in hanging}
        db.session.remove()
    file = tmp_path / "plates.html"
    said = app.test_cli_runner().invoke(args=["plates", "sheet", "de-kanterhoek", str(file)])
    assert said.exit_code == 0, said.output
    return Paper(_printed(browser, file), wanted)


def _printed(browser: Browser, file: Path) -> pypdfium2.PdfDocument:
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate("() => document.fonts.ready.then(() => true)")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    return pypdfium2.PdfDocument(printed)


def test_every_sign_is_one_page_of_a4_with_a_code_that_leads_to_its_spot(paper: Paper):
    assert len(paper.pdf) == len(NAMES)
    seen = {}
    for page in paper.pdf:
        assert [round(side * MM) for side in page.get_size()] == [210, 297]
        (code,) = zxingcpp.read_barcodes(page.render(scale=DOTS / 72).to_pil())
        seen[code.text] = page.get_textpage().get_text_bounded()
        assert "Q" in str(code.ec_level)
        across = code.position.top_right.x - code.position.top_left.x
        assert 30 <= across / DOTS * 25.4 <= 96
    assert set(seen) == set(paper.wanted)
    for address, (_name, letters) in paper.wanted.items():
        assert "".join(letters.split()) in "".join(seen[address].split())  # a reader of PDF guesses at spaces


def test_every_sign_names_its_place_and_says_what_we_never_ask(paper: Paper):
    said = [" ".join(page.get_textpage().get_text_bounded().split()) for page in paper.pdf]
    for text in said:
        assert "nooit om geld of een wachtwoord" in text
        assert "buurtspoor.example/q" in text
    for name in NAMES[:2]:
        assert any(name in text for text in said)


def test_nothing_is_cut_off_or_closer_than_8_mm_to_the_edge(paper: Paper):
    for page in paper.pdf:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = (side * MM for side in text.get_rect(index))
            assert min(left, bottom, width * MM - right, height * MM - top) >= MARGIN


def test_a_code_is_read_in_grey_and_at_a5_too(paper: Paper):
    grey = paper.pdf[0].render(scale=0.7 * DOTS / 72, grayscale=True).to_pil()
    (code,) = zxingcpp.read_barcodes(grey)
    assert code.text in paper.wanted

"""All that is printed, as paper: Chromium makes a PDF of each page, and every code on it is read back."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from core.codes import LETTERS, PROOF
from core.places.hours import DAYS
from tests.browser.paper import MM, codes_of, printed, size_of, text_of
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command

pytestmark = pytest.mark.browser

MARGIN = 8  # mm
A4, A4_ON_ITS_SIDE, A3 = (210, 297), (297, 210), (297, 420)
SIX = re.compile(rf"(?<![\w.:])(?:[{LETTERS}] ?){{5}}[{LETTERS}](?!\w)")  # a PDF may hold wide letters apart
LONG_NAMES = ("Allerlangste Wandelstok", "Vriendelijke Regenjassen")
NAMES = {"nl": ("Hoge Brug", "Wilde Kastanjebomenlaan", "مقهى الحي"), "yi": ("Lage Brug", "Tamme Kastanjebomenlaan")}
LONG = "Wijkgezondheidscentrumvoorzieningengebouw aan de Oude Kastanjebomenlaan te Lombok"[:80]
EACH_DAY = {day: [["09:00", f"12:{ten}0"], ["13:30", f"17:{ten}0"]] for ten, day in enumerate(DAYS[:6])} | {
    DAYS[6]: [["10:00", "12:00"], ["14:00", "16:00"]]
}
TOO_SMALL = """(least) => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const { parentElement: parent, textContent } = walker.currentNode
    const points = parseFloat(getComputedStyle(parent).fontSize) * 0.75
    const isShown = textContent.trim() && parent.checkVisibility() && !parent.closest('.buurt-visually-hidden')
    if (isShown && points < least - 0.01) found.push(`${points} pt: ${textContent.trim()}`)
  }
  return found
}"""
CUT_OFF = """() => Array.from(document.querySelectorAll('.buurt-sheet, .buurt-papercard > section'))
  .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
  .map((each) => `${each.className}: ${each.scrollHeight} of ${each.clientHeight}`)"""


@dataclass(frozen=True)
class Paper:
    """A page of ours that is printed: its size in mm, where it is cut, and the smallest letters on it."""

    path: str
    size: tuple[int, int]
    cut_at: tuple[float, ...] = ()  # mm from the left
    points: float = 9.5


PAPERS = {
    "signs": Paper("print/plates", A4),
    "small signs": Paper("print/signs", A4_ON_ITS_SIDE, (148.5,)),
    "cards": Paper("print/cards", A4, (105,)),
    "all for the street": Paper("print/street", A4),
    "letter": Paper("print/letter", A4),
    "large letter": Paper("print/letter?large=1", A4, points=16),
    "poster": Paper("print/poster", A4),
    "large poster": Paper("print/poster?paper=a3", A3, points=13),
}


@pytest.fixture(scope="module")
def maker(browser: Browser, site_served: Site) -> Iterator[Phone]:
    """Somebody who may print, at a laptop."""
    laptop = Phone(browser, site_served, width=1000)
    laptop.page.goto(command(site_served, "staff", "invite", "kanterhoek", "maker").strip())
    laptop.page.locator("#login").fill("maker")
    laptop.page.locator("#password").fill("negen natte schoenen")
    laptop.tap("button[form=invited]")
    laptop.page.wait_for_url(re.compile("/staff/(#said)?$"))
    yield laptop
    laptop.close()


def read(maker: Phone, lang: str) -> None:
    """Choose a language."""
    maker.context.add_cookies([{"name": "lang", "value": lang, "url": maker.site.url}])


def lay_out(maker: Phone, name: str, lang: str, names: tuple[str, ...] = ()) -> None:
    """Open the page that is printed; for cards, make some of these names, or of our own."""
    read(maker, lang)
    assert maker.open(f"{HERE}/{PAPERS[name].path}") == 200
    if name == "cards":
        ask_for_cards(maker, *(names or NAMES[lang]))
    maker.page.evaluate("() => document.fonts.ready.then(() => true)")


def ask_for_cards(maker: Phone, *names: str) -> None:
    maker.page.locator("#names").fill("\n".join(names))
    maker.page.locator("input[name=age][value=adult]").check()
    maker.page.locator("button[form=cards]").click()
    expect(maker.page.locator(".buurt-papercard")).to_have_count(len(names))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("lang", ["nl", "yi"])
def test_it_fits_its_paper_with_8_mm_around_and_letters_that_can_be_read(maker: Phone, lang: str, name: str):
    paper = PAPERS[name]
    lay_out(maker, name, lang)
    maker.page.emulate_media(media="print")
    assert maker.page.evaluate(TOO_SMALL, paper.points) == []
    assert maker.page.evaluate(CUT_OFF) == []
    maker.page.emulate_media(media="null")
    document = printed(maker.page)
    for page in document:
        assert size_of(page) == paper.size
        assert nearest_to_an_edge(page, paper) >= MARGIN - 0.2
        assert codes_of(page)
        if lang == "nl":
            assert re.search("nooit om geld of een wachtwoord|never ask for money or a password", text_of(page))


@pytest.fixture
def long_names(site_served: Site) -> Iterator[None]:
    """Names and streets that are as long as their fields, and a house with other hours each day."""
    spots = site_served.rows("SELECT name, street, hours, id FROM spot")
    ((slug, name),) = site_served.rows("SELECT slug, name FROM neighbourhood WHERE slug = 'kanterhoek'")
    site_served.change("UPDATE neighbourhood SET name = ? WHERE slug = ?", LONG, slug)
    site_served.change("UPDATE spot SET name = ?, street = ?", LONG, LONG)
    site_served.change("UPDATE spot SET hours = ? WHERE kind = 'hq'", json.dumps(EACH_DAY))
    yield
    for row in spots:
        site_served.change("UPDATE spot SET name = ?, street = ?, hours = ? WHERE id = ?", *row)
    site_served.change("UPDATE neighbourhood SET name = ? WHERE slug = ?", name, slug)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.usefixtures("long_names")
def test_it_fits_its_paper_with_the_longest_names_too(maker: Phone, name: str):
    paper = PAPERS[name]
    lay_out(maker, name, "nl", LONG_NAMES)
    maker.page.emulate_media(media="print")
    assert maker.page.evaluate(CUT_OFF) == []
    assert maker.page.evaluate(TOO_SMALL, paper.points) == []
    maker.page.emulate_media(media="null")
    for page in printed(maker.page):
        assert nearest_to_an_edge(page, paper) >= MARGIN - 0.2
        assert re.search("nooit om geld of een wachtwoord|never ask for money or a password", text_of(page))


def nearest_to_an_edge(page: pypdfium2.PdfPage, paper: Paper) -> float:
    """How close a text comes to an edge of the paper, or to where it is cut, in mm."""
    width, height = (side * MM for side in page.get_size())
    text, nearest = page.get_textpage(), [width]
    for index in range(text.count_rects()):
        left, bottom, right, top = (side * MM for side in text.get_rect(index))
        nearest += [left, bottom, width - right, height - top]
        nearest += [min(abs(cut - left), abs(cut - right)) for cut in paper.cut_at]
        nearest += [0 for cut in paper.cut_at if left < cut < right]
    return min(nearest)


def test_how_many_pages_the_overview_says_is_how_many_come_out(maker: Phone, site_served: Site):
    ((plates,),) = site_served.rows(
        "SELECT count(*) FROM plate JOIN spot ON spot.id = spot_id JOIN neighbourhood ON neighbourhood.id ="
        " neighbourhood_id WHERE slug = 'kanterhoek' AND withdrawn_on IS NULL AND removed_at IS NULL"
    )
    read(maker, "nl")
    maker.open(f"{HERE}/print/")
    said = [int(number) for number in re.findall(r"· (\d+) blad", maker.text())]
    come_out = []
    for name in ("all for the street", "signs", "small signs", "letter", "large letter", "poster"):
        lay_out(maker, name, "nl")
        come_out.append(len(printed(maker.page)))
    assert said == come_out
    assert come_out[:3] == [plates + 2, plates, (plates + 1) // 2]


@pytest.mark.parametrize(("name", "path"), [("letter", "/join"), ("large letter", "/join"), ("poster", "/")])
def test_the_code_of_a_letter_and_a_poster_is_the_address_in_letters_beside_it(maker: Phone, name: str, path: str):
    lay_out(maker, name, "nl")
    address = f"{maker.site.url}{HERE}{path}"
    typed = set(maker.page.locator("[class$=__address]").all_inner_texts())
    assert typed == {address.partition("://")[2]}
    for page in printed(maker.page):
        assert codes_of(page) == [address]
        assert address.partition("://")[2] in text_of(page).replace(" ", "")
    assert maker.context.request.get(address).ok


def test_the_code_of_a_small_sign_leads_where_its_letters_lead(maker: Phone):
    lay_out(maker, "small signs", "nl")
    found = 0
    for page in printed(maker.page):
        for left, right in ((0, 148.5), (148.5, 297)):
            codes = codes_of(page, left, right)
            letters = [six.replace(" ", "") for six in SIX.findall(text_of(page, left, right))]
            assert len(codes) == len(letters)
            for code, six in zip(codes, letters, strict=True):
                by_letters = maker.context.request.post(f"{maker.site.url}/q/", form={"code": six})
                assert by_letters.url == code
                found += 1
    assert found > 3


def test_a_paper_card_has_its_letters_on_the_face_and_its_secret_under_the_fold(maker: Phone):
    read(maker, "nl")
    maker.open(f"{HERE}/print/cards")
    names = ("Oude Molen", "Nieuwe Molen", "Derde Molen")
    ask_for_cards(maker, *names)
    document = printed(maker.page)
    assert len(document) == 2
    for number, name in enumerate(names):
        page, left = document[number // 2], number % 2 * 105
        face, back = codes_of(page, left, left + 105)
        text, above_the_fold = text_of(page, left, left + 105), text_of(page, left, left + 105, 297 - 148.5)
        assert text.count(name) == 2  # on both sides of the fold, so that no two cards can be swapped
        letters = SIX.search(above_the_fold)[0].replace(" ", "")
        assert face[:-PROOF] == f"{maker.site.url}{HERE}/with/{letters}"
        address, _, secret = back.partition("#")
        assert address == f"{maker.site.url}{HERE}/back"
        assert secret in text.replace(" ", "")
        assert secret[:5] not in above_the_fold


def test_a_secret_printed_for_somebody_brings_them_to_a_phone(maker: Phone, phone: Callable[..., Phone]):
    read(maker, "nl")
    maker.open(f"{HERE}/print/cards")
    ask_for_cards(maker, "Zachte Wind")
    _face, back = codes_of(printed(maker.page)[0])
    theirs = phone()
    theirs.open(urlsplit(back)._replace(scheme="", netloc="").geturl())
    with theirs.page.expect_navigation():
        theirs.tap("button[form=back]")
    assert theirs.path == f"{HERE}/me"
    assert theirs.text("h1") == "Zachte Wind"


def test_the_button_prints_and_is_not_there_without_scripts(maker: Phone, phone: Callable[..., Phone]):
    lay_out(maker, "letter", "nl")
    maker.page.evaluate("() => { globalThis.print = () => { document.title = 'printed' } }")
    maker.page.locator("print-page button").click()
    assert maker.page.title() == "printed"
    maker.page.emulate_media(media="print")
    expect(maker.page.locator(".buurt-printbar")).to_be_hidden()
    maker.page.emulate_media(media="null")
    plain = phone(scripts=False, storage_state=maker.context.storage_state())
    plain.open(f"{HERE}/print/letter")
    expect(plain.page.locator(".buurt-printbar")).to_contain_text("zonder marges")
    expect(plain.page.locator("print-page button")).to_be_hidden()

"""A phone is stolen: with the card another one takes over and the old one is out. And the card on paper."""

import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

DOTS = 200  # per inch
MM = 25.4 / 72  # of a point
MARGIN = 8  # mm


def issue(phone: Phone) -> str:
    """Make a way back in on one's own card; gives the 26 letters on the screen."""
    phone.open(f"{HERE}/me/card")
    fold = phone.page.locator("details:has(form[action$='/me/card'])")
    if fold.get_attribute("open") is None:
        phone.tap("details:has(form[action$='/me/card']) > summary")
    phone.tap("form[action$='/me/card'] button")
    expect(phone.page.locator(".buurt-playercard")).to_have_count(2)
    return phone.text(".buurt-playercard__secret").replace(" ", "")


def scanned(phone: Phone, number: int) -> str:
    """What a camera reads from the n-th code on the screen."""
    picture = phone.page.locator(".buurt-playercard__qr").nth(number).screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    return str(code.text)


def test_a_stolen_phone_the_card_makes_another_one_theirs_and_the_old_one_a_visitor(
    phone: Callable[..., Phone], site_served: Site
):
    stolen, new = phone(), phone()
    name = stolen.join()
    secret = issue(stolen)
    address = scanned(stolen, 1)
    assert address == f"{site_served.url}{HERE}/back#{secret}"

    asked: list[str] = []
    new.context.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    new.open(urlsplit(address)._replace(scheme="", netloc="").geturl())
    expect(new.page.locator("input[name=code]")).to_be_hidden()
    assert secret not in new.page.url
    assert new.page.locator("input[name=others][value=end]").is_checked()
    with new.page.expect_navigation():
        new.tap("button[form=back]")
    assert new.path == f"{HERE}/me"
    assert new.text("h1") == name
    assert not any(secret in one for one in asked)
    assert secret not in (site_served.folder / "said.txt").read_text(errors="replace")

    stolen.open(f"{HERE}/me")
    assert stolen.path == f"{HERE}/join"
    new.open(f"{HERE}/me/phones")
    assert new.page.locator("main li").count() == 1


def test_a_mailed_link_whose_hash_became_a_percent_sign_is_read_and_wiped_like_any_other(phone: Callable[..., Phone]):
    mine, new = phone(), phone()
    name, secret = mine.join(), issue(mine)
    new.open(f"{HERE}/back%23{secret}")
    expect(new.page.locator("[data-part=read]")).to_be_visible()
    assert new.page.url.endswith(f"{HERE}/back")
    with new.page.expect_navigation():
        new.tap("button[form=back]")
    assert new.text("h1") == name


def test_a_card_issued_again_kills_the_old_one_and_the_new_one_works_typed_without_scripts(
    phone: Callable[..., Phone],
):
    mine, new = phone(), phone(scripts=False)
    name = mine.join()
    old = issue(mine)
    fresh = issue(mine)
    new.expect_refusals(404, 422)
    new.open(f"{HERE}/back")
    new.page.locator("input[name=code]").fill(old)
    new.tap("button[form=back]")
    expect(new.page.locator("main")).to_contain_text("Deze code kennen we niet")
    new.open(f"{HERE}/back")
    new.page.locator("input[name=code]").fill(" ".join(fresh.lower().replace("0", "o").replace("1", "l")))
    new.page.locator("input[name=others][value=stay]").check()
    new.tap("button[form=back]")
    new.page.wait_for_url(f"**{HERE}/me*")
    assert new.text("h1") == name
    mine.open(f"{HERE}/me/phones")
    with mine.page.expect_navigation():
        mine.tap("button[name=which][value=others]")
    new.open(f"{HERE}/me")
    assert new.path == f"{HERE}/join"


def test_scanning_the_face_of_a_card_leads_to_a_photo_together_with_the_letters_filled_in(
    phone: Callable[..., Phone], site_served: Site
):
    amina, bram = phone(), phone()
    name = amina.join()
    bram.join()
    amina.open(f"{HERE}/me/card")
    address = scanned(amina, 0)
    assert address.startswith(f"{site_served.url}{HERE}/with/")
    bram.open(urlsplit(address).path)
    expect(bram.page.locator("h1")).to_contain_text(name)
    bram.tap("main a[href*='/together/']")
    expect(bram.page.locator("input[name=tag]")).to_have_value(re.search("/with/([A-Z2-9]{6})", address)[1])


def test_the_card_on_paper_is_a6_readable_and_keeps_its_distance_from_the_edge(
    phone: Callable[..., Phone], site_served: Site
):
    mine = phone()
    mine.join()
    secret = issue(mine)
    mine.page.evaluate("() => document.fonts.ready.then(() => true)")
    paper = pypdfium2.PdfDocument(mine.page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(paper) == 2
    addresses = []
    for page in paper:
        assert [round(side * MM) for side in page.get_size()] == [148, 105]
        (code,) = zxingcpp.read_barcodes(page.render(scale=DOTS / 72).to_pil())
        assert "Q" in str(code.ec_level)
        assert (code.position.top_right.x - code.position.top_left.x) / DOTS * 25.4 >= 30
        addresses.append(code.text)
        text = page.get_textpage()
        assert "nooit om geld of een wachtwoord" in " ".join(text.get_text_bounded().split())
        width, height = (side * MM for side in page.get_size())
        for index in range(text.count_rects()):
            left, bottom, right, top = (side * MM for side in text.get_rect(index))
            assert min(left, bottom, width - right, height - top) >= MARGIN - 0.2
    face, inside = (" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    assert addresses[0].startswith(f"{site_served.url}{HERE}/with/")
    assert addresses[1] == f"{site_served.url}{HERE}/back#{secret}"
    assert secret in inside.replace(" ", "")
    assert secret not in face.replace(" ", "")

"""An editor clears fifty things on a phone of 360 px, and by keys alone; blurs, undoes, and meets another editor."""

import contextlib
import io
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

import game
import tours
from core import create_app
from core.database import db, writing
from core.demo import kieken
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import WEB
from core.photos.prepare import Prepared
from core.storage import storage
from game.encounters import service as meeting
from tests import make
from tests.browser.phones import HEIGHT, HERE, Phone
from tests.browser.serving import Site, serving
from tests.browser.test_brush import detail, rub
from tests.browser.test_everyone import become_staff, begin_second_lock
from tests.browser.test_withdrawal import allow, met

pytestmark = pytest.mark.browser

DESK = f"{HERE}/desk/"
MANY = 50
SIZES = {"large": (1200, 900), "medium": (1000, 750), "small": (320, 240)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: these tests fill and empty its desk."""
    with serving(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture(scope="module")
def inside(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The same site from within, to lay photos on its desk through the services."""
    settings = {"database_url": f"sqlite:///{site.database}", "media": str(site.folder / "media"),
                "queue_url": f"sqlite:///{tmp_path_factory.mktemp('queue') / 'queue.db'}", "secret": "x",
                "limits": False, "testing": True}  # fmt: skip
    app = create_app((game, tours), settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo in three sizes, as it is kept."""
    folder, drawn = tmp_path_factory.mktemp("kiek"), Image.open(io.BytesIO(kieken.draw(12)))
    for name, size in SIZES.items():
        drawn.resize(size).save(folder / f"{name}.webp", "WEBP", quality=70)
    return folder


@pytest.fixture(scope="module")
def editors(browser: Browser, site: Site) -> Iterator[list[Phone]]:
    """Two phones of editors."""
    team = [Phone(browser, site), Phone(browser, site)]
    for phone, role in zip(team, ("coordinator", "editor"), strict=True):
        become_staff(site, phone, role)
        begin_second_lock(phone)
        phone.expect_refusals(409)
    yield team
    for phone in team:
        phone.close()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Callable[..., Phone]]:
    """phone(): a new phone on the site of these tests."""
    with contextlib.ExitStack() as drawer:

        def take(**more: object) -> Phone:
            taken = Phone(browser, site, **more)
            drawer.callback(taken.close)
            return taken

        yield take


@pytest.fixture
def lay(inside: Flask, sizes: Path) -> Callable[[int], None]:
    """lay(50): so many photos of two others wait at the desk."""

    def photo(count: int) -> None:
        with inside.app_context(), writing():
            for _each in range(count):
                _one_more(sizes)

    return photo


def _one_more(sizes: Path) -> None:
    here = neighbourhoods.by_slug("kanterhoek")
    assert here
    found = db.session.scalars(select(Person).where(Person.neighbourhood_id == here.id).order_by(Person.id).limit(2))
    one, other = found.unique()
    folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
    shutil.copytree(sizes, folder, dirs_exist_ok=True)
    prepared = Prepared(folder, *SIZES["large"], sha256=folder.name[-8:].ljust(64, "0"))
    challenge = make.challenge(here, f"desk-{folder.name[-8:]}".lower().replace("_", "-"))
    handed_in = meeting.hand_in(one, challenge, prepared, folder.name[-8:], other)
    meeting.agree(handed_in.id, other, with_photo=True)
    for person in (one, other):
        photos.choose(handed_in.photos[0], person.player_key, (WEB,))


def waiting(phone: Phone) -> int:
    """How many wait, as the page says."""
    said = phone.text(".buurt-desk__count")
    return int(said.split()[0]) if said[0].isdigit() else 0


def clear_all(phone: Phone) -> None:
    phone.open(DESK)
    while waiting(phone):
        with phone.page.expect_navigation():
            phone.page.locator("button[value=good]").click()


def fits(phone: Phone) -> bool:
    """Picture and the answers good and blur lie on the screen together, without scrolling."""
    phone.page.locator(".buurt-desk__item img").evaluate("image => image.decode()")
    boxes = [phone.page.locator(part).bounding_box() for part in (".buurt-desk__item img", "button[value=good]")]
    boxes.append(phone.page.locator("desk-blur button").bounding_box())
    scrolled = phone.page.evaluate("() => scrollY")
    return not scrolled and all(box and box["y"] >= 0 and box["y"] + box["height"] <= HEIGHT for box in boxes)


def focus(phone: Phone) -> str:
    return str(phone.page.evaluate("() => document.activeElement.id || document.activeElement.localName"))


def test_fifty_photos_are_cleared_by_thumb_at_360_px_with_one_tap_each(
    editors: list[Phone], lay: Callable[[int], None]
):
    editor = editors[0]
    clear_all(editor)  # what the demo laid there
    lay(MANY)
    editor.open(DESK)
    before, began = editor.taps, time.monotonic()
    for left in range(MANY, 0, -1):
        assert waiting(editor) == left
        assert left < MANY - 1 or fits(editor), "also with the way to undo above it"
        with editor.page.expect_navigation():
            editor.tap("button[value=good]")
    print(f"{MANY} by thumb: {(editor.taps - before) / MANY} taps each, {time.monotonic() - began:.0f} s by machine")
    assert editor.taps - before == MANY
    assert "Er wacht niets" in editor.text()
    with editor.page.expect_navigation():
        editor.tap("undo-moment button")
    assert waiting(editor) == 1
    assert focus(editor) == "item"
    clear_all(editor)


def test_fifty_photos_are_cleared_by_keys_alone(editors: list[Phone], lay: Callable[[int], None]):
    editor, keys = editors[0], 0
    clear_all(editor)
    lay(MANY)
    editor.open(DESK)
    answers = ["1", "45", "1", "1", "32"] * (MANY // 5)
    for left, answer in zip(range(MANY, 0, -1), answers, strict=True):
        assert waiting(editor) == left
        if left < MANY:
            assert focus(editor) == "item", "who uses keys or a screen reader goes on where the next one begins"
            said = editor.page.locator(".buurt-desk [data-part=said]")
            assert f"nog {left}" in str(said.get_attribute("data-say"))
        if left == MANY - 1:
            expect(said).to_have_text(str(said.get_attribute("data-say")))
        with editor.page.expect_navigation():
            for key in answer:
                editor.page.keyboard.press(key)
        keys += len(answer)
    print(f"{MANY} by keys: {keys / MANY} keys each")
    assert "Er wacht niets" in editor.text()
    with editor.page.expect_navigation():
        editor.page.keyboard.press("0")
    assert waiting(editor) == 1
    editor.page.keyboard.press("3")
    assert editor.page.evaluate("() => document.activeElement.value") == "recognisable"
    editor.page.keyboard.press("Escape")
    assert focus(editor) == "summary"
    expect(editor.page.locator("details[open]")).to_have_count(0)
    clear_all(editor)


def test_back_with_a_reason_takes_two_taps(editors: list[Phone], lay: Callable[[int], None]):
    editor = editors[0]
    clear_all(editor)
    lay(1)
    editor.open(DESK)
    before = editor.taps
    editor.tap("details[data-key='3'] summary")
    with editor.page.expect_navigation():
        editor.tap("details[data-key='3'] button[value=unclear]")
    assert editor.taps - before == 2
    assert "Er wacht niets" in editor.text()


def test_who_turned_the_keys_off_presses_nothing_by_a_key(editors: list[Phone], lay: Callable[[int], None]):
    editor = editors[0]
    clear_all(editor)
    lay(1)
    editor.open(DESK)
    editor.page.evaluate("() => localStorage.setItem('desk-keys-off', 'yes')")
    editor.open(DESK)
    editor.page.keyboard.press("1")
    assert waiting(editor) == 1
    editor.page.evaluate("() => localStorage.removeItem('desk-keys-off')")
    clear_all(editor)


def test_without_scripts_each_answer_works_and_the_brush_is_not_offered(
    editors: list[Phone], lay: Callable[[int], None], phone: Callable[..., Phone]
):
    clear_all(editors[0])
    lay(2)
    plain = phone(scripts=False)
    plain.context.add_cookies(editors[0].context.cookies())
    plain.open(DESK)
    assert not plain.page.locator("desk-blur").is_visible()
    assert not plain.page.locator(".buurt-desk__shortcuts").is_visible()
    plain.tap("details[data-key='4'] summary")
    with plain.page.expect_navigation():
        plain.tap("details[data-key='4'] button[value=hurtful]")
    assert waiting(plain) == 1
    assert focus_without_scripts(plain)
    with plain.page.expect_navigation():
        plain.tap("button[value=good]")
    assert "Er wacht niets" in plain.text()


def focus_without_scripts(phone: Phone) -> bool:
    return phone.page.locator("#item").get_attribute("autofocus") is not None


def test_of_two_editors_at_the_same_photo_the_second_reads_that_it_was_decided(
    editors: list[Phone], lay: Callable[[int], None]
):
    first, second = editors
    clear_all(first)
    lay(1)
    for each in editors:
        each.open(DESK)
        assert waiting(each) == 1
    for each in editors:
        with each.page.expect_navigation():
            each.tap("button[value=good]")
    assert "Er wacht niets" in first.text()
    assert "Iemand anders besliste hier net over." in second.text()


def test_a_blurred_photo_takes_its_place_in_the_album_is_told_appealed_and_undone(
    editors: list[Phone], phone: Callable[..., Phone], large_photo: Path
):
    first, second = editors
    clear_all(first)
    one, other = phone(), phone()
    met(one, other, large_photo)
    allow(one, "public web")
    allow(other, "public web")
    key = other.page.locator("[data-kiek]").first.get_attribute("data-kiek")
    first.open(DESK)
    first.tap("desk-blur button")
    expect(first.page.locator("photo-brush canvas")).to_be_focused()
    expect(first.page.locator("[data-brush=left]")).to_have_count(0)
    first.tap("[data-brush=larger]")
    rub(first, (0.15, 0.2), (0.35, 0.2), (0.35, 0.4), (0.15, 0.4), (0.15, 0.3), (0.35, 0.3))
    with first.page.expect_navigation():
        first.tap("[data-brush=done]")
    assert "Er wacht niets" in first.text()

    one.open(f"{HERE}/album")
    made = one.page.locator("[data-kiek]").get_attribute("data-kiek")
    assert made != key
    one.expect_refusals(404)
    assert {one.status_of(f"{one.site.url}{HERE}/photos/{key}/{size}.webp") for size in SIZES} == {404}
    answer = one.context.request.get(f"{one.site.url}{HERE}/photos/{made}/large.webp")
    seen = Image.open(io.BytesIO(answer.body())).convert("RGB")
    assert seen.size == (2000, 1500)
    assert detail(seen, 0.15, 0.2, 0.35, 0.4) < 4
    assert detail(seen, 0.55, 0.1, 0.95, 0.9) > 12

    one.open(f"{HERE}/desk/answers")
    assert "Een redacteur maakte een deel onherkenbaar." in one.text()
    first.page.reload()  # the ten seconds may be over on a slow machine
    with first.page.expect_navigation():
        first.tap("undo-moment button")
    assert waiting(first) == 1
    one.open(f"{HERE}/album")
    assert one.page.locator("[data-kiek]").get_attribute("data-kiek") == key

    first.page.keyboard.press("2")
    expect(first.page.locator("photo-brush canvas")).to_be_focused()
    for key_pressed in ("ArrowLeft", "ArrowUp", " "):
        first.page.keyboard.press(key_pressed)
    with first.page.expect_navigation():
        first.tap("[data-brush=done]")
    one.open(f"{HERE}/desk/answers")
    one.tap("form[action$='/appeal'] button")
    expect(one.page.locator("main")).to_contain_text("Je vroeg het aan een andere redacteur.")
    first.open(DESK)
    assert waiting(first) == 0, "not the same editor"
    second.open(DESK)
    assert waiting(second) == 1
    assert "andere redacteur" in second.text(".buurt-desk__item")
    clear_all(second)


def test_a_picture_that_the_browser_cannot_read_is_no_lack_of_network(editors: list[Phone], lay: Callable[[int], None]):
    editor = editors[0]
    clear_all(editor)
    lay(1)
    editor.open(DESK)
    picture = editor.page.locator("desk-blur").get_attribute("data-picture")
    editor.page.route(f"**{picture}", lambda route: route.fulfill(body=b"no picture", content_type="image/webp"))
    editor.tap("desk-blur button")
    expect(editor.page.locator("desk-blur [role=alert]")).to_have_text(
        "Deze browser kan de foto niet lezen. Probeer het in een andere browser."
    )
    editor.page.unroute(f"**{picture}")
    editor.tap("desk-blur button")
    expect(editor.page.locator("photo-brush canvas")).to_be_focused()
    editor.tap("[data-brush=leave]")
    clear_all(editor)


def test_a_blur_without_network_is_not_lost(editors: list[Phone], lay: Callable[[int], None]):
    editor = editors[0]
    clear_all(editor)
    lay(1)
    editor.open(DESK)
    editor.expected.append("net::ERR_FAILED")
    editor.tap("desk-blur button")
    expect(editor.page.locator("photo-brush canvas")).to_be_focused()
    editor.page.keyboard.press(" ")
    editor.page.route(re.compile(r"/blur$"), lambda route: route.abort())
    editor.tap("[data-brush=done]")
    expect(editor.page.locator("desk-blur [role=alert]")).to_contain_text("Geen internet")
    editor.page.unroute(re.compile(r"/blur$"))
    with editor.page.expect_navigation():
        editor.tap("desk-blur button")
    assert "Er wacht niets" in editor.text()

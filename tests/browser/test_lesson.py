"""A whole lesson: a teacher with six crews, of which one is offline, one loses its tablet and one walks with paper.

And the path of a crew in a browser that keeps nothing, without JavaScript and with.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Playwright, expect

from tests import chromium
from tests.browser.paper import codes_of, printed, size_of, text_of
from tests.browser.phones import ARGUMENTS, HEIGHT, HERE, PATIENCE, WIDTH, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff, open_folds
from tests.browser.test_offline import nothing_waits
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser
Take = Callable[..., Phone]
TITLE = "Hoe klonk de straat?"
PAPER, SCREEN = "Eenden", ("Reigers", "Egels", "Vossen", "Hazen", "Kikkers")
HALF_A_MINUTE = 31_000  # milliseconds: how often a tablet asks what its teacher said
QUEUE = "Ik bewaar de rij bij Kuiper."


@pytest.fixture
def teacher(phone: Take, site_served: Site) -> Phone:
    """A laptop with a teacher who was invited."""
    laptop = phone(width=1024)
    laptop.join()
    become_staff(site_served, laptop, "teacher")
    return laptop


def begun(teacher: Phone, crews: int) -> str:
    """A class of today, opened from the page of its lesson; its six letters."""
    teacher.open(f"{HERE}/lessons/hoe-klonk-de-straat")
    teacher.tap("a[href*='/staff/classes?plan=']")
    teacher.page.locator("#crews").select_option(str(crews))
    teacher.page.locator("#newsrooms").select_option("1")
    teacher.tap("form[action$='/staff/classes'] button")
    expect(teacher.page.locator("tbody tr")).to_have_count(crews)
    return teacher.text(".buurt-classcode__letters").replace(" ", "")


def join(tablet: Phone, letters: str, crew: str) -> None:
    """The six letters typed, and nothing else."""
    tablet.open(f"{HERE}/class")
    tablet.page.locator("#code").fill(f"{letters[:3]} {letters[3:].lower()}")
    tablet.tap("form[action$='/class'] button")
    expect(tablet.page.locator(".buurt-crew__name").first).to_have_text(crew)


def stop(tablet: Phone, number: int) -> None:
    """On to a stop, by the list of them."""
    tablet.open(f"{crew_page(tablet)}/{number}")
    expect(tablet.page.locator(".buurt-where")).to_contain_text(f"Halte {number} van 7")


def crew_page(tablet: Phone) -> str:
    return re.match(rf"{HERE}/class/\w+", tablet.path).group()


def fill_in(tablet: Phone, task: str, words: str, photo: Path | None = None, field: str = "words") -> Locator:
    """One task, sent; where it stands."""
    one = tablet.page.locator(f"#task-{task}")
    one.locator(f"[name={task}-{field}]").fill(words)
    if photo:
        one.locator("input[type=file]").set_input_files(photo)
    tablet.tap(f"#task-{task} form button")
    return one


def hand_in(tablet: Phone, task: str, words: str, photo: Path | None = None, field: str = "words") -> None:
    expect(fill_in(tablet, task, words, photo, field)).to_contain_text("Ingeleverd om")


def keep(tablet: Phone, task: str, words: str, photo: Path | None = None) -> None:
    expect(fill_in(tablet, task, words, photo).locator("[data-part=kept]")).to_be_visible()


def on_the_board(teacher: Phone, crew: str) -> Locator:
    return teacher.page.locator("tr", has_text=crew)


def code_in(where: Locator) -> str:
    """What a camera reads there."""
    where.scroll_into_view_if_needed()
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(where.screenshot())))
    return found.text


def test_a_whole_lesson_from_its_page_to_the_zip(phone: Take, teacher: Phone, site_served: Site, photo: Path):
    letters = begun(teacher, 6)
    board = teacher.path
    on_the_board(teacher, PAPER).locator("a").first.click()
    open_folds(teacher.page)
    teacher.tap("button[name=do][value=paper]")
    expect(teacher.page.locator("main")).to_contain_text("Dit groepje loopt met papier.")

    with Wire(site_served) as wire:
        herons, foxes, hares, frogs = phone(), phone(), phone(), phone()
        hedgehogs = phone(site=wire.site)
        hedgehogs.expected += ["net::ERR_", "Failed to load"]
        frogs.page.clock.install()
        for tablet, crew in zip((herons, hedgehogs, foxes, hares, frogs), SCREEN, strict=True):
            join(tablet, letters, crew)
        late = phone()
        late.expect_refusals(409)
        late.open(f"{HERE}/class?code={letters}")
        late.tap("form[action$='/class'] button")
        expect(late.page.locator("main")).to_contain_text("Alle groepjes zijn al onderweg.")

        stop(hedgehogs, 1)
        hand_in(hedgehogs, "stil", "7", field="number-0")
        expect(hedgehogs.page.locator("class-crew")).to_have_attribute("data-ready", "")
        wire.cut()
        walk_without_network(hedgehogs, photo)

        lose_the_tablet(phone, teacher, board, foxes, "Vossen")
        go_on_elsewhere(phone, hares)
        ask_for_help(teacher, board, frogs)
        work_through_a_pause(teacher, board, herons, frogs, photo)

        wire.mend()
        hedgehogs.page.evaluate("() => { dispatchEvent(new Event('online')) }")
        nothing_waits(hedgehogs.page)
        hedgehogs.open(f"{crew_page(hedgehogs)}/3")
        expect(hedgehogs.page.locator("#task-ijs")).to_contain_text("Ingeleverd om")

        type_in_the_sheet(teacher, board)
        end(teacher, board, hares, frogs)
        hedgehogs.open(crew_page(hedgehogs))
        expect(hedgehogs.page.locator("h1")).to_have_text("De les is voorbij")
        expect(hedgehogs.page.locator("main")).to_contain_text("Jullie leverden 4 taken in.")

    approve(teacher, board)
    look_at_the_gallery(teacher, board)
    look_into_the_zip(teacher, board)


def walk_without_network(tablet: Phone, photo: Path) -> None:
    """Three stops from what the tablet kept; the button leads on, and what is done anew there is another answer."""
    for words in ("Krak", "Krak, zei het ijs"):
        stop(tablet, 3)
        keep(tablet, "ijs", words)
    tablet.tap("form[action$='/4'] button")
    expect(tablet.page.locator(".buurt-where")).to_contain_text("Halte 4 van 7")
    keep(tablet, "was", "Flap flap", photo)
    tablet.tap("form[action$='/5'] button")
    keep(tablet, "krijt", "Eén, twee, stap")
    tablet.tap("form[action$='/help'] button")
    expect(tablet.page.locator("[data-part=away]")).to_be_visible()
    expect(tablet.page.locator("waiting-items")).to_contain_text("4 wachten nog")


def lose_the_tablet(phone: Take, teacher: Phone, board: str, lost: Phone, crew: str) -> None:
    """The teacher gives the crew another code; what was on its way goes on, and the lost tablet opens nothing."""
    lost.expect_refusals(404)
    stop(lost, 1)
    hand_in(lost, "stil", "3", field="number-1")
    teacher.open(board)
    on_the_board(teacher, crew).locator("a").first.click()
    open_folds(teacher.page)
    before = code_in(teacher.page.locator(".buurt-classcode__qr"))
    teacher.tap("button[name=do][value=secret]")
    expect(teacher.page.locator("main")).to_contain_text("De oude code opent niets meer.")
    now = code_in(teacher.page.locator(".buurt-classcode__qr"))
    assert before != now
    assert lost.open(lost.path) == 404
    assert "kennen we niet" in lost.text()
    found = phone()
    found.open(now.removeprefix(found.site.url))
    assert "Jullie zijn de Vossen" in found.text()
    assert "1 van 1 klaar" in found.text(".buurt-stops li")
    stop(found, 2)
    hand_in(found, "bewaar", QUEUE)


def go_on_elsewhere(phone: Take, tablet: Phone) -> None:
    """An empty battery: another tablet scans the code on the page of the crew itself."""
    tablet.open(crew_page(tablet))
    open_folds(tablet.page)
    fresh = phone()
    fresh.open(code_in(tablet.page.locator(".buurt-classcode__qr")).removeprefix(fresh.site.url))
    assert "Jullie zijn de Hazen" in fresh.text()
    stop(fresh, 5)
    hand_in(fresh, "krijt", "Hink stap, wie heeft het krijt?")


def ask_for_help(teacher: Phone, board: str, tablet: Phone) -> None:
    """It stands on top of the board; that the teacher comes is read on the tablet by itself."""
    stop(tablet, 6)
    with tablet.page.expect_navigation():
        tablet.tap("form[action$='/help'] button")
    teacher.open(board)
    expect(teacher.page.locator("tbody tr").first).to_contain_text("Kikkers")
    expect(teacher.page.locator("tbody tr").first).to_contain_text("Vraagt")
    with teacher.page.expect_navigation():
        teacher.tap(".is-help button")
    tablet.page.clock.run_for(HALF_A_MINUTE)
    expect(tablet.page.locator("[data-part=says]")).to_have_text("Blijf waar je bent. Ik kom eraan.")
    teacher.open(board)
    assert "Vraagt" not in teacher.text("tbody")
    with teacher.page.expect_navigation():
        teacher.tap(".buurt-board__say button[value=minutes]")
    tablet.page.clock.run_for(HALF_A_MINUTE)
    expect(tablet.page.locator("[data-part=says]")).to_have_text("Nog tien minuten.")
    with tablet.page.expect_response("**/class/*/6"):
        tablet.page.clock.run_for(HALF_A_MINUTE)
    teacher.open(board)
    assert re.search("[1-6] van 6 groepjes zagen het", teacher.text())


def work_through_a_pause(teacher: Phone, board: str, working: Phone, waiting: Phone, photo: Path) -> None:
    """Everybody reads it; what is handed in meanwhile is kept."""
    teacher.open(board)
    with teacher.page.expect_navigation():
        teacher.tap("button[name=do][value=pause]")
    waiting.page.clock.run_for(HALF_A_MINUTE)
    expect(waiting.page.locator("[data-part=rest]")).to_be_visible()
    stop(working, 4)
    expect(working.page.locator("[data-part=rest]")).to_be_visible()
    hand_in(working, "was", "Een grove tekening", photo)
    with teacher.page.expect_navigation():
        teacher.tap("button[name=do][value='go on']")
    waiting.page.clock.run_for(HALF_A_MINUTE)
    expect(waiting.page.locator("[data-part=rest]")).to_be_hidden()


def type_in_the_sheet(teacher: Phone, board: str) -> None:
    """What the crew with paper wrote, typed over on its page."""
    teacher.open(board)
    on_the_board(teacher, PAPER).locator("a").first.click()
    hand_in(teacher, "krijt", "Een, twee, hinkel mee")
    hand_in(teacher, "bewaar", "Ik bewaar het krassen van het krijt.")


def end(teacher: Phone, board: str, late: Phone, waiting: Phone) -> None:
    """Over for all, by itself; who was still at it hands in after all."""
    stop(late, 2)
    late.page.locator("[name=bewaar-words]").fill("Ik bewaar de bel van school.")
    teacher.open(board)
    with teacher.page.expect_navigation():
        teacher.tap("button[name=do][value=end]")
    waiting.page.clock.run_for(HALF_A_MINUTE)
    expect(waiting.page.locator("h1")).to_have_text("De les is voorbij")
    late.tap("#task-bewaar form button")
    expect(late.page.locator("h1")).to_have_text("De les is voorbij")
    expect(late.page.locator("main")).to_contain_text("Jullie leverden 2 taken in.")


def approve(teacher: Phone, board: str) -> None:
    """One by one; the coarse drawing goes for good."""
    teacher.open(f"{board}/work")
    works = teacher.page.locator("main article")
    expect(works).to_have_count(12)
    expect(teacher.page.locator("article", has_text="bel van school")).to_contain_text("na het einde")
    expect(teacher.page.locator("article", has_text="hinkel mee")).to_contain_text("van papier")
    teacher.open(f"{board}/gallery")
    assert "Hier hangt nog niets." in teacher.text()
    teacher.open(f"{board}/work")
    with teacher.page.expect_navigation():
        teacher.page.locator("article", has_text="Een grove tekening").locator("button[value=away]").tap()
    for left in range(11, 0, -1):
        expect(teacher.page.locator("main article button[value=show]")).to_have_count(left)
        with teacher.page.expect_navigation():
            teacher.tap("main article button[value=show]")
    expect(teacher.page.locator("main article button[value=show]")).to_have_count(0)


def look_at_the_gallery(teacher: Phone, board: str) -> None:
    """On two screens and on two sheets, each picture drawn, and the day on which all goes."""
    teacher.open(f"{board}/gallery")
    expect(teacher.page.locator(".buurt-work")).to_have_count(6)
    teacher.tap("a[href*='page=2']")
    expect(teacher.page.locator(".buurt-work")).to_have_count(5)
    teacher.open(f"{board}/gallery/print")
    assert teacher.page.locator("article img").evaluate_all("all => all.map((one) => one.naturalWidth > 99)") == [True]
    sheets = list(printed(teacher.page))
    assert [size_of(sheet) for sheet in sheets] == [(210, 297)] * 2
    said = " ".join(map(text_of, sheets))
    for words in ("Krak, zei het ijs", QUEUE, "Ik bewaar de bel van school.", "Een, twee, hinkel mee", TITLE):
        assert words in said
    assert "grove" not in said
    assert said.count("Op de site is alles van deze klas op") == 2


def look_into_the_zip(teacher: Phone, board: str) -> None:
    """All words in a text, and the picture without what a camera wrote into it."""
    teacher.open(f"{board}/gallery")
    with teacher.page.expect_download() as saved:
        teacher.tap("a[href$='/gallery.zip']")
    with zipfile.ZipFile(saved.value.path()) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    text = files.pop("gallery.txt").decode()
    assert text.count("Krak") == 2, "what was done anew is beside it"
    assert QUEUE in text
    assert "grove" not in text
    [picture] = files.values()
    with Image.open(io.BytesIO(picture)) as shown:
        assert (shown.format, dict(shown.getexif())) == ("WEBP", {})
        assert shown.width > 900


class Forgetful(Phone):
    """A browser whose owner switched cookies off: Chromium then keeps no files and no database of a site either."""

    def __init__(self, playwright: Playwright, site: Site, folder: Path, scripts: bool) -> None:
        settings = folder / "Default" / "Preferences"
        settings.parent.mkdir()
        settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
        self.site, self.trouble, self.expected, self.taps = site, [], [], 0
        self.context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium.path(), args=ARGUMENTS, base_url=site.url, locale="nl-NL",
            viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, java_script_enabled=scripts,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._watch)
        self.context.on("weberror", lambda error: self.trouble.append(f"page error: {error.error}"))
        self.page = self.context.pages[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_crew_whose_browser_keeps_nothing_does_all_of_it_by_its_own_address(
    playwright: Playwright, teacher: Phone, site_served: Site, tmp_path: Path, photo: Path, scripts: bool
):
    letters = begun(teacher, 2)
    board = teacher.path
    tablet = Forgetful(playwright, site_served, tmp_path, scripts)
    join(tablet, letters, "Reigers")
    tablet.tap(".buurt-actions a")
    hand_in(tablet, "stil", "7", field="number-0")
    with tablet.page.expect_navigation():
        tablet.tap("form[action$='/2'] button")
    hand_in(tablet, "bewaar", "Ik bewaar de stilte.")
    stop(tablet, 4)
    hand_in(tablet, "was", "Flap", photo)
    with tablet.page.expect_navigation():
        tablet.tap("form[action$='/help'] button")
    expect(tablet.page.locator("form[action$='/help'] button")).to_have_text("Wij hebben geen hulp meer nodig")
    teacher.open(board)
    expect(teacher.page.locator("tbody tr").first).to_contain_text("Reigers")
    with teacher.page.expect_navigation():
        teacher.tap(".is-help button")
    stop(tablet, 4)
    assert "Blijf waar je bent. Ik kom eraan." in tablet.text()
    tablet.page.locator("[name=wasvraag-answer-0]").fill("Op maandag")
    teacher.open(board)
    with teacher.page.expect_navigation():
        teacher.tap("button[name=do][value=end]")
    with tablet.page.expect_navigation():
        tablet.tap("#task-wasvraag form button")
    expect(tablet.page.locator("main")).to_contain_text("Jullie leverden 4 taken in.")
    teacher.open(f"{board}/work")
    expect(teacher.page.locator("main article")).to_have_count(4)
    expect(teacher.page.locator("article", has_text="Op maandag")).to_contain_text("na het einde")
    assert tablet.context.cookies() == []
    tablet.close()


def test_every_code_of_a_kit_is_read_from_grey_paper_and_three_centimetres_wide(phone: Take, site_served: Site):
    reader = phone()
    for part, sheets in (("plan", 1), ("tasks", 7), ("codes", 2)):
        reader.open(f"{HERE}/lessons/hoe-klonk-de-straat/paper?part={part}")
        paper = list(printed(reader.page))
        assert [size_of(sheet) for sheet in paper] == [(210, 297)] * len(paper), part
        found = [codes_of(sheet, grey=True) for sheet in paper]
        assert all(found), f"a sheet of {part} has no code"
        assert len(paper) >= sheets
        for address in (one for codes in found for one in codes):
            assert address.casefold().startswith(site_served.url.casefold()), address
    reader.open(f"{HERE}/lessons/hoe-klonk-de-straat/paper?part=map")
    [drawn] = printed(reader.page)
    assert "7. Slagerij Kuiper" in text_of(drawn), "what the numbers on the map are"

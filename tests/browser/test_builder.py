"""A walk of twelve stops is made by mouse, by keyboard and by finger; its order holds, and a change is undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.phones import HERE, WIDTH, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff

pytestmark = pytest.mark.browser

STOPS = 12  # the eleven stories of the demo that may be in walks, and a place
ROWS = ".buurt-stops > li"
WIDE = 1280


class Maker:
    """Somebody who makes walks: what they do is one tap, press or drag each."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.page, self.acts = phone, phone.page, 0

    def begin(self, title: str) -> None:
        """A new walk; each story of the library, and then a place."""
        self.phone.open(f"{HERE}/staff/walks/new")
        self.page.locator("#title").fill(title)
        self.press(self.page.locator("button[form=walk]"))
        self.settle(0)

    def press(self, what: Locator) -> None:
        """A tap, a click, or a key: how this one does it."""
        self.acts += 1
        what.tap()

    def settle(self, stops: int) -> None:
        """What was asked is done."""
        expect(self.page.locator("walk-builder[data-ready]:not([aria-busy])")).to_be_attached()
        expect(self.page.locator(ROWS)).to_have_count(stops)

    def fill_up(self) -> None:
        """All stories, and a place."""
        for number in range(1, STOPS):
            self.press(self.page.locator(".buurt-library form button").first)
            self.settle(number)
        self.press(self.page.locator("#add-place"))
        self.settle(STOPS)

    def order(self) -> list[str]:
        """The stops by name."""
        return self.page.locator(f"{ROWS} .buurt-stop__name strong").all_inner_texts()

    def expect_order(self, names: list[str]) -> None:
        """So they stand, and their numbers with them; also when the page is loaded anew."""
        for is_fresh in (False, True):
            if is_fresh:
                self.page.reload()
            expect(self.page.locator(f"{ROWS} .buurt-stop__name strong")).to_have_text(names)
            numbers = [str(number + 1) for number in range(len(names))]
            expect(self.page.locator(f"{ROWS} .buurt-stop__number")).to_have_text(numbers)
            self.settle(len(names))

    def undo(self) -> None:
        """One change back."""
        self.press(self.page.locator("#undo"))
        self.settle(STOPS)


class AtKeys(Maker):
    """By keyboard alone."""

    def press(self, what: Locator) -> None:
        self.acts += 1
        what.focus()
        self.page.keyboard.press("Enter")


class AtMouse(Maker):
    """By mouse, and by dragging."""

    def press(self, what: Locator) -> None:
        self.acts += 1
        what.click()

    def drag(self, number: int, onto: int, let_go: bool = True) -> None:
        """The stop at this number, to where another is."""
        self.acts += 1
        handles = self.page.locator(f"{ROWS} [data-handle]")
        handles.nth(number - 1).evaluate("handle => handle.scrollIntoView({ block: 'center' })")
        start = middle(handles.nth(number - 1))
        self.page.mouse.move(*start)
        self.page.mouse.down()
        row = self.page.locator(ROWS).nth(onto - 1).bounding_box()
        end = row["y"] + row["height"] * (0.4 if onto < number else 0.6)
        self.page.mouse.move(start[0], end, steps=12)
        if let_go:
            self.page.mouse.up()


class AtFinger(Maker):
    """By finger, at 360 px: what a screen sends, through the browser's own input."""

    def drag(self, number: int, onto: int) -> None:
        """The stop at this number, to where another is."""
        self.acts += 1
        handles = self.page.locator(f"{ROWS} [data-handle]")
        handles.nth(number - 1).evaluate("handle => handle.scrollIntoView({ block: 'center' })")
        x, y = middle(handles.nth(number - 1))
        row = self.page.locator(ROWS).nth(onto - 1).bounding_box()
        end = row["y"] + row["height"] * (0.4 if onto < number else 0.6)
        finger = self.page.context.new_cdp_session(self.page)
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 13):
            at = {"x": x, "y": y + (end - y) * step / 12}
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finger.detach()


def middle(handle: Locator) -> tuple[float, float]:
    box = handle.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def moved(names: list[str], number: int, to: int) -> list[str]:
    """As they stand once the stop at this number stands at that one."""
    others = [name for at, name in enumerate(names, 1) if at != number]
    return [*others[: to - 1], names[number - 1], *others[to - 1 :]]


@pytest.fixture
def maker(phone: Callable[..., Phone], site_served: Site) -> Callable[..., Maker]:
    """maker(AtKeys, "Rondje", width=1280): somebody with an empty walk before them."""

    def begins(how: type[Maker], title: str, width: int = WIDTH) -> Maker:
        taken = phone(width=width)
        become_staff(site_served, taken, "maker")
        made = how(taken)
        made.begin(title)
        return made

    return begins


def test_a_walk_is_made_by_mouse_and_its_stops_are_dragged(maker):
    one = maker(AtMouse, "Met de muis", WIDE)
    one.fill_up()
    began = one.order()
    assert one.acts == 1 + STOPS
    one.drag(1, 3)
    one.settle(STOPS)
    one.expect_order(moved(began, 1, 3))
    one.drag(3, 2)
    one.settle(STOPS)
    one.expect_order(moved(began, 1, 2))
    one.undo()
    one.expect_order(moved(began, 1, 3))
    one.undo()
    one.expect_order(began)
    assert one.acts == 1 + STOPS + 4


def test_escape_puts_a_stop_back_that_is_being_dragged(maker):
    one = maker(AtMouse, "Toch niet", WIDE)
    one.fill_up()
    began = one.order()
    one.drag(1, 3, let_go=False)
    expect(one.page.locator(f"{ROWS}.is-dragged")).to_have_count(1)
    assert one.order() == moved(began, 1, 3)
    one.page.keyboard.press("Escape")
    one.page.mouse.up()
    expect(one.page.locator(f"{ROWS}.is-dragged")).to_have_count(0)
    one.expect_order(began)


def test_a_walk_is_made_by_keyboard_and_the_focus_stays_at_the_stop(maker):
    one = maker(AtKeys, "Met toetsen")
    one.fill_up()
    began = one.order()
    up = one.page.locator("button[id^=up-]").last
    name = up.get_attribute("id")
    up.focus()
    for _each in range(3):
        one.acts += 1
        one.page.keyboard.press("Enter")
        one.settle(STOPS)
        expect(one.page.locator(f"#{name}")).to_be_focused()
    one.expect_order(moved(began, STOPS, STOPS - 3))
    second = one.page.locator("button[id^=up-]").nth(1)
    stop = second.get_attribute("id").partition("-")[2]
    one.press(second)
    one.settle(STOPS)
    expect(one.page.locator(f"#down-{stop}")).to_be_focused()  # the first cannot go up
    one.undo()
    for _each in range(3):
        one.undo()
    one.expect_order(began)
    assert one.acts == 1 + STOPS + 8


def test_what_was_chosen_is_said_where_the_finger_was(maker):
    one = maker(AtKeys, "Waar was ik", WIDE)
    row = one.page.locator(".buurt-library__row").nth(8)
    one.press(row.locator("button"))
    one.settle(1)
    said = one.page.locator(".buurt-library__row").nth(8).locator("[id^=add-]")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()


def test_a_walk_is_made_by_finger_on_a_phone(maker):
    one = maker(AtFinger, "Met de vinger")
    one.fill_up()
    began = one.order()
    one.drag(5, 6)
    one.settle(STOPS)
    one.expect_order(moved(began, 5, 6))
    one.drag(8, 7)
    one.settle(STOPS)
    one.expect_order(moved(moved(began, 5, 6), 8, 7))
    one.undo()
    one.undo()
    one.expect_order(began)
    assert one.acts == 1 + STOPS + 4


def test_a_walk_is_made_without_scripts(phone, site_served):
    taken = phone()
    become_staff(site_served, taken, "maker")
    plain = taken.context.browser.new_context(
        java_script_enabled=False, base_url=site_served.url, storage_state=taken.context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{HERE}/staff/walks/new")
    page.locator("#title").fill("Zonder scripts")
    page.locator("button[form=walk]").click()
    for number in (1, 2, 3):
        page.locator(".buurt-library form button").first.click()
        expect(page.locator(ROWS)).to_have_count(number)
    names = page.locator(f"{ROWS} .buurt-stop__name strong").all_inner_texts()
    page.locator("button[id^=up-]").last.click()
    expect(page.locator(f"{ROWS} .buurt-stop__name strong")).to_have_text(moved(names, 3, 2))
    plain.close()

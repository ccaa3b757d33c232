"""A neighbourhood from nothing, walked by its pages alone: a coordinator, an editor, a host and two strangers.

What each of them taps, types and reads is counted. test_from_nothing.py asserts how it ends; `python -m tests.trial`
prints what it took.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import codes_of, printed
from tests.browser.phones import Phone
from tests.browser.serving import Site, command

HERE = "/w/lombok"
SQUARE = [[5.10, 52.09], [5.11, 52.09], [5.11, 52.10], [5.10, 52.10], [5.10, 52.09]]
PASSWORD = "negen natte schoenen"
PLACES = {"Bankje bij het water": (90, 60), "Oude pomp": (210, 150)}  # and where on the map they are tapped, in px
WORDS_A_MINUTE = 130  # somebody who reads Dutch as a second language
A_TAP, A_LETTER = 3, 1  # seconds
NEXT = ".buurt-actions a.buurt-button"  # what a page says comes next


@dataclass
class Count:
    """What it took: taps, fields and letters typed, pages, words read, and the seconds of the machine."""

    taps: int = 0
    fields: int = 0
    letters: int = 0
    pages: int = 0
    words: int = 0
    machine: float = 0.0

    @property
    def seconds(self) -> float:
        """Reckoned for a person: reading, the machine, 3 seconds a tap and 1 a typed letter."""
        return 60 * self.words / WORDS_A_MINUTE + self.machine + A_TAP * self.taps + A_LETTER * self.letters

    def __add__(self, other: "Count") -> "Count":
        return Count(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass
class Step:
    """A part of the walk: who did it, what it is called, what it reaches, and what it took."""

    who: str
    name: str
    milestone: str = ""  # what is reached when it is over
    count: Count = field(default_factory=Count)


Look = Callable[[str, Page], None]


class Sitting(Phone):
    """Somebody at a screen of their own. A line that they read once is not read again."""

    def __init__(self, walk: "Walk", who: str, **more: object) -> None:
        super().__init__(walk.browser, walk.site, **more)
        self.walk, self.who = walk, who
        self.known: set[str] = set()

    def step(self, name: str, milestone: str = "") -> None:
        """Begin a part of the walk."""
        self.walk.steps.append(Step(self.who, name, milestone))
        self.walk.began = time.monotonic()

    def go(self, address: str) -> None:
        """Follow an address that a camera or a message shows: one tap."""
        self.now.taps += 1
        answer = self.page.goto(address)
        assert answer is None or answer.ok, address
        self.read(is_new=True)

    def press(self, selector: str) -> None:
        """Tap what leads to another page, and read that."""
        self.now.taps += 1
        with self.page.expect_navigation():
            self.page.locator(selector).filter(visible=True).first.click()
        self.read(is_new=True)

    def touch(self, selector: str) -> None:
        """Tap what changes this page, and read what is new on it."""
        self.now.taps += 1
        self.page.locator(selector).filter(visible=True).first.click()
        self.read()

    def fill(self, **values: str) -> None:
        """Type into fields, by their names."""
        for name, value in values.items():
            self.now.fields += 1
            self.now.letters += len(value)
            self.page.locator(f"[name={name}]").fill(value)

    def read(self, is_new: bool = False) -> None:
        """Read each line that was not read before, and stop the clock of the machine."""
        lines = {line.strip() for line in self.page.locator("body").inner_text().splitlines()}
        lines -= {
            line.strip() for line in self.page.locator("option").all_inner_texts()
        }  # of a list, only what is picked
        self.now.words += sum(len(line.split()) for line in lines - self.known)
        self.known |= lines
        self.now.pages += is_new
        self.now.machine += time.monotonic() - self.walk.began
        if is_new and self.walk.look:
            self.walk.look(self.who, self.page)
        self.walk.began = time.monotonic()

    @property
    def now(self) -> Count:
        """What the part that is under way took so far."""
        return self.walk.steps[-1].count


class Walk:
    """The whole of it: the steps, in order, and the people at their screens."""

    def __init__(self, browser: Browser, site: Site, look: Look | None = None) -> None:
        self.browser, self.site, self.look = browser, site, look
        self.steps: list[Step] = []
        self.people: list[Sitting] = []
        self.began = time.monotonic()

    def somebody(self, who: str, **more: object) -> Sitting:
        """A person with a screen, 360 px wide unless it is said."""
        self.people.append(Sitting(self, who, **more))
        return self.people[-1]

    def took(self, *who: str) -> Count:
        """What it took some of them, or all."""
        return sum((step.count for step in self.steps if not who or step.who in who), Count())

    def close(self) -> None:
        """Switch all screens off. Fails when one met another host or an error."""
        for each in self.people:
            each.close()


def told(who: str, steps: list[Step]) -> Iterator[str]:
    """A line for each step, and one for all of them; the machine's own seconds are left out."""
    whole = sum((step.count for step in steps), Count())
    for name, took in [*((step.name, step.count) for step in steps), ("all of it", whole)]:
        yield (
            f"{who}, {name}: {took.taps} taps, {took.letters} letters, {took.pages} pages, {took.words} words read,"
            f" {(took.seconds - took.machine) / 60:.1f} minutes"
        )


@dataclass(frozen=True)
class Founded:
    """How it ended."""

    walk: Walk
    coordinator: Sitting
    editor: Sitting
    strangers: tuple[Sitting, Sitting]
    codes: dict[str, list[str]]  # what a camera read on each kind of paper


def found(site: Site) -> str:
    """The command of whoever runs the machine; the link for the first coordinator."""
    files = ["--border", _outline(site.folder, "Lombok"), "--zones", _outline(site.folder, "Noord", "Zuid")]
    house = ["--house", "Huis van de wijk; Kanaalstraat; 52.095; 5.105"]
    return command(site, "neighbourhood", "new", "lombok", "Lombok", *files, *house).split()[-1]


def walk_through(browser: Browser, site: Site, photo: Path, *, width: int, look: Look | None = None) -> Founded:
    """From the link of the first coordinator to two strangers who met at a printed sign, and their photo for all."""
    link = found(site)
    walk = Walk(browser, site, look)
    coordinator = walk.somebody("coordinator", width=width)
    _accept(coordinator, link, "coordinator")
    _begin_second_lock(coordinator)
    _make_places(coordinator)
    _put_in_challenges(coordinator)
    _start_a_season(coordinator)
    host, editor = walk.somebody("host"), walk.somebody("editor")
    for each in (host, editor):
        _accept(each, _invite(coordinator, each.who), each.who)
    _begin_second_lock(editor)
    codes = _print(coordinator)
    strangers = _meet(walk, codes["street"][1], photo)
    _let_all_see(strangers, editor)
    return Founded(walk, coordinator, editor, strangers, codes)


def _outline(folder: Path, *names: str) -> str:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
        for name in names
    ]
    file = folder / f"{names[0]}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(file)


def _accept(person: Sitting, link: str, login: str) -> None:
    person.step("accepts the invitation: a name and a password to sign in with")
    person.go(link)
    person.fill(login=login, password=PASSWORD)
    person.press("button[form=invited]")


def _begin_second_lock(person: Sitting) -> None:
    reached = "the team has three" if person.who == "editor" else ""
    person.step("sets the second lock: scans, types six figures, prints ten codes", reached)
    person.now.taps += 1  # the app on the phone is opened and pointed at the code
    secret = person.page.locator(".buurt-more bdi").text_content()
    person.fill(code=pyotp.TOTP(str(secret)).now())
    person.press("button[form=code-form]")
    person.now.taps += 1  # the browser's own print
    person.press(".buurt-actions a")


def _make_places(coordinator: Sitting) -> None:
    coordinator.step("makes two places, besides the house")
    coordinator.press("main a[href$='/staff/checklist']")
    for name, (x, y) in PLACES.items():
        coordinator.press(NEXT)
        coordinator.fill(name=name, street="Kade")
        expect(coordinator.page.locator("place-picker[data-ready]")).to_be_visible()
        coordinator.now.taps += 1
        coordinator.page.locator("[data-part=ground]").click(position={"x": x, "y": y})
        coordinator.read()
        coordinator.press("button[form=spot]")


def _put_in_challenges(coordinator: Sitting) -> None:
    coordinator.step("puts in the everyday challenges")
    coordinator.press(NEXT)
    coordinator.press(".buurt-actions button")


def _start_a_season(coordinator: Sitting) -> None:
    coordinator.step("starts a season from today", "a season runs")
    coordinator.press(NEXT)
    coordinator.fill(**{"theme-nl": "Deuren open"})
    coordinator.press("button[form=season]")


def _invite(coordinator: Sitting, role: str) -> str:
    coordinator.step(f"invites the {role}, by a code on the screen")
    coordinator.press(NEXT)
    coordinator.press("button[form=invite]")
    link = coordinator.page.locator("main bdi[dir=ltr]").inner_text()
    coordinator.press(NEXT)
    return link


def _print(coordinator: Sitting) -> dict[str, list[str]]:
    coordinator.step("makes and prints the signs, a poster, a letter and two player cards", "all is on paper")
    coordinator.press(NEXT)
    coordinator.press("form[action$='/print/plates'] button")
    codes = {"street": _on_paper(coordinator)}
    coordinator.press(".buurt-printbar a")
    coordinator.press("main a[href$='/print/cards']")
    coordinator.fill(names="Oude Molen\nWilde Wind")
    coordinator.touch("label:has([value=adult])")
    coordinator.press("button[form=cards]")
    codes["cards"] = _on_paper(coordinator)
    return codes


def _on_paper(person: Sitting) -> list[str]:
    """What a camera reads on each sheet that comes out."""
    person.now.taps += 2  # our button, and that of the browser
    person.page.evaluate("() => document.fonts.ready.then(() => true)")
    found = [code for sheet in printed(person.page) for code in codes_of(sheet)]
    person.read()
    return found


def _meet(walk: Walk, sign: str, photo: Path) -> tuple[Sitting, Sitting]:
    amina, bram = walk.somebody("first stranger"), walk.somebody("second stranger")
    amina.step("scans the sign in the street, joins, and takes a photo with a stranger")
    amina.go(sign)
    amina.press("main a[href*='/challenges/']")
    amina.press(".buurt-actions a[href*='/together/']")
    amina.press("button[name=age][value=adult]")
    amina.now.taps += 2  # the camera, and its button
    amina.page.locator("input[type=file][name=photo]").set_input_files(photo)
    amina.see_chosen()
    amina.touch("[data-part=send]")
    expect(amina.page.locator(".buurt-code")).to_be_visible()
    amina.read(is_new=True)
    bram.step("scans that code, joins, and says yes", "two strangers met and both have points")
    bram.go(f"/e/{amina.letters()}")
    bram.press("button[name=age][value=adult]")
    bram.press("button[form=yes][value=with], form#yes button[value=with]")
    for each in (bram, amina):
        expect(each.page.locator(".buurt-total")).to_be_visible()
    return amina, bram


def _let_all_see(strangers: tuple[Sitting, Sitting], editor: Sitting) -> None:
    for each in strangers:
        each.step("lets everybody see the photo")
        each.read(is_new=True)
        each.touch("details:has([value='public web']) > summary")
        each.touch("label:has([value='public web'])")
        each.press("form[action$='/who'] button")
    editor.step("says yes to it at the desk", "everybody sees their photo")
    editor.press("main a[href$='/desk/']")
    editor.press("button[name=verdict][value=good]")

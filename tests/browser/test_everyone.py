"""For everyone: every page by axe-core and at 320 px in each language, the whole minute by keyboard, nothing from away.

The list of pages comes from the app's own URL map: a page without a row in PAGES fails the first test by name.
"""

import http.client
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from core import clock
from tests.browser.phones import BENCH, HEIGHT, HERE, LOCALES, Phone
from tests.browser.serving import ROOT, Site, command
from tests.browser.talkers import appoint, draw, inquire, lay_a_table, open_hour, reply, write
from tests.core.sounds.recordings import tone

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NARROW = 320
NO_PAGES = {
    "static", "pages.healthz", "pages.readyz", "encounters.state", "encounters.photo", "worker.worker",
    "worker.manifest", "maps.drawing", "maps.tiles",
    "classes.own_picture", "classes.picture", "classes.gallery_zip",
    "photos.picture", "albums.photo", "albums.slide", "walls.photo", "headquarters.photo",
    "photos.gone", "photos.revocations", "people.export", "scoring.own",
    "receipts.export", "challenges.table", "places.table",
    "desk.picture", "stories.picture", "stories.waiting_picture", "choices.picture", "setting_up.areas_file",
    "encounters.surprise",
    "stories.play", "stories.captions", "stories.waiting_sound",
    "stories.about", "stories.share", "stories.revocations", "story_feeds.atom",
    "lessons.export", "walks.export", "walks.share", "walk_feeds.atom",
    "happening.feed", "happening.calendar", "measures.table", "gatherings.calendar", "gatherings.one",
    "stories.signed_sheet",
    "walks.pack_list",
}  # fmt: skip
LANGUAGES = tuple(LOCALES)
LONGEST = [  # English fits where Dutch and the made-up language do, which say the same in more letters
    pytest.param(lang, marks=[pytest.mark.long] if lang == "en" else []) for lang in LANGUAGES
]
LOOK = "abcdefghijklmnopqrstuvwxyz"  # the key of the first of two signals about somebody of the demo
IN_A_FRAME = """SELECT '/w/kanterhoek/stories/' || story.key || '/frame'
    FROM story JOIN consent ON thing = contribution_id
    WHERE kind = 'story' AND "use" = 'embed' ORDER BY first_year LIMIT 1"""
ON_PAPER: list[str] = []  # the letters of somebody without a phone
SCREEN = "C0FFEE" + 20 * "7"
HANGS = """INSERT INTO wall (key, neighbourhood_id, name, code_hash, made_at)
    SELECT 'screen', id, 'Bij de koffie', ?, datetime('now') FROM neighbourhood WHERE slug = 'kanterhoek'"""
SEEN = """INSERT INTO signal (key, season_id, player, name, at, found_at) SELECT ?, max(season.id), player_key.key, ?,
    datetime('now'), datetime('now') FROM season, player_key WHERE player_key.person_id = 1"""


@dataclass
class Cast:
    """Phones in every situation, and where each stands. Photos and meetings are real ones, made through the pages."""

    phones: dict[str, Phone] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """A page as somebody sees it: its endpoint, whose phone, a path or its name, and what happens there first."""

    endpoint: str
    who: str
    at: str
    status: int = 200
    first: Callable[[Page], None] = lambda page: None


def open_folds(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true })")


def speak(page: Page) -> None:
    page.locator("[data-do=start]").tap()
    expect(page.locator("voice-recorder")).to_have_attribute("data-state", "fault")


def choose_a_photo(page: Page) -> None:
    page.locator("input[name=gallery]").set_input_files(ROOT / "tests" / "browser" / "dot.png")
    expect(page.locator("[data-part=preview] img")).to_be_visible()


def answer_other_words(page: Page) -> None:
    """The words changed since this page was opened: the answer is refused and the item stands here again."""
    page.locator("input[name=shown]").evaluate_all("fields => fields.forEach((field) => { field.value = 'before' })")
    page.locator("button[value=good]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    open_folds(page)


def take_the_brush(page: Page) -> None:
    choose_a_photo(page)
    page.locator("[data-part=change]").click()
    expect(page.locator("photo-brush canvas")).to_be_focused()


def keep_a_photo(page: Page) -> None:
    """Nobody's photo, so that it waits; looked at."""
    choose_a_photo(page)
    page.locator("[data-part=send]").click()
    expect(page.locator("[data-part=safe]")).to_be_visible()
    open_folds(page)


def fail_to_send(page: Page) -> None:
    choose_a_photo(page)
    page.route("**/together/*", lambda route: route.abort())
    page.locator("[data-part=send]").click()
    expect(page.locator("[data-part=fault]")).to_be_visible()
    page.unroute("**/together/*")


def scan_a_way_back(page: Page) -> None:
    page.evaluate("() => { location.hash = '7KX2M9QWRT4VHJ3NPD8FAZB5CE' }")
    expect(page.locator("input[name=code]")).to_be_hidden()


def issue_the_card(page: Page) -> None:
    page.locator("details:not([open]) > summary", has=page.locator("use[href$='#i-slot']")).evaluate_all(
        "folds => folds.forEach((fold) => { fold.parentElement.open = true })"
    )
    page.locator("form[action$='/me/card'] button").click()
    expect(page.locator(".buurt-playercard")).to_have_count(2)


def make_two_cards(page: Page) -> None:
    """Under names that are free in every language that this page is looked at in."""
    lang = page.locator("html").get_attribute("lang")
    names = {"nl": "Hoge Sluis\nLage Sluis", "en": "Wijde Poort\nNauwe Poort"}.get(lang, "Snelle Tram\nLate Tram")
    page.locator("#names").fill(names)
    page.locator("input[name=age][value=adult]").check()
    page.locator("button[form=cards]").click()
    expect(page.locator(".buurt-papercard")).to_have_count(2)


def make_a_team(page: Page) -> None:
    page.locator("#name").fill(f"Koor {secrets.token_hex(4)}")
    page.locator("form[action$='/staff/teams'] button").click()
    expect(page.locator("#said")).to_be_visible()
    open_folds(page)


def make_letters(page: Page) -> None:
    page.locator("form[action$='/letters/print'] button").click()
    expect(page.locator(".buurt-letterslip")).to_have_count(8)


def let_the_code_end(page: Page) -> None:
    page.evaluate("() => document.querySelector('code-clock').over()")
    expect(page.locator("#new-code button")).to_be_visible()


def see_as_players(page: Page) -> None:
    page.locator("button[name=see]").click()
    expect(page.locator(".buurt-card--awning")).to_have_count(2)


def see_the_map(page: Page) -> None:
    expect(page.locator("neighbourhood-map[data-ready] .buurt-pin").first).to_be_visible()


def see_the_pin(page: Page) -> None:
    expect(page.locator("place-picker[data-ready] .m-picked svg")).to_be_visible()


def mend_a_season(page: Page) -> None:
    page.locator("a[href*='/staff/season/']").first.click()
    expect(page.locator("form#season[action*='/staff/season/']")).to_be_visible()
    open_folds(page)


def open_the_first(page: Page) -> None:
    page.locator("main .buurt-list__link").first.click()
    expect(page.locator("h1")).to_be_visible()
    open_folds(page)


def open_its_album(page: Page) -> None:
    page.locator("a[href*='/season/'][href$='/album']").first.click()
    expect(page.locator("h1")).to_be_visible()


def open_a_card(page: Page) -> None:
    """Somebody on paper, of whom a yes is asked, and who has a photo."""
    page.locator("#card").fill(ON_PAPER[0])
    page.locator("form[action$='/host/card'] button").click()
    expect(page.locator("form[action$='/answer']")).to_be_visible()
    expect(page.locator("form[action$='/withdraw']")).to_be_attached()
    open_folds(page)


def make_a_screen(page: Page) -> None:
    page.locator("main [name=name]").first.fill("Bij de koffie")
    page.locator("main form[action$='/staff/walls'] button").click()
    expect(page.locator(".buurt-receipt")).to_be_visible()


def draw_a_zone(page: Page) -> None:
    """Three corners of a new zone, by keys."""
    expect(page.locator("area-drawer[data-ready]")).to_be_attached()
    page.locator("[data-do=add]").click()
    page.locator("[data-part=ground]").focus()
    for key in ("Enter", "Shift+ArrowRight", "Enter", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-part=corners] option")).to_have_count(3)


def see_no_pauses(page: Page) -> None:
    """The page once nobody has a pause; the same one is given again, which the page that is looked at does not show."""
    letters = page.locator("#letters").input_value()
    page.locator("main form[action$='/end'] button").click()
    expect(page.locator(".buurt-empty")).to_be_visible()
    form = {"letters": letters, "days": "30", "reason": "pushed", "note": "Bel mij gerust."}
    assert page.request.post(urljoin(page.url, "pauses/long"), form=form).ok  # and on to what it says, once


def choose_the_list(page: Page) -> None:
    page.locator("[data-view=list]").click()


def say_where(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 52.0901, "longitude": 5.0995, "accuracy": 15})
    page.locator(".buurt-map [data-part=where]").click()
    see_the_map(page)
    page.context.clear_permissions()


def refuse_where(page: Page) -> None:
    page.context.clear_permissions()
    page.locator(".buurt-map [data-part=where]").click()
    expect(page.locator("[data-part=denied]")).to_be_visible()


def see_the_line(page: Page) -> None:
    expect(page.locator("walk-line[data-ready]")).to_be_visible()


def open_the_walk(page: Page) -> None:
    see_the_line(page)
    open_folds(page)


def refuse_a_round(page: Page) -> None:
    """A round of five minutes: the page takes the answer in without loading anew."""
    open_the_walk(page)
    page.locator("[name=minutes]").fill("5")
    page.locator("#round").tap()
    expect(page.locator(".buurt-field__fault")).to_be_visible()
    open_folds(page)


def refuse(name: str, text: str = "") -> Callable[[Page], None]:
    """Send the form of this field with what does not fit: it comes back with a sentence, at its field or on top."""

    def first(page: Page) -> None:
        field = page.locator(f"main [name={name}]").first
        field.evaluate("(field, text) => { field.form.noValidate = true; if (text) field.value = text }", text)
        with page.expect_navigation():
            field.evaluate("(field) => field.form.requestSubmit()")
        expect(page.locator(".buurt-field__fault, main [role=alert]").filter(visible=True).first).to_be_visible()
        open_folds(page)

    return first


def say_nothing(page: Page) -> None:
    """The form of yes and no goes without either."""
    with page.expect_navigation():
        page.locator("form#answer").evaluate("(form) => form.submit()")
    expect(page.locator(".buurt-field__fault").first).to_be_visible()


PAGES = {
    "front": Look("pages.front", "visitor", "/"),
    "front, languages open": Look("pages.front", "visitor", "/", first=open_folds),
    "home of a visitor": Look("pages.home", "visitor", f"{HERE}/"),
    "home when something waits": Look("pages.home", "asked", f"{HERE}/"),
    "home, told where it is": Look("pages.home", "visitor", f"{HERE}/", first=say_where),
    "home, where it is refused": Look("pages.home", "visitor", f"{HERE}/", first=refuse_where),
    "map": Look("maps.show", "visitor", f"{HERE}/map", first=see_the_map),
    "map, as a list": Look("maps.show", "visitor", f"{HERE}/map", first=choose_the_list),
    "privacy": Look("pages.privacy", "visitor", f"{HERE}/privacy"),
    "spot": Look("places.spot", "visitor", f"{HERE}/spots/huis-van-de-wijk", first=open_folds),
    "spot with a border": Look("places.spot", "visitor", f"{HERE}/spots/hinkelplein"),
    "spot by its sign": Look("places.plate", "visitor", "sign", first=open_folds),
    "spot by its sign, for a host": Look("places.plate", "keeper", "sign"),
    "letters of a sign": Look("places.letters", "visitor", "/q/"),
    "signs to print": Look("places.sheet", "keeper", f"{HERE}/print/plates?spot=slagerij-kuiper"),
    "to print": Look("printing.overview", "coordinator", f"{HERE}/print/"),
    "walking map": Look("walks.paper_map_page", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/paper/map"),
    "walk in large print": Look("walks.large_print", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/paper/large"),
    "codes of a walk": Look(
        "walks.paper_codes", "coordinator", f"{HERE}/staff/walks/van-de-brug-tot-de-soep/paper/codes"
    ),
    "booklet": Look("walks.booklet", "coordinator", f"{HERE}/staff/walks/van-de-brug-tot-de-soep/paper/booklet"),
    "small signs": Look("printing.signs", "coordinator", f"{HERE}/print/signs"),
    "cards to make": Look("printing.cards", "coordinator", f"{HERE}/print/cards"),
    "cards, just made": Look("printing.cards", "coordinator", f"{HERE}/print/cards", first=make_two_cards),
    "letter": Look("printing.letter", "coordinator", f"{HERE}/print/letter"),
    "letter, in large print": Look("printing.letter", "coordinator", f"{HERE}/print/letter?large=1"),
    "poster": Look("printing.poster", "coordinator", f"{HERE}/print/poster"),
    "poster on A3": Look("printing.poster", "coordinator", f"{HERE}/print/poster?paper=a3"),
    "all for the street": Look("printing.street", "coordinator", f"{HERE}/print/street"),
    "challenges": Look("challenges.index", "visitor", f"{HERE}/challenges"),
    "challenge": Look("challenges.show", "visitor", f"{HERE}/challenges/{BENCH}"),
    "challenge to find": Look("challenges.show", "visitor", f"{HERE}/challenges/find-a-cutting"),
    "challenge to find, for who plays": Look("challenges.show", "winner", f"{HERE}/challenges/find-a-cutting"),
    "challenge of then and now": Look("challenges.show", "winner", f"{HERE}/challenges/then-the-shop"),
    "challenge to count": Look("challenges.show", "winner", f"{HERE}/challenges/look-greetings"),
    "challenge to choose": Look("challenges.show", "winner", f"{HERE}/challenges/look-where-people-talk"),
    "challenge to write down": Look("challenges.show", "winner", f"{HERE}/challenges/look-small-help"),
    "challenge to make": Look("challenges.show", "visitor", f"{HERE}/challenges/draw-a-morning"),
    "challenge at a distance": Look("challenges.show", "visitor", f"{HERE}/challenges/hands-through-glass"),
    "what I saw": Look("notes.own", "winner", f"{HERE}/me/notes"),
    "write down what I saw": Look("notes.propose", "asked", f"{HERE}/me/notes/new?challenge=look-small-help"),
    "noting anew": Look("notes.again", "winner", "noting anew"),
    "new challenge to look": Look("challenges.new", "coordinator", f"{HERE}/staff/challenges/new?kind=look"),
    "a pack about something": Look("challenges.pack", "coordinator", f"{HERE}/staff/pack?pack=past"),
    "challenge to talk": Look("challenges.show", "visitor", f"{HERE}/challenges/talk-sounds"),
    "spot, for who plays": Look("places.spot", "winner", f"{HERE}/spots/groene-stoep"),
    "photo, at a spot": Look("encounters.hand_in", "winner", f"{HERE}/together/then-the-shop", first=open_folds),
    "sign in as staff": Look("staff.enter", "visitor", f"{HERE}/staff/in"),
    "invited": Look("staff.invited", "visitor", f"{HERE}/staff/invited"),
    "second lock": Look("staff.code", "recruit", f"{HERE}/staff/code", first=open_folds),
    "second lock on another phone": Look("staff.code", "coordinator", f"{HERE}/staff/code"),
    "fresh paper codes": Look("staff.paper", "coordinator", f"{HERE}/staff/paper"),
    "signing in and devices": Look("staff.account", "coordinator", f"{HERE}/staff/account", first=open_folds),
    "signing in and devices, without a second lock": Look("staff.account", "recruit", f"{HERE}/staff/account"),
    "another password, just now": Look("staff.account", "coordinator", f"{HERE}/staff/account?changed=1"),
    "is it still you": Look("staff.again", "coordinator", f"{HERE}/staff/again"),
    "team": Look("staff.team", "coordinator", f"{HERE}/staff/", first=open_folds),
    "log": Look("staff.log", "coordinator", f"{HERE}/staff/log", first=open_folds),
    "log of the desk": Look("staff.log", "coordinator", f"{HERE}/staff/log?part=desk"),
    "invite": Look("staff.invite", "coordinator", f"{HERE}/staff/invite"),
    "invite a host": Look("staff.invite", "coordinator", f"{HERE}/staff/invite?role=host"),
    "checklist": Look("setting_up.checklist", "coordinator", f"{HERE}/staff/checklist"),
    "partners": Look("partners.index", "visitor", f"{HERE}/partners"),
    "a partner": Look("partners.show", "visitor", f"{HERE}/partners", first=open_the_first),
    "kept partners": Look("partners.kept", "coordinator", f"{HERE}/staff/partners"),
    "a kept partner": Look("partners.edit", "coordinator", f"{HERE}/staff/partners", first=open_the_first),
    "a kept partner, refused": Look("partners.kept", "coordinator", f"{HERE}/staff/partners", first=refuse("about")),
    "screens": Look("walls.kept", "coordinator", f"{HERE}/staff/walls", first=open_folds),
    "a new screen": Look("walls.kept", "coordinator", f"{HERE}/staff/walls", first=make_a_screen),
    "a class to join": Look("classes.join", "visitor", f"{HERE}/class"),
    "a class to join, refused": Look("classes.join", "visitor", f"{HERE}/class", first=refuse("code", "AB3")),
    "a tablet, tried": Look("classes.check", "visitor", f"{HERE}/class/check"),
    "a crew": Look("classes.crew", "crew", "crew"),
    "a crew at a stop": Look("classes.stop", "crew", "crew at a stop"),
    "classes": Look("classes.kept", "teacher", f"{HERE}/staff/classes"),
    "a class": Look("classes.board", "teacher", "class", first=open_folds),
    "how far a class is": Look("classes.progress", "teacher", "class progress"),
    "a crew, to its teacher": Look("classes.one_crew", "teacher", "crew, to its teacher", first=open_folds),
    "what a class handed in": Look("classes.works", "teacher", "class work"),
    "the gallery of a class": Look("classes.gallery", "teacher", "class gallery"),
    "the gallery on paper": Look("classes.gallery_sheets", "teacher", "class gallery/print"),
    "a pupil's words, to send home": Look("pupils.send", "teacher", "pupil's words", first=refuse("title", "De brug")),
    "a pupil's story that went home": Look("pupils.send", "teacher", "pupil's story, sent"),
    "a pupil's story, to home": Look("stories.pupil", "lender", "pupil's story"),
    "no to a pupil's story": Look("stories.ask_pupil_no", "lender", "no to a pupil's story"),
    "erasing a class": Look("classes.erase", "teacher", "class erase"),
    "a screen": Look("walls.show", "visitor", f"{HERE}/wall/{SCREEN}"),
    "a letter with a code": Look("teams.letter", "visitor", f"{HERE}/letter"),
    "a letter with a code, refused": Look("teams.letter", "visitor", f"{HERE}/letter", first=refuse("code", "AB3")),
    "a letter with a code, for who plays": Look("teams.letter", "winner", f"{HERE}/letter"),
    "teams and letters": Look("teams.staff", "coordinator", f"{HERE}/staff/letters", first=make_a_team),
    "letters, just made": Look("teams.staff", "coordinator", f"{HERE}/staff/letters", first=make_letters),
    "start a season": Look("seasons.new", "coordinator", f"{HERE}/staff/season"),
    "change a season": Look("seasons.change", "coordinator", f"{HERE}/staff/season", first=mend_a_season),
    "everyday challenges": Look("challenges.pack", "coordinator", f"{HERE}/staff/pack"),
    "challenges, for makers": Look("challenges.mine", "coordinator", f"{HERE}/staff/challenges"),
    "new challenge, which kind": Look("challenges.new", "coordinator", f"{HERE}/staff/challenges/new"),
    "new challenge": Look("challenges.new", "coordinator", f"{HERE}/staff/challenges/new?kind=then_now"),
    "change a challenge": Look("challenges.change", "coordinator", f"{HERE}/staff/challenges/find-a-cutting"),
    "a challenge as players see it": Look(
        "challenges.change", "coordinator", f"{HERE}/staff/challenges/{BENCH}", first=see_as_players
    ),
    "challenge of the week": Look("challenges.weeks", "coordinator", f"{HERE}/staff/weeks"),
    "challenges I thought up": Look("drafts.own", "winner", f"{HERE}/me/drafts"),
    "none thought up": Look("drafts.own", "asked", f"{HERE}/me/drafts"),
    "think up a challenge": Look("drafts.propose", "asked", f"{HERE}/me/drafts/new"),
    "write it anew": Look("drafts.again", "winner", "thought up"),
    "places I proposed": Look("proposals.own", "winner", f"{HERE}/me/places"),
    "none proposed": Look("proposals.own", "asked", f"{HERE}/me/places"),
    "propose a place": Look("proposals.propose", "asked", f"{HERE}/me/places/new", first=open_folds),
    "write a place anew": Look("proposals.again", "winner", "proposed"),
    "places, for makers": Look("places.mine", "coordinator", f"{HERE}/staff/spots"),
    "a walk from a file": Look("walks.bring", "coordinator", f"{HERE}/staff/walks/from-file"),
    "new place": Look("places.new", "coordinator", f"{HERE}/staff/spots/new", first=open_folds),
    "change a place": Look("places.change", "coordinator", f"{HERE}/staff/spots/hinkelplein", first=see_the_pin),
    "border and zones": Look("setting_up.areas", "coordinator", f"{HERE}/staff/areas", first=draw_a_zone),
    "desk": Look("desk.queue", "coordinator", f"{HERE}/desk/", first=open_folds),
    "a place at the desk": Look("desk.queue", "coordinator", "proposed, at the desk", first=open_folds),
    "an answer to other words": Look("desk.queue", "coordinator", "proposed, at the desk", first=answer_other_words),
    "a look at a player": Look("desk.queue", "coordinator", f"{HERE}/desk/?item=look.{LOOK}", first=open_folds),
    "pauses of players": Look("desk.pauses", "coordinator", f"{HERE}/desk/pauses", first=open_folds),
    "pauses, nobody has one": Look("desk.pauses", "coordinator", "pause for resting", first=see_no_pauses),
    "me, with a pause": Look("people.me", "resting", f"{HERE}/me"),
    "why a pause": Look("desk.answers", "resting", f"{HERE}/desk/answers"),
    "refused by a pause": Look("", "resting", f"{HERE}/together", status=403),
    "a meeting that waits for a pause": Look("encounters.show", "resting", "waits for resting"),
    "an own meeting that waits for a pause": Look("encounters.show", "resting", "resting waits"),
    "answers of the desk": Look("desk.answers", "winner", f"{HERE}/desk/answers"),
    "report": Look("desk.report", "visitor", f"{HERE}/report/photo/abc"),
    "reported": Look("desk.report", "visitor", f"{HERE}/report/photo/abc?said=1"),
    "thermometer": Look("scoring.thermometer", "visitor", f"{HERE}/thermometer"),
    "reveal": Look("scoring.reveal", "visitor", f"{HERE}/season/reveal"),
    "ranking": Look("ranking.show", "winner", f"{HERE}/ranking"),
    "seasons before": Look("scoring.archive", "visitor", f"{HERE}/seasons"),
    "photos of closed seasons": Look("encounters.album", "winner", f"{HERE}/album?closed=1"),
    "questions about points": Look("scoring.corrections", "coordinator", f"{HERE}/staff/points", first=open_folds),
    "own points": Look("scoring.mine", "winner", f"{HERE}/points/mine", first=open_folds),
    "no points yet": Look("scoring.mine", "asked", f"{HERE}/points/mine"),
    "how points work": Look("scoring.explained", "visitor", f"{HERE}/points?how=first&zone=1&fits=1"),
    "join": Look("people.join", "visitor", f"{HERE}/join"),
    "a made-up person's way in": Look("demo.enter", "visitor", "way in"),
    "scan": Look("encounters.scan", "visitor", "/e/"),
    "me": Look("people.me", "starter", f"{HERE}/me"),
    "my card": Look("people.card", "starter", f"{HERE}/me/card"),
    "my card, just issued": Look("people.card", "starter", f"{HERE}/me/card", first=issue_the_card),
    "my phones": Look("people.phones", "starter", f"{HERE}/me/phones"),
    "my e-mail address": Look("people.own_email", "starter", f"{HERE}/me/email"),
    "coming back": Look("people.back", "visitor", f"{HERE}/back"),
    "coming back, scanned": Look("people.back", "visitor", f"{HERE}/back", first=scan_a_way_back),
    "is this address yours": Look("people.email", "visitor", f"{HERE}/email"),
    "it is": Look("people.email", "visitor", f"{HERE}/email?done=1"),
    "a neighbour's card, to a visitor": Look("encounters.meet", "visitor", "card"),
    "a neighbour's card": Look("encounters.meet", "starter", "card"),
    "no such card": Look("", "visitor", f"{HERE}/with/XXXXXX", status=404),
    "me, folds open": Look("people.me", "starter", f"{HERE}/me", first=open_folds),
    "my household": Look("people.household", "winner", f"{HERE}/me/household"),
    "asked for a household": Look("people.household", "partner", f"{HERE}/me/household"),
    "in a household": Look("people.household", "refused", f"{HERE}/me/household", first=open_folds),
    "whom I do not want to meet": Look("people.blocks", "winner", f"{HERE}/me/blocks"),
    "my data": Look("people.data", "winner", f"{HERE}/me/data"),
    "erase me": Look("people.erase", "winner", f"{HERE}/me/erase"),
    "erased": Look("people.erased", "leaver", f"{HERE}/erased"),
    "nothing to undo": Look("people.erased", "visitor", f"{HERE}/erased"),
    "stories": Look("stories.index", "visitor", f"{HERE}/stories"),
    "on the way to a stop": Look("walks.way", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/3"),
    "at a stop": Look("walks.here", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/3/here"),
    "the end of a walk": Look("walks.end", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/end"),
    "stories, searched": Look("stories.index", "visitor", f"{HERE}/stories?q=nergens", first=open_folds),
    "a story in a frame": Look("stories.frame", "visitor", "a story in a frame"),
    "a walk in a frame": Look("walks.frame", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/frame"),
    "how to tell": Look("stories.tell", "visitor", f"{HERE}/stories/tell"),
    "telling": Look("stories.write", "visitor", f"{HERE}/stories/tell/write", first=open_folds),
    "telling for somebody": Look("stories.write", "starter", f"{HERE}/stories/tell/write?way=paper"),
    "knowing it too": Look("reactions.propose", "visitor", "knowing it too"),
    "remembering anew": Look("reactions.again", "winner", "remembering anew"),
    "a question": Look("stories.question", "visitor", "a question"),
    "a story that I know too": Look("stories.show", "winner", "story shown"),
    "questions": Look("stories.questions", "visitor", f"{HERE}/stories/questions"),
    "my memories": Look("reactions.own", "starter", f"{HERE}/me/memories"),
    "my questions": Look("prompts.own", "starter", f"{HERE}/me/questions"),
    "asking anew": Look("prompts.again", "winner", "asking anew"),
    "asking, refused": Look("prompts.propose", "starter", f"{HERE}/me/questions/new", first=refuse("question")),
    "happening": Look("happening.show", "visitor", f"{HERE}/happening"),
    "happening on paper": Look("happening.paper", "visitor", f"{HERE}/happening/paper"),
    "moving in": Look("happening.moving_in", "visitor", f"{HERE}/happening/moving-in"),
    "what it does": Look("measures.of", "coordinator", "what it does", first=open_folds),
    "what it does, this season": Look("measures.show", "coordinator", f"{HERE}/insight"),
    "what it does, on A4": Look("measures.report", "coordinator", "what it does, on A4"),
    "what it does, for the window": Look("measures.window", "coordinator", "what it does, for the window"),
    "the survey": Look("survey.show", "visitor", f"{HERE}/survey"),
    "what came of the survey": Look("survey.results", "visitor", f"{HERE}/survey/results"),
    "the survey, to keep": Look("survey.keep", "coordinator", f"{HERE}/staff/survey", first=open_folds),
    "the survey on paper": Look("survey.paper", "coordinator", f"{HERE}/staff/survey/paper"),
    "sheets of the survey": Look("survey.sheets", "coordinator", "sheets of the survey"),
    "sheets of the survey, refused": Look(
        "survey.sheets", "coordinator", "sheets of the survey", first=refuse("lines", "444")
    ),
    "the mirror": Look("mirror.show", "coordinator", f"{HERE}/staff/mirror", first=open_folds),
    "answering in the mirror": Look("mirror.answer", "coordinator", f"{HERE}/staff/mirror/partners"),
    "answering in the mirror, refused": Look(
        "mirror.answer", "coordinator", f"{HERE}/staff/mirror/partners", first=refuse("why")
    ),
    "promises": Look("promises.index", "visitor", f"{HERE}/promises", first=open_folds),
    "promises on paper": Look("promises.paper", "visitor", f"{HERE}/promises/paper"),
    "a promise": Look("promises.show", "starter", "promise"),
    "a promise of an organisation": Look("promises.show", "coordinator", "promise"),
    "my promises": Look("sent_promises.own", "winner", f"{HERE}/me/promises"),
    "a promise anew": Look("sent_promises.again", "winner", "promise anew"),
    "promising": Look("sent_promises.propose", "coordinator", f"{HERE}/me/promises/new", first=open_folds),
    "promising, refused": Look("sent_promises.propose", "starter", f"{HERE}/me/promises/new", first=refuse("what")),
    "gatherings": Look("gatherings.index", "visitor", f"{HERE}/gatherings"),
    "a gathering": Look("gatherings.show", "visitor", "gathering that comes"),
    "a gathering that was": Look("gatherings.show", "visitor", "gathering that was"),
    "a gathering, kept by a host": Look("gatherings.show", "coordinator", "gathering that comes", first=open_folds),
    "a gathering of the house, counted": Look("gatherings.show", "coordinator", "gathering that was", first=open_folds),
    "at the code of a gathering": Look("gatherings.here", "starter", "code of a gathering"),
    "poster of a gathering": Look("gatherings.poster", "coordinator", "poster of a gathering"),
    "my gatherings": Look("sent_gatherings.own", "winner", f"{HERE}/me/gatherings"),
    "a gathering anew": Look("sent_gatherings.again", "winner", "gathering anew"),
    "opening a gathering": Look("sent_gatherings.propose", "starter", f"{HERE}/me/gatherings/new"),
    "opening, refused": Look("sent_gatherings.propose", "starter", f"{HERE}/me/gatherings/new", first=refuse("title")),
    "what was said": Look("sent_reports.propose", "coordinator", "telling of a gathering"),
    "what I wrote of gatherings": Look("sent_reports.own", "coordinator", f"{HERE}/me/gathering-reports"),
    "what was said, anew": Look("sent_reports.again", "coordinator", "telling anew"),
    "hours of professionals": Look("dialogues.index", "visitor", f"{HERE}/dialogues"),
    "an hour": Look("dialogues.show", "visitor", "hour"),
    "an hour of mine": Look("dialogues.show", "adviser", "hour"),
    "drawing a card": Look("dialogues.card", "visitor", "hour, card"),
    "drawing a card, refused": Look("dialogues.card", "visitor", "hour, card", first=refuse("words")),
    "a card of paper": Look("dialogues.paper", "coordinator", "hour, paper"),
    "a talk": Look("dialogues.talk", "talker", "talk", first=open_folds),
    "a card to answer": Look("dialogues.talk", "adviser", "talk to answer"),
    "talk cards": Look("dialogues.paper_cards", "visitor", f"{HERE}/dialogues/cards"),
    "what people learned": Look("dialogues.learned", "visitor", f"{HERE}/dialogues/learned"),
    "questions to professionals": Look("dialogues.questions", "visitor", f"{HERE}/dialogues/questions"),
    "a question to a professional": Look("dialogues.question", "visitor", "inquiry", first=open_folds),
    "hours of mine": Look("dialogues.mine", "adviser", f"{HERE}/dialogues/mine"),
    "planning an hour": Look("dialogues.new", "adviser", f"{HERE}/dialogues/new"),
    "planning an hour, refused": Look("dialogues.new", "adviser", f"{HERE}/dialogues/new", first=refuse("ends")),
    "laying a table": Look("dialogues.new_table", "adviser", f"{HERE}/dialogues/tables/new"),
    "a theme table": Look("dialogues.table", "adviser", "table", first=open_folds),
    "professionals": Look("professionals.index", "coordinator", f"{HERE}/staff/professionals", first=open_folds),
    "my questions to professionals": Look("sent_questions.own", "inquirer", f"{HERE}/me/asked"),
    "asking a professional": Look("sent_questions.propose", "visitor", f"{HERE}/me/asked/new"),
    "asking a professional anew": Look("sent_questions.again", "inquirer", "asking a professional anew"),
    "ideas": Look("ideas.index", "visitor", f"{HERE}/ideas"),
    "an idea that was answered": Look("ideas.show", "visitor", "idea answered"),
    "an idea to sign": Look("ideas.show", "starter", "idea open"),
    "an idea to answer": Look("ideas.show", "coordinator", "idea open"),
    "ideas to answer": Look("ideas.to_decide", "coordinator", f"{HERE}/staff/ideas"),
    "typing an idea in": Look("ideas.enter", "coordinator", f"{HERE}/staff/ideas/new"),
    "typing an idea in, refused": Look(
        "ideas.enter", "coordinator", f"{HERE}/staff/ideas/new", first=refuse("title", "[form=entry]")
    ),
    "idea cards": Look("ideas.cards", "coordinator", f"{HERE}/staff/ideas/cards"),
    "offers and wishes": Look("offers.index", "visitor", f"{HERE}/offers"),
    "offers side by side": Look("offers.side_by_side", "coordinator", f"{HERE}/staff/offers"),
    "my offers": Look("sent_offers.own", "starter", f"{HERE}/me/offers"),
    "an offer": Look("sent_offers.propose", "starter", f"{HERE}/me/offers/new"),
    "an offer, refused": Look("sent_offers.propose", "starter", f"{HERE}/me/offers/new", first=refuse("words")),
    "an offer anew": Look("sent_offers.again", "winner", "offer anew"),
    "an offer that may fit": Look("offers.match", "winner", "offer that may fit"),
    "an offer that may fit, refused": Look("offers.match", "winner", "offer that may fit", first=say_nothing),
    "initiatives": Look("initiatives.index", "visitor", f"{HERE}/initiatives"),
    "an initiative": Look("initiatives.show", "visitor", "initiative"),
    "an initiative to join": Look("initiatives.show", "starter", "initiative"),
    "an initiative to run": Look("initiatives.show", "coordinator", "initiative", first=open_folds),
    "an initiative, written anew": Look("initiatives.change", "coordinator", "initiative written"),
    "my ideas": Look("sent_ideas.own", "winner", f"{HERE}/me/ideas"),
    "an idea anew": Look("sent_ideas.again", "winner", "idea anew"),
    "sending an idea": Look("sent_ideas.propose", "visitor", f"{HERE}/me/ideas/new"),
    "sending an idea, refused": Look("sent_ideas.propose", "visitor", f"{HERE}/me/ideas/new", first=refuse("title")),
    "choices": Look("choices.index", "visitor", f"{HERE}/choices"),
    "a choice": Look("choices.show", "visitor", "choice open"),
    "a choice to vote in": Look("choices.show", "starter", "choice open"),
    "voting, refused": Look("choices.show", "starter", "choice open", first=refuse("option")),
    "a choice with an outcome": Look("choices.show", "starter", "choice decided"),
    "choices of the team": Look("choices.staff", "coordinator", f"{HERE}/staff/choices"),
    "a choice to keep": Look("choices.keep", "coordinator", "choice to keep"),
    "a choice to change the outcome of": Look("choices.keep", "coordinator", "choice to decide"),
    "a sheet to choose on": Look("choices.sheet", "coordinator", "choice on paper"),
    "opening a choice": Look("choices.new", "coordinator", f"{HERE}/staff/choices/new"),
    "opening a choice, refused": Look("choices.new", "coordinator", f"{HERE}/staff/choices/new", first=refuse("title")),
    "my reasons": Look("reasons.own", "winner", f"{HERE}/me/reasons"),
    "a reason anew": Look("reasons.again", "winner", "reason anew"),
    "writing a reason": Look("reasons.propose", "starter", f"{HERE}/me/reasons/new"),
    "writing a reason, refused": Look("reasons.propose", "starter", f"{HERE}/me/reasons/new", first=refuse("words")),
    "not agreeing": Look("reasons.propose", "starter", "not agreeing"),
    "asking": Look("prompts.propose", "starter", f"{HERE}/me/questions/new"),
    "my stories": Look("stories.own", "starter", f"{HERE}/stories/mine"),
    "a story": Look("stories.show", "visitor", "story shown"),
    "a story that is gone": Look("stories.show", "visitor", "story gone", status=410),
    "my story, to read": Look("stories.mine", "winner", "my story shown"),
    "my story, my turn": Look("stories.mine", "winner", "my story to sign"),
    "signing my story": Look("stories.review", "winner", "signing"),
    "where my story may stand": Look("stories.uses", "winner", "uses"),
    "my story, written anew": Look("stories.change", "winner", "writing anew"),
    "taking my story away": Look("stories.ask_withdraw", "winner", "taking away"),
    "what a child tells": Look("stories.guard", "starter", "what a child tells", first=open_folds),
    "no to what a child tells": Look("stories.ask_guard_no", "starter", "no to what a child tells"),
    "a yes on paper": Look("stories.papers", "coordinator", f"{HERE}/stories/paper"),
    "putting in a yes on paper": Look("stories.paper", "coordinator", "putting in a yes on paper"),
    "a story on paper": Look("stories.sheet", "coordinator", "a story on paper"),
    "letting a story rest": Look("stories.rest", "coordinator", "letting a story rest"),
    "an editor changes a story": Look("stories.edit", "coordinator", "editing"),
    "a story at the desk": Look("desk.queue", "coordinator", "a story at the desk"),
    "telling, the microphone refused": Look("stories.write", "starter", f"{HERE}/stories/tell/write", first=speak),
    "what a voice says, to type": Look("stories.type_out", "asker", "a voice"),
    "my receipt": Look("receipts.show", "visitor", f"{HERE}/receipt"),
    "a lost receipt": Look("receipts.lost", "keeper", f"{HERE}/receipt/lost"),
    "care": Look("headquarters.care", "keeper", f"{HERE}/staff/care"),
    "report of the day": Look("headquarters.report", "keeper", f"{HERE}/staff/report"),
    "stamps of the desk": Look("headquarters.stamps", "keeper", f"{HERE}/host/stamps"),
    "somebody at the desk": Look("headquarters.person", "keeper", f"{HERE}/host", first=open_a_card),
    "the host's desk": Look("headquarters.host", "keeper", f"{HERE}/host"),
    "what waits, with a household": Look("encounters.waiting", "partner", f"{HERE}/waiting"),
    "leave": Look("people.leave", "starter", f"{HERE}/me/leave"),
    "choose what to do": Look("encounters.together", "starter", f"{HERE}/together"),
    "choose, all kinds": Look("encounters.together", "starter", f"{HERE}/together?free=1", first=open_folds),
    "lessons": Look("lessons.index", "visitor", f"{HERE}/lessons"),
    "a lesson": Look("lessons.show", "visitor", f"{HERE}/lessons/hoe-klonk-de-straat", first=see_the_line),
    "a lesson that is gone": Look("lessons.show", "visitor", f"{HERE}/lessons/wie-vertelt-de-waarheid", status=410),
    "a stop of a lesson": Look("lessons.look", "visitor", f"{HERE}/lessons/hoe-klonk-de-straat/stop/3"),
    "the last stop of a lesson": Look("lessons.look", "visitor", f"{HERE}/lessons/hoe-klonk-de-straat/stop/7"),
    "a lesson on paper": Look("lessons.paper", "visitor", f"{HERE}/lessons/hoe-klonk-de-straat/paper"),
    "lessons, for makers": Look("lessons.made", "coordinator", f"{HERE}/staff/lessons"),
    "new lesson": Look("lessons.new", "coordinator", f"{HERE}/staff/lessons/new"),
    "a lesson that is made": Look("lessons.build", "coordinator", f"{HERE}/staff/lessons/hoe-klonk-de-straat"),
    "a lesson from a file": Look("lessons.bring", "coordinator", f"{HERE}/staff/lessons/from-file"),
    "walks": Look("walks.index", "visitor", f"{HERE}/walks"),
    "a walk": Look("walks.show", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep", first=see_the_line),
    "a walk for on the phone": Look("walks.kept", "visitor", f"{HERE}/walks/van-de-brug-tot-de-soep/kept"),
    "a walk that is gone": Look("walks.show", "visitor", "walk gone", status=410),
    "a walk before it is published": Look("walks.preview", "visitor", "walk preview", first=see_the_line),
    "walks, for makers": Look("walks.made", "coordinator", f"{HERE}/staff/walks"),
    "new walk": Look("walks.new", "coordinator", f"{HERE}/staff/walks/new"),
    "new walk, refused": Look("walks.new", "coordinator", f"{HERE}/staff/walks/new", first=refuse("title")),
    "a walk without stops": Look("walks.build", "coordinator", "walk empty", first=see_the_line),
    "a walk that is made": Look("walks.build", "coordinator", "walk made", first=see_the_line),
    "a walk that is made, folds open": Look("walks.build", "coordinator", "walk made", first=open_the_walk),
    "a walk that is made, a round refused": Look("walks.build", "coordinator", "walk made", first=refuse_a_round),
    "a walk that is public, to its maker": Look(
        "walks.build", "coordinator", f"{HERE}/staff/walks/van-de-brug-tot-de-soep", first=open_the_walk
    ),
    "without network": Look("encounters.offline", "visitor", f"{HERE}/offline"),
    "without network, something waits": Look("encounters.offline", "visitor", f"{HERE}/offline", first=keep_a_photo),
    "photo": Look("encounters.hand_in", "starter", f"{HERE}/together/{BENCH}", first=open_folds),
    "photo, chosen": Look("encounters.hand_in", "starter", f"{HERE}/together/{BENCH}", first=choose_a_photo),
    "photo, the brush in hand": Look("encounters.hand_in", "starter", f"{HERE}/together/{BENCH}", first=take_the_brush),
    "photo, not sent": Look("encounters.hand_in", "starter", f"{HERE}/together/{BENCH}", first=fail_to_send),
    "code": Look("encounters.show", "starter", "code"),
    "code, over": Look("encounters.show", "starter", "code", first=let_the_code_end),
    "one phone for two": Look("encounters.here", "starter", "code/here"),
    "another challenge": Look("encounters.another", "starter", "code/another"),
    "question to a stranger": Look("encounters.show", "visitor", "letters"),
    "question": Look("encounters.show", "asked", "asked"),
    "question on the same phone": Look("encounters.answer_here", "lender", "lent/here/answer"),
    "letters of who has no phone": Look("encounters.letters", "giver", "given/here/letters"),
    "waiting for the other": Look("encounters.show", "asker", "asked"),
    "waiting for the other, on the same phone": Look("encounters.show", "lender", "lent"),
    "points": Look("encounters.show", "winner", "won", first=open_folds),
    "what waits": Look("encounters.waiting", "asked", f"{HERE}/waiting"),
    "nothing waits": Look("encounters.waiting", "starter", f"{HERE}/waiting"),
    "album of the season": Look("albums.season", "visitor", f"{HERE}/season/album"),
    "album of a season of its own": Look("albums.of", "visitor", f"{HERE}/photos", first=open_its_album),
    "slides": Look("albums.slides", "keeper", f"{HERE}/season/slides"),
    "album as a book": Look("albums.book", "coordinator", f"{HERE}/print/album"),
    "snapshots": Look("photos.board", "visitor", f"{HERE}/photos"),
    "snapshots with mine": Look("photos.board", "winner", f"{HERE}/photos"),
    "who may see my photo": Look("photos.who", "winner", "who", first=open_folds),
    "album": Look("encounters.album", "winner", f"{HERE}/album"),
    "empty album": Look("encounters.album", "asked", f"{HERE}/album"),
    "gone, for who said no": Look("encounters.show", "refuser", "refused"),
    "gone, for the other": Look("encounters.show", "refused", "refused"),
    "no such page": Look("", "visitor", "/no/such/page", status=404),
    "no such page in a neighbourhood": Look("", "visitor", f"{HERE}/challenges/no-such-thing", status=404),
    "no such code": Look("", "visitor", "/e/XXXXXX", status=404),
    "no such sign": Look("", "visitor", f"/q/{'A' * 26}", status=404),
    "a code that is over": Look("", "visitor", "over", status=410),
    "a code that was used": Look("", "visitor", "won by code", status=410),
    "what a child can do": Look("encounters.instead", "child", f"{HERE}/me/now", first=open_folds),
    "a friend's link, to a child": Look("", "child", "letters", status=403),
    "a challenge, to a child": Look("challenges.show", "child", f"{HERE}/challenges/{BENCH}"),
    "places to look for": Look("challenges.index", "child", f"{HERE}/challenges?alone=1"),
    "scan, refused": Look("encounters.scan", "visitor", "/e/", first=refuse("code", "AB3")),
    "letters of a sign, refused": Look("places.letters", "visitor", "/q/", first=refuse("code", "AB3")),
    "join, refused": Look("people.join", "visitor", f"{HERE}/join", first=refuse("name", "x")),
    "coming back, refused": Look("people.back", "visitor", f"{HERE}/back", first=refuse("code", "AB3")),
    "my household, refused": Look("people.household", "winner", f"{HERE}/me/household", first=refuse("letters", "AB3")),
    "one phone for two, refused": Look("encounters.here", "starter", "code/here", first=refuse("tag", "AB3")),
    "the host's desk, refused": Look("headquarters.host", "keeper", f"{HERE}/host", first=refuse("one", "AB3")),
    "report, refused": Look("desk.report", "visitor", f"{HERE}/report/photo/abc", first=refuse("reason")),
    "pauses, refused": Look("desk.pauses", "coordinator", f"{HERE}/desk/pauses", first=refuse("letters", "AB3")),
    "sign in as staff, refused": Look("staff.enter", "visitor", f"{HERE}/staff/in", first=refuse("login")),
    "invited, refused": Look("staff.invited", "visitor", f"{HERE}/staff/invited", first=refuse("password", "kort")),
    "start a season, refused": Look("seasons.new", "coordinator", f"{HERE}/staff/season", first=refuse("theme-nl")),
    "think up, refused": Look("drafts.propose", "asked", f"{HERE}/me/drafts/new", first=refuse("title")),
    "propose, refused": Look("proposals.propose", "asked", f"{HERE}/me/places/new", first=refuse("name")),
}


@pytest.fixture(scope="module")
def situations(browser: Browser, site_served: Site) -> Iterator[Cast]:
    """The cast, each halfway through something."""
    cast = Cast()
    for name in {look.who for look in PAGES.values()} | {"partner", "late"}:
        cast.phones[name] = Phone(browser, site_served, width=NARROW, bypass_csp=True)
    phones, dot = cast.phones, ROOT / "tests" / "browser" / "dot.png"
    for name in ("starter", "asker", "lender", "giver", "winner", "refused", "late"):
        phones[name].join()
    phones["child"].join("young")

    site_served.change(HANGS, sha256(SCREEN.encode()).hexdigest())
    cast.at["letters"] = f"/e/{phones['starter'].hand_in(dot)}"
    cast.at["code"] = phones["starter"].path
    cast.at["code/here"] = f"{cast.at['code']}/here"
    cast.at["code/another"] = f"{cast.at['code']}/another"

    phones["asked"].join()
    phones["asked"].open(f"{HERE}/me")
    tag = phones["asked"].letters()
    cast.at["card"] = f"{HERE}/with/{tag}"
    phones["asker"].hand_in(dot)
    phones["asker"].name_by_letters(tag)
    cast.at["asked"] = phones["asker"].path

    for one, other, where in (("winner", "partner", "won"), ("refused", "refuser", "refused")):
        cast.at[f"{where} by code"] = f"/e/{phones[one].hand_in(dot)}"
        phones[other].open(cast.at[f"{where} by code"])
        phones[other].join_here()
        cast.at[where] = phones[one].path
    phones["partner"].say_yes()
    expect(phones["winner"].page.locator(".buurt-total")).to_be_visible()  # its page turns by itself
    phones["winner"].open(f"{HERE}/album")
    cast.at["who"] = phones["winner"].page.locator("a[href$='/who']").first.get_attribute("href")
    phones["refuser"].tap("button[form=no]")
    expect(phones["refuser"].page.locator("form#yes")).to_have_count(0)

    phones["lender"].hand_in(dot)
    cast.at["lent"] = phones["lender"].path
    phones["lender"].tap("a[href$='/here']")
    phones["lender"].join_here()
    cast.at["lent/here/answer"] = phones["lender"].path

    phones["giver"].hand_in(dot)
    phones["giver"].tap("a[href$='/here']")
    phones["giver"].join_here()
    phones["giver"].say_yes()
    cast.at["given/here/letters"] = phones["giver"].path

    phones["keeper"].join()
    become_staff(site_served, phones["keeper"], "host")
    ON_PAPER[:] = [meet_on_paper(phones, dot)]
    phones["teacher"].join()
    become_staff(site_served, phones["teacher"], "teacher")
    teach(phones["teacher"], phones["crew"], cast.at)
    send_home(phones["teacher"], phones["crew"], phones["lender"], cast.at)
    cast.at["sign"] = sign(site_served, phones["visitor"])
    live_together(phones)
    write_letters(phones["winner"], f"{HERE}/me/blocks", phones["refused"])
    phones["keeper"].open(f"{HERE}/host")
    for name, one in (("one", "winner"), ("other", "asker")):
        phones["keeper"].page.locator(f"#{name}").fill(tag_of(phones[one]))
    phones["keeper"].tap("form[action$='/host'] button")
    name = phones["leaver"].join()
    phones["leaver"].open(f"{HERE}/me/erase")
    phones["leaver"].page.locator("#name").fill(name)
    phones["leaver"].tap("button[form=erase]")
    phones["leaver"].page.wait_for_url("**/erased*")

    put_a_team_together(site_served, phones)
    give_a_pause(phones, cast.at, dot)
    ask_about_points(phones["winner"])
    ((cast.at["a story in a frame"],),) = site_served.rows(IN_A_FRAME)
    cast.at["thought up"] = think_up_a_challenge(phones["winner"])
    cast.at["noting anew"] = write_down_what_they_saw(phones["winner"])
    cast.at["proposed"] = propose_a_place(phones["winner"])
    cast.at["proposed, at the desk"] = f"{HERE}/desk/?item=place.{cast.at['proposed'].rpartition('/')[2]}"

    tell_stories(phones["winner"], phones["coordinator"], cast.at)
    tell_for_a_child(phones["asker"], phones["starter"], phones["coordinator"], cast.at)
    cast.at["a voice"] = tell_by_voice(phones["asker"])
    ask_and_remember(phones["winner"], phones["coordinator"], cast.at)
    ((wave,),) = site_served.rows("SELECT key FROM survey_wave WHERE closed_on IS NULL")
    cast.at["sheets of the survey"] = f"{HERE}/staff/survey/{wave}/sheets"
    cast.at["idea anew"] = send_an_idea(phones["winner"])
    open_and_tell(site_served, phones["winner"], phones["coordinator"], cast.at)
    promise(site_served, phones["winner"], cast.at)
    for at, which in (("idea open", "DESC"), ("idea answered", "ASC")):  # of the demo
        ((key,),) = site_served.rows(
            f"SELECT key FROM idea ORDER BY key NOT IN (SELECT about FROM step) {which} LIMIT 1"
        )
        cast.at[at] = f"{HERE}/ideas/{key}"
    ((key,),) = site_served.rows("SELECT key FROM initiative WHERE next_on IS NOT NULL ORDER BY next_on LIMIT 1")
    cast.at |= {"initiative": f"{HERE}/initiatives/{key}", "initiative written": f"{HERE}/initiatives/{key}/change"}

    bring_two_together(site_served, phones, cast.at)
    choose_together(site_served, cast.at)
    cast.at["reason anew"] = write_a_reason(phones["winner"])

    ((first,),) = site_served.rows("SELECT first FROM measure_edition ORDER BY first LIMIT 1")  # the season before
    measured = f"{HERE}/insight/{first}"
    cast.at |= {"what it does": measured, "what it does, on A4": f"{measured}/report"}
    cast.at["what it does, for the window"] = f"{measured}/window"
    sit_at_an_hour(site_served, phones, cast.at)

    string_walks(phones["coordinator"], cast.at)

    letters = phones["late"].hand_in(dot)
    cast.at["over"] = f"/e/{letters}"
    # the pages below take longer than a code lives
    site_served.change("UPDATE encounter_code SET valid_until = datetime('now', '+1 hour')")
    ends = "UPDATE encounter_code SET valid_until = datetime('now', '-1 minute') WHERE letters = ?"
    site_served.change(ends, letters)
    said = (site_served.folder / "said.txt").read_text()
    cast.at["way in"] = re.search(rf"{HERE}/demo/\S+", said).group()
    for each in phones.values():
        each.expect_refusals(403, 404, 409, 410, 422)
        each.expected.append("net::ERR_FAILED")
    yield cast
    for each in phones.values():
        each.close()


def tell_stories(teller: Phone, editor: Phone, at: dict[str, str]) -> None:
    """One that everybody reads, one that waits for its teller, one that waits at the desk, and one that is gone."""
    names = ("shown", "to sign", "told", "gone")
    for name in names:
        teller.open(f"{HERE}/stories/tell/write")
        open_folds(teller.page)
        teller.page.locator("#words").fill(f"Het was koud op de brug. Wij stonden er {name} te wachten.")
        teller.page.locator("#title").fill(f"De brug, {name}")
        teller.page.locator("#when").fill("ongeveer 1974")
        teller.tap("button[form=story]")
        teller.page.wait_for_url("**/stories/mine*")
    links = teller.page.locator("a[href*='/stories/mine/']").evaluate_all("links => links.map((one) => one.pathname)")
    keys = dict(zip(names, [link.rpartition("/")[2] for link in reversed(links)], strict=True))
    editor.open(f"{HERE}/stories/edit/{keys['to sign']}")
    editor.page.locator("#words").fill("Het was koud op de brug. Wij wachtten lang.")
    editor.page.locator("#note").fill("Eén zin is korter.")
    editor.tap("button[form=edit]")
    editor.page.wait_for_url("**/desk/*")
    for name in ("shown", "to sign", "gone"):
        editor.open(f"{HERE}/desk/?item=story.{keys[name]}")
        editor.tap("button[value=good]")
        expect(editor.page.locator("undo-moment")).to_be_visible()
    for name in ("shown", "gone"):
        teller.open(f"{HERE}/stories/mine/{keys[name]}/yes")
        teller.tap("button[form=yes]")
        expect(teller.page.locator("#said")).to_be_visible()
    teller.open(f"{HERE}/stories/mine/{keys['gone']}/withdraw")
    teller.tap("button[form=withdraw]")
    expect(teller.page.locator("#said")).to_be_visible()
    at |= {f"story {name}": f"{HERE}/stories/{key}" for name, key in keys.items()}
    at |= {f"my story {name}": f"{HERE}/stories/mine/{key}" for name, key in keys.items()}
    at["signing"], at["uses"] = f"{at['my story to sign']}/yes", f"{at['my story shown']}/uses"
    at["writing anew"], at["taking away"] = f"{at['my story shown']}/change", f"{at['my story shown']}/withdraw"
    at["editing"] = f"{HERE}/stories/edit/{keys['told']}"
    at["a story at the desk"] = f"{HERE}/desk/?item=story.{keys['told']}"


def tell_for_a_child(helper: Phone, carer: Phone, editor: Phone, at: dict[str, str]) -> None:
    """A story of a child that somebody typed: who cares for the child reads it, and a host puts their yes in."""
    helper.open(f"{HERE}/stories/tell/write?way=paper")
    page = helper.page
    open_folds(page)
    page.locator("#words").fill("Wij hinkelden tot het donker werd. Niemand riep ons.")
    page.locator("#title").fill("Hinkelen")
    page.locator("[name=young]").check()
    with page.expect_navigation():
        helper.tap("button[form=story]")
    letters = page.locator(".buurt-receipt__letters").last.inner_text()
    carer.open(f"{HERE}/receipt")
    carer.page.locator("#code").fill(letters)
    with carer.page.expect_navigation():
        carer.tap("button[form=receipt]")
    path = carer.page.locator("main a[href*='/stories/cares/']").evaluate("link => link.pathname")
    key = path.rpartition("/")[2]
    editor.open(f"{HERE}/desk/?item=story.{key}")
    editor.tap("button[value=good]")
    expect(editor.page.locator("undo-moment")).to_be_visible()
    at["what a child tells"], at["no to what a child tells"] = path, f"{path}/no"
    at["putting in a yes on paper"] = f"{HERE}/stories/paper/{key}"
    at["a story on paper"] = f"{HERE}/stories/paper/{key}/sheet"
    at["letting a story rest"] = f"{HERE}/stories/rest/{at['story shown'].rpartition('/')[2]}"


def tell_by_voice(teller: Phone) -> str:
    """A story that somebody said; where its words are typed."""
    page = teller.page
    teller.open(f"{HERE}/stories/tell/write")
    open_folds(page)
    page.locator("[name=title]").fill("De bel")
    page.locator("[name=sound]").set_input_files({"name": "bel.ogg", "mimeType": "audio/ogg", "buffer": tone(2, "ogg")})
    page.locator("[name=who][value=anonymous]").check()
    with page.expect_navigation():
        teller.tap("button[form=story]")
    page.locator("main a[href*='/stories/mine/']").first.tap()
    page.wait_for_url(re.compile(r"/stories/mine/\w{26}"))
    return f"{teller.path}/transcript"


def string_walks(maker: Phone, at: dict[str, str]) -> None:
    """One without stops; one with three, of which the last says nothing yet; and one that was taken out of the list."""
    page = maker.page
    for name in ("empty", "made"):
        maker.open(f"{HERE}/staff/walks/new")
        page.locator("#title").fill(f"Rondje {name}")
        maker.tap("button[form=walk]")
        page.wait_for_url("**/staff/walks/rondje-*")
        at[f"walk {name}"] = maker.path
    for number, chosen in enumerate((".buurt-library form button", ".buurt-library form button", "#add-place"), 1):
        maker.tap(chosen)
        expect(page.locator(".buurt-stops > li")).to_have_count(number)
    at["walk preview"] = page.locator("#preview a").get_attribute("href")
    maker.open(f"{HERE}/staff/walks/veel-talen-een-buurt")
    maker.tap("#retire")
    expect(page.locator("#retire")).to_have_count(0)
    at["walk gone"] = f"{HERE}/walks/veel-talen-een-buurt"


def put_a_team_together(site: Site, phones: dict[str, Phone]) -> None:
    """A coordinator with a second lock, an editor without, and a photo that waits at the desk."""
    for name, role in (("recruit", "editor"), ("coordinator", "coordinator")):
        become_staff(site, phones[name], role)
    begin_second_lock(phones["coordinator"])
    for name in ("winner", "partner"):
        let_everybody_see(phones[name])
    for key, name in ((LOOK, "same picture"), (LOOK[::-1], "at once")):
        site.change(SEEN, key, name)


def give_a_pause(phones: dict[str, Phone], at: dict[str, str], dot: Path) -> None:
    """Somebody who is waited for, and who waits, gets a pause."""
    resting = phones["resting"]
    resting.join()
    letters = tag_of(resting)
    phones["late"].hand_in(dot)
    phones["late"].name_by_letters(letters)
    at["waits for resting"] = phones["late"].path
    resting.hand_in(dot)
    at["resting waits"] = resting.path
    at["pause for resting"] = f"{HERE}/desk/pauses?tag={letters}"
    lead = phones["coordinator"]
    lead.open(at["pause for resting"])
    lead.page.locator("input[name=days][value='30']").check()
    lead.page.locator("input[name=reason][value=pushed]").check()
    lead.page.locator("#note").fill("Bel mij gerust.")
    lead.tap("form[action$='/pauses/long'] button")
    expect(lead.page.locator("main form[action$='/end'] button")).to_have_count(1)


def ask_about_points(player: Phone) -> None:
    """Whether what their first meeting gave is right."""
    player.open(f"{HERE}/points/mine")
    open_folds(player.page)
    player.tap("form[action*='/points/mine/'] button[value=points]")
    expect(player.page.locator("#said")).to_be_visible()


def meet_on_paper(phones: dict[str, Phone], photo: Path) -> str:
    """Somebody who got a card at the desk, met one there and is asked by another; gives their letters."""
    host = phones["keeper"]
    host.open(f"{HERE}/host")
    open_folds(host.page)
    host.tap("form[action$='/host/new'] button[value=adult]")
    letters = "".join(host.page.locator(".buurt-papercard__letters").inner_text().split())
    for who in ("asker", "winner"):
        phones[who].hand_in(photo)
        phones[who].name_by_letters(letters)
        if who == "asker":
            host.open(f"{HERE}/host")
            host.page.locator("#card").fill(letters)
            host.tap("form[action$='/host/card'] button")
            host.tap("button[name=answer][value=yes]")
            expect(host.page.locator("form[action$='/answer']")).to_have_count(0)
    return letters


def become_staff(site: Site, phone: Phone, role: str) -> None:
    """Somebody who accepted an invitation: its code comes from the address, nobody types it."""
    phone.page.goto(command(site, "staff", "invite", "kanterhoek", role).strip())
    phone.page.locator("#login").fill(f"{role} {secrets.token_hex(4)}")  # the site is shared: a name serves once
    phone.page.locator("#password").fill("negen natte schoenen")
    phone.tap("button[form=invited]")
    phone.page.wait_for_url(re.compile("/staff/(code)?(#said)?$"))


def teach(teacher: Phone, crew: Phone, at: dict[str, str]) -> None:
    """The teacher has a class of today, with a crew that handed in and asks for help."""
    teacher.open(f"{HERE}/staff/classes")
    teacher.page.locator("#plan").select_option(label="Hoe klonk de straat?")
    teacher.tap("form[action$='/staff/classes'] button")
    teacher.page.wait_for_url("**/staff/classes/*")
    at["class"] = board = teacher.path
    code = teacher.text(".buurt-classcode__letters").replace(" ", "")
    crew.open(f"{HERE}/class?code={code}")
    crew.tap("form[action$='/class'] button")
    crew.page.wait_for_url("**/class/*")
    at["crew"] = crew.path
    at["crew at a stop"] = f"{crew.path}/1"
    crew.open(at["crew at a stop"])
    crew.page.locator("#task-stil input[name$=number-0]").fill("7")
    crew.tap("#task-stil form button")
    expect(crew.page.locator("#task-stil")).to_contain_text("Ingeleverd om")
    with crew.page.expect_navigation():
        crew.tap("form[action$='/help'] button")
    teacher.open(board)
    at["crew, to its teacher"] = teacher.page.locator("a[href*='/crews/']").first.get_attribute("href")
    for page in ("progress", "work", "gallery", "gallery/print", "erase"):
        at[f"class {page}"] = f"{board}/{page}"


def send_home(teacher: Phone, crew: Phone, home: Phone, at: dict[str, str]) -> None:
    """Two sentences of the crew hang in the gallery; one of them went home, where the letter is open."""
    for task, words in (("ijs", "Krak, krak, en dan niets."), ("krijt", "Eén, twee, krijt op je knie.")):
        stop, there = 0, crew.page.locator(f"#task-{task}")
        while not there.count():
            crew.open(f"{at['crew']}/{(stop := stop + 1)}")
        crew.page.locator(f"#task-{task} textarea").fill(words)
        crew.tap(f"#task-{task} form button")
        expect(crew.page.locator(f"#task-{task}")).to_contain_text("Ingeleverd om")
    for words in ("Krak, krak", "Eén, twee"):
        teacher.open(at["class work"])
        teacher.page.locator("article", has_text=words).locator("button[value=show]").click()
        teacher.page.wait_for_url("**#said")
    ways = [link.get_attribute("href") for link in teacher.page.locator("a[href$='/story']").all()]
    at["pupil's words"], at["pupil's story, sent"] = ways
    teacher.open(ways[1])
    teacher.page.locator("#read").check()
    teacher.tap("button[form=send]")
    letters = teacher.page.locator(".buurt-receipt__letters").inner_text()
    home.open(f"{HERE}/receipt")
    home.page.locator("#code").fill(letters)
    with home.page.expect_navigation():
        home.tap("button[form=receipt]")
    path = home.page.locator("main a[href*='/stories/pupils/']").evaluate("link => link.pathname")
    at["pupil's story"], at["no to a pupil's story"] = path, f"{path}/no"


def begin_second_lock(phone: Phone) -> None:
    """The first code of the app on their phone."""
    open_folds(phone.page)
    secret = phone.page.locator(".buurt-more bdi").inner_text()
    phone.page.locator("#code").fill(pyotp.TOTP(secret).now())
    phone.tap("button[form=code-form]")
    expect(phone.page.locator("main ol li")).to_have_count(10)


def let_everybody_see(phone: Phone) -> None:
    """Somebody allows everything with the photo of a meeting, so that it waits at the desk."""
    phone.open(f"{HERE}/album")
    phone.page.locator("a[href$='/who']").first.click()
    for box in phone.page.locator("input[name=scope]").all():
        box.check()
    phone.tap("main form button")


def think_up_a_challenge(phone: Phone) -> str:
    """Somebody sends a challenge to the editors; where they write it anew."""
    phone.open(f"{HERE}/me/drafts/new")
    phone.page.locator("#title").fill("Groet drie ramen")
    phone.page.locator("#text").fill("Zwaai samen naar drie ramen.")
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/drafts*")
    return phone.page.locator("article a[href*='/me/drafts/']").first.get_attribute("href")


def write_down_what_they_saw(phone: Phone) -> str:
    """Somebody sends what they saw to the editors; where they write it anew."""
    phone.open(f"{HERE}/me/notes/new?challenge=look-small-help")
    phone.page.locator("#words").fill("Een buur droeg de boodschappen van een ander.")
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/notes*")
    return phone.page.locator("article a[href*='/me/notes/']").first.get_attribute("href")


def ask_and_remember(one: Phone, editor: Phone, at: dict[str, str]) -> None:
    """A question that everybody sees, one that waits, and what somebody knows too of a story, which waits too."""
    at["asking anew"] = ask(one, "Wie woonde hier?")
    key = at["asking anew"].rpartition("/")[2]
    editor.open(f"{HERE}/desk/?item=prompt.{key}")
    editor.tap("button[value=good]")
    expect(editor.page.locator("undo-moment")).to_be_visible()
    at["a question"] = f"{HERE}/stories/questions/{key}"
    at["asking anew"] = ask(one, "Hoe klonk het hier op wasdag?")
    at["knowing it too"] = f"{HERE}/me/memories/new?story={at['story shown'].rpartition('/')[2]}"
    one.open(at["knowing it too"])
    one.page.locator("#words").fill("Ik stond daar ook, met mijn oma.")
    one.tap("button[form=contribution]")
    one.page.wait_for_url("**/me/memories*")
    at["remembering anew"] = one.page.locator("article a[href*='/me/memories/']").first.get_attribute("href")


def sit_at_an_hour(site: Site, phones: dict[str, Phone], at: dict[str, str]) -> None:
    """A professional's hour: a card that waits, one whose lesson is not signed by all, a table and a question."""
    adviser, talker = phones["adviser"], phones["talker"]
    ((tag,),) = site.rows("SELECT tag FROM person WHERE name = ?", adviser.join())
    appoint(phones["coordinator"], tag)
    hour = at["hour"] = open_hour(adviser)
    at |= {"hour, card": f"{hour}/card", "hour, paper": f"{hour}/paper"}
    draw(talker, hour)
    at["talk to answer"] = talker.path
    key = inquire(phones["inquirer"], hour)
    at["asking a professional anew"] = f"{HERE}/me/asked/{key}"
    draw(talker, hour)
    at["talk"] = talker.path
    reply(adviser, at["talk"])
    write(adviser)
    at["table"] = lay_a_table(adviser)
    ((key,),) = site.rows("SELECT key FROM question ORDER BY id LIMIT 1")
    at["inquiry"] = f"{HERE}/dialogues/questions/{key}"


def send_an_idea(phone: Phone) -> str:
    """Somebody sends an idea to the editors; where they write it anew."""
    phone.open(f"{HERE}/me/ideas/new")
    phone.page.locator("#title").fill("Een sleutelkast bij de bakker")
    phone.page.locator("[name=sort][value=change]").check()
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/ideas*")
    return phone.page.locator("article a[href*='/me/ideas/']").first.get_attribute("href")


def open_and_tell(site: Site, one: Phone, host: Phone, at: dict[str, str]) -> None:
    """Somebody opens a gathering, which waits; a host writes of one of the demo, and has its code."""
    site.change("INSERT OR IGNORE INTO known SELECT key, 'host', '2026-01-01' FROM player_key")
    one.open(f"{HERE}/me/gatherings/new")
    one.page.locator("#title").fill("Samen planten onder de linde")
    one.page.locator("#spot").select_option(index=1)
    for name, text in (("day", f"{clock.today() + timedelta(days=1)}"), ("begins", "10:00"), ("until", "12:00")):
        one.page.locator(f"#{name}").fill(text)
    one.tap("button[form=contribution]")
    one.page.wait_for_url("**/me/gatherings*")
    at["gathering anew"] = one.page.locator("article a[href*='/me/gatherings/']").first.get_attribute("href")
    (was,), (comes,) = site.rows("SELECT key FROM gathering ORDER BY begins_at")  # of the demo
    at["gathering that was"], at["gathering that comes"] = f"{HERE}/gatherings/{was}", f"{HERE}/gatherings/{comes}"
    host.open(at["gathering that comes"])
    letters = host.text(".buurt-code__letters").replace(" ", "")
    at["code of a gathering"] = f"{HERE}/gatherings/{comes}/here/{letters}"
    at["poster of a gathering"] = f"{HERE}/gatherings/{comes}/poster"
    at["telling of a gathering"] = f"{HERE}/me/gathering-reports/new?gathering={was}"
    host.open(at["telling of a gathering"])
    host.page.locator("#words").fill("Iedereen wil een bank in de schaduw.")
    host.tap("button[form=contribution]")
    host.page.wait_for_url("**/me/gathering-reports*")
    at["telling anew"] = host.page.locator("article a[href*='/me/gathering-reports/']").first.get_attribute("href")


def bring_two_together(site: Site, phones: dict[str, Phone], at: dict[str, str]) -> None:
    """An offer and a wish that a host found to fit, and an offer that waits for an editor."""
    lead, sent = phones["coordinator"], {}
    for who, sort in (("winner", "can"), ("asker", "wants")):
        sent[sort] = send_an_offer(phones[who], sort)
        lead.open(f"{HERE}/desk/?item=offer.{sent[sort]}")
        lead.tap("button[value=good]")
        expect(lead.page.locator("undo-moment")).to_be_visible()
    lead.open(f"{HERE}/staff/offers")
    for key in sent.values():
        lead.page.locator(f"input[value='{key}']").check()
    lead.tap("form#match button")
    lead.page.wait_for_url("**#said")
    ((match,),) = site.rows(f"SELECT key FROM offer_match WHERE wish = '{sent['wants']}'")
    at["offer that may fit"] = f"{HERE}/offers/match/{match}"
    at["offer anew"] = f"{HERE}/me/offers/{send_an_offer(phones['winner'], 'can')}"


def send_an_offer(phone: Phone, sort: str) -> str:
    """Somebody sends an offer or a wish to the editors; its key."""
    phone.open(f"{HERE}/me/offers/new?sort={sort}")
    phone.page.locator("#words").fill("Fietsen opknappen op zaterdag.")
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/offers*")
    return phone.page.locator("article a[href*='/me/offers/']").first.get_attribute("href").rpartition("/")[2]


MAY_VOTE = """
    INSERT INTO choice_voter SELECT choice.id, player_key.key, 0 FROM choice, player_key
    WHERE choice.id NOT IN (SELECT choice_id FROM choice_outcome)
    AND NOT EXISTS (SELECT 1 FROM choice_voter WHERE choice_id = choice.id AND who = player_key.key)
"""  # as if all had played here when it opened


def choose_together(site: Site, at: dict[str, str]) -> None:
    """The choices of the demo: one is open, and one has its outcome."""
    for name, has, kept in (("open", "NOT IN", "keep"), ("decided", "IN", "decide")):
        ((key,),) = site.rows(f"SELECT key FROM choice WHERE id {has} (SELECT choice_id FROM choice_outcome) LIMIT 1")
        at[f"choice {name}"], at[f"choice to {kept}"] = f"{HERE}/choices/{key}", f"{HERE}/staff/choices/{key}"
        at["not agreeing"] = f"{HERE}/me/reasons/new?about={key}&side=objection"
    site.change(MAY_VOTE)
    at["choice on paper"] = f"{at['choice to keep']}/print"


def write_a_reason(phone: Phone) -> str:
    """Somebody sends a reason to the editors; where they write it anew."""
    phone.open(f"{HERE}/me/reasons/new")
    phone.page.locator("#words").fill("Daar is altijd schaduw.")
    phone.page.locator("[name=side][value=for]").check()
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/reasons*")
    return phone.page.locator("article a[href*='/me/reasons/']").first.get_attribute("href")


def promise(site: Site, one: Phone, at: dict[str, str]) -> None:
    """Somebody promises something, which waits; and a promise of the demo that is late."""
    one.open(f"{HERE}/me/promises/new")
    for name, text in (("what", "Ik veeg het plein"), ("to_whom", "de buurt"), ("due_on", f"{clock.today()}")):
        one.page.locator(f"#{name}").fill(text)
    one.tap("button[form=contribution]")
    one.page.wait_for_url("**/me/promises*")
    at["promise anew"] = one.page.locator("article a[href*='/me/promises/']").first.get_attribute("href")
    ((key,),) = site.rows("SELECT key FROM promise WHERE organisation != '' LIMIT 1")
    at["promise"] = f"{HERE}/promises/{key}"


def ask(phone: Phone, question: str) -> str:
    """Somebody asks the others something; where they write it anew."""
    phone.open(f"{HERE}/me/questions/new")
    phone.page.locator("#question").fill(question)
    phone.page.locator("#theme").select_option("water")
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/questions*")
    return phone.page.locator("article a[href*='/me/questions/']").first.get_attribute("href")


def propose_a_place(phone: Phone) -> str:
    """Somebody sends a place to the editors; where they write it anew."""
    phone.open(f"{HERE}/me/places/new")
    phone.page.locator("#name").fill("De zonnige stoep")
    phone.page.locator("place-picker[data-ready] [data-part='ground']").press("Shift+ArrowUp")
    phone.tap("button[form=contribution]")
    phone.page.wait_for_url("**/me/places*")
    return phone.page.locator("article a[href*='/me/places/']").first.get_attribute("href")


def tag_of(phone: Phone) -> str:
    phone.open(f"{HERE}/me")
    return phone.letters()


def write_letters(phone: Phone, page: str, other: Phone) -> None:
    letters = tag_of(other)
    phone.open(page)
    phone.page.locator("#letters").fill(letters)
    with phone.page.expect_navigation():
        phone.tap("form:has(#letters) button")


def live_together(phones: dict[str, Phone]) -> None:
    """The winner asked their partner, who has not answered; the one who was refused lives with the one who refused."""
    write_letters(phones["winner"], f"{HERE}/me/household", phones["partner"])
    write_letters(phones["refused"], f"{HERE}/me/household", phones["refuser"])
    phones["refuser"].open(f"{HERE}/me/household")
    with phones["refuser"].page.expect_navigation():
        phones["refuser"].tap("button[name=answer][value=yes]")


def sign(site: Site, visitor: Phone) -> str:
    """The page that the sign at the bench under the linden leads to, by typing its letters."""
    ((letters,),) = site.rows("SELECT letters FROM plate JOIN spot ON spot.id = spot_id WHERE spot.key LIKE 'bank-%'")
    visitor.open("/q/")
    visitor.page.locator("input[name=code]").fill(letters)
    visitor.tap("main button")
    visitor.page.wait_for_url(re.compile("/q/[A-Z2-7]{26}(#said)?$"))
    return visitor.path


def test_every_page_of_the_app_is_visited(site: Flask):
    ours = {rule.endpoint for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGES
    assert ours - {look.endpoint for look in PAGES.values()} == set()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", LONGEST)
def test_a_page(situations: Cast, lang: str, name: str):
    look = PAGES[name]
    phone = situations.phones[look.who]
    page = phone.page
    phone.context.add_cookies([{"name": "lang", "value": lang, "url": phone.site.url}])
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    phone.site.change("UPDATE staff_session SET proved_at = datetime('now')")  # a proof holds ten minutes, this longer
    assert phone.open(situations.at.get(look.at, look.at)) == look.status
    look.first(page)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "yi" else "ltr")
    assert sideways(page) == []
    assert violations(page) == []
    assert too_small(page) == []
    assert without_sides(page) == []
    assert cut(page) == []
    if lang == "yi":
        assert not_translated(page) == []


def sideways(page: Page) -> list[str]:
    """What sticks out at 320 px."""
    return page.evaluate("""() => {
        const { scrollWidth } = document.documentElement
        if (scrollWidth <= 320 && innerWidth <= 320) return []
        const out = Array.from(document.body.querySelectorAll('*')).filter((each) => {
          const { left, right } = each.getBoundingClientRect()
          return right > 321 || left < -1
        })
        return [`${scrollWidth} px wide`, ...out.map((each) => `${each.tagName} ${each.className}`).slice(0, 5)]
      }""")


def violations(page: Page) -> list[str]:
    """What axe-core finds, best practices and target sizes included.

    The screen is made as high as the page, else the fixed bar below would cover what one scrolls to; and looked at
    again when the page grew meanwhile, since a late font or picture pushes the last link under that bar.
    """
    page.add_script_tag(path=AXE)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    while True:
        high = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": NARROW, "height": max(HEIGHT, high)})
        found = page.evaluate("""async () => {
            const { violations } = await axe.run({ rules: { 'target-size': { enabled: true } } })
            return violations.map(({ id, nodes }) =>
              `${id}: ${nodes.slice(0, 3).map((node) => node.target).join(' | ')} ${nodes[0].failureSummary}`)
          }""")
        if page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"):
            return found


def too_small(page: Page) -> list[str]:
    """Buttons, fields and folds below the design's 48 px."""
    return page.evaluate("""() => {
        const shown = { visibilityProperty: true, opacityProperty: true }
        return Array.from(document.querySelectorAll('button, input, summary, .buurt-button, .buurt-nav a'))
          .filter((each) => each.type !== 'hidden' && each.checkVisibility(shown))
          .map((each) => [each, (each.closest('label') ?? each).getBoundingClientRect()])
          .filter(([, { width, height }]) => width > 1 && Math.min(width, height) < 47.5)
          .map(([each, { width, height }]) => `${each.outerHTML.slice(0, 90)} ${width}x${height}`)
      }""")


def without_sides(page: Page) -> list[str]:
    """Pictures that do not say how wide and high they are, or say it wrongly: what is below jumps under a thumb."""
    return page.evaluate("""() => Array.from(document.querySelectorAll('img:not([src^="blob:"])'))
        .filter((each) => {
          const [width, height] = ['width', 'height'].map((side) => Number(each.getAttribute(side)))
          const isAs = width / height / (each.naturalWidth / each.naturalHeight || width / height)
          return !width || !height || Math.abs(isAs - 1) > 0.02
        })
        .map((each) => each.outerHTML.slice(0, 120))""")


def cut(page: Page) -> list[str]:
    """Text of which a part cannot be seen at 320 px: outside the screen, or of what hides all that sticks out.

    A quarter of a line may stick out above or below, since what a font calls its height is more than its letters.
    """
    return page.evaluate("""() => {
        const aside = 'svg, script, style, template, noscript, option, .leaflet-container'
        const found = []
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
          const { parentElement: parent, textContent } = walker.currentNode
          const shown = { visibilityProperty: true, opacityProperty: true }
          if (!textContent.trim() || parent.closest(aside) || !parent.checkVisibility(shown)) continue
          const room = { left: 0, right: 320, top: -Infinity, bottom: Infinity }
          let isForEars = false
          for (let each = parent; each !== document.body; each = each.parentElement) {
            const { overflowX, overflowY, clipPath } = getComputedStyle(each)
            const box = each.getBoundingClientRect()
            isForEars ||= clipPath !== 'none' && box.width <= 1
            if (/auto|scroll/.test(overflowX)) Object.assign(room, { left: -Infinity, right: Infinity })
            if (/hidden|clip/.test(overflowX)) {
              Object.assign(room, { left: Math.max(room.left, box.left), right: Math.min(room.right, box.right) })
            }
            if (/hidden|clip/.test(overflowY)) {
              Object.assign(room, { top: Math.max(room.top, box.top), bottom: Math.min(room.bottom, box.bottom) })
            }
          }
          const range = document.createRange()
          range.selectNodeContents(walker.currentNode)
          const isCut = ({ left, right, top, bottom, width, height }) => width > 1 && (left < room.left - 1
            || right > room.right + 1 || top < room.top - height / 4 || bottom > room.bottom + height / 4)
          if (!isForEars && Array.from(range.getClientRects()).some(isCut)) found.push(textContent.trim())
        }
        return found
      }""")


def not_translated(page: Page) -> list[str]:
    """Latin letters on a page in the made-up language that are no name, no code, and in no language of their own."""
    return page.evaluate("""() => {
        const own = '[lang]:not(html), bdi, svg, script, style, template, noscript'
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        const found = []
        while (walker.nextNode()) {
          const { parentElement: parent, textContent } = walker.currentNode
          const bare = textContent.replace(/⟦[^⟧]*⟧/g, '').trim().replace(/^AR$|Buurtspoor/g, '')
          if (!parent.closest(own) && /[a-z]{2}/i.test(bare)) found.push(bare)
        }
        return found
      }""")


@pytest.mark.parametrize(("path", "columns"), [("/", 2), ("/thermometer", 2), ("/photos", 3)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wide_screen_is_used_and_nothing_stretched(phone: Callable[..., Phone], lang: str, path: str, columns: int):
    visitor = phone(lang=lang, width=1280)
    visitor.open(f"{HERE}{path}")
    parts = visitor.page.locator(".buurt-page__main > *").filter(visible=True)
    boxes = [each.bounding_box() for each in parts.all()]
    beside = Counter(round(box["y"]) for box in boxes)
    assert max(beside.values()) == columns
    assert max(box["width"] for box in boxes) <= 1280 / 2
    assert visitor.page.evaluate("() => document.documentElement.scrollWidth") == 1280


# ---- by keyboard


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the thing has the focus, as somebody without a mouse does."""
    wanted = page.locator(selector).filter(visible=True).first
    wanted.wait_for()
    for _ in range(60):
        if wanted.evaluate("(each) => each === document.activeElement"):
            assert is_marked(page), f"the focus on {selector} cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def is_marked(page: Page) -> bool:
    """Whether the focused thing looks focused: itself, or the label drawn around it."""
    return page.evaluate("""() => {
        const focused = document.activeElement
        return [focused, focused.closest('label')].some((each) => {
          if (!each) return false
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
          return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
        })
      }""")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def test_the_whole_minute_by_keyboard(phone: Callable[..., Phone], photo: Path):
    first, other = phone(), phone()
    first.open(f"{HERE}/")
    press(first.page, ".buurt-nav a[href$='/together']")
    first.page.wait_for_url("**/join*")
    press(first.page, "button[value=adult]")
    first.page.wait_for_url("**/together*")
    press(first.page, f"main details:has(a[href$='/together/{BENCH}']) summary")
    press(first.page, f"main details a[href$='/together/{BENCH}']")
    first.page.wait_for_url(f"**/{BENCH}*")
    tab_to(first.page, "input[name=gallery]")
    first.page.locator("input[name=gallery]").set_input_files(photo)
    first.see_chosen()
    press(first.page, "[data-part=send]", "Space")
    expect(first.page.locator(".buurt-code")).to_be_visible()

    other.open("/")
    tab_to(other.page, "input[name=code]")
    other.page.keyboard.type(first.letters())
    other.page.keyboard.press("Enter")
    other.page.wait_for_url("**/e/*")
    press(other.page, "button[value=adult]", "Space")
    press(other.page, "form#yes button")
    expect(other.page.locator(".buurt-total")).to_be_visible()
    expect(first.page.locator(".buurt-total")).to_be_visible()
    press(first.page, "details:has(form[action$='/withdraw']) summary", "Space")
    press(first.page, "form[action$='/withdraw'] button")
    expect(first.page.locator("main img[src*='/photo/']")).to_have_count(0)


def test_the_skip_link_comes_first_and_leads_to_the_content(phone: Callable[..., Phone]):
    visitor = phone()
    visitor.open(f"{HERE}/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("() => document.activeElement.getAttribute('href')") == "#content"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("() => document.activeElement.id") == "content"


def test_nothing_moves_for_who_asked_for_less_motion(phone: Callable[..., Phone]):
    visitor = phone(reduced_motion="reduce")
    visitor.open(f"{HERE}/thermometer")
    moving = visitor.page.evaluate("""() => document.getAnimations().filter((each) =>
        each.effect.getComputedTiming().duration > 1).length""")
    assert moving == 0


# ---- a visitor leaves no trace


class Links(HTMLParser):
    """Every address in a page: links to follow, and what a browser fetches by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in {"href", "src"} and value}


def test_a_crawl_of_everything_a_visitor_can_reach_sets_no_cookie_and_stays_here(site_served: Site):
    to_see, seen, away, cookies = ["/"], set(), set(), []
    link = http.client.HTTPConnection(site_served.host, timeout=10)
    while to_see:
        path = to_see.pop()
        if path in seen:
            continue
        seen.add(path)
        link.request("GET", path)
        answer = link.getresponse()
        body = answer.read()
        cookies += [(path, value) for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        assert answer.status in {200, 303, 308}, path
        onwards = {answer.getheader("Location")} - {None}
        if "html" in (answer.getheader("Content-Type") or ""):
            parser = Links()
            parser.feed(body.decode())
            onwards |= parser.found
        for each in onwards:
            target = urlsplit(urljoin(site_served.url + path, each))
            if target.netloc == site_served.host:
                to_see.append(target.path + (f"?{target.query}" if target.query else ""))
            elif target.scheme not in {"data", "mailto"}:
                away.add(each)
    link.close()
    assert cookies == []
    assert away == set()
    assert len([path for path in seen if not path.startswith("/static/")]) > 20


def test_a_browser_that_only_reads_keeps_nothing(phone: Callable[..., Phone]):
    visitor = phone()
    for path in ("/", f"{HERE}/", f"{HERE}/challenges", f"{HERE}/thermometer", f"{HERE}/join", "/e/"):
        visitor.open(path)
    assert visitor.context.cookies() == []
    assert visitor.page.evaluate("() => localStorage.length + sessionStorage.length") == 0

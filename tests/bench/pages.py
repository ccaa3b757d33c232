"""P8: what a page of the game weighs, and what Lighthouse says of it on a phone."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Response, sync_playwright
from sqlalchemy import select

from core.classes import service as classes
from core.classes.models import SchoolClass
from core.database import db, writing
from core.demo import kieken
from core.people import service as people
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import WEB
from core.photos.prepare import prepare
from core.storage import storage
from game.challenges.models import Challenge
from game.choices.models import Choice
from game.dialogues.models import Hour
from game.encounters import service
from game.encounters.models import Encounter, State
from tests import chromium
from tests.bench import crowd, lighthouse, site
from tests.bench.line import Line
from tours.stories.models import Story
from tours.walks.models import Tour

PAGE, OWN_JS, WITH_MAP = 100, 40, 200  # KB, compressed
KB = 1000
NAMES = (
    "home",
    "challenge",
    "join",
    "code",
    "map",
    "desk",
    "a story",
    "a walk",
    "a stop",
    "happening",
    "a choice",
    "what it does",
    "a lesson",
    "a crew",
    "a crew at a stop",
    "board of a class",
    "thermometer",
    "album",
    "points",
)  # Lighthouse visits these
VISITORS = ("join", "stories", "a story", "telling", "walks", "a walk", "a stop", "walked",
            "lessons", "a lesson", "task of a lesson", "a class", "a crew", "a crew at a stop",
            "happening", "ideas", "a choice", "talks", "an hour", "promises", "gatherings", "survey")  # fmt: skip
TEACHER = ("classes", "board of a class", "how far a class is", "what a class made", "gallery of a class")
STAFF = ("desk", "to do", "places", "a place", "walk builder", "lesson builder", "what it does", "mirror")
SPOKEN = "De rij bij Kuiper"  # a story of the demo with a voice, a picture of then and one of now
MAP_ON_HOME = "home, map"  # home after a tap on the map


def lines() -> Iterator[Line]:
    """The heaviest page, the most script of our own, then Lighthouse's four figures on the slowest page."""
    with site.scratch(demo=True) as ours:
        addresses, cookies = _furnished(ours.app)
        with site.serving(site.OURS, ours.environment) as web:
            weights = _weigh(web.url, addresses, cookies)
            yield from _weight_lines(weights)
            yield from lighthouse.lines({name: (web.url + addresses[name], cookies[name]) for name in NAMES})


@dataclass
class Weight:
    """What one page fetches, in compressed bytes by sort; photos do not count, what moves the map counts apart."""

    name: str
    sorts: dict[str, int] = field(default_factory=dict)
    requests: int = 0

    @property
    def total(self) -> float:
        """In KB, without what moves the map."""
        return self.with_map - self.of("map")

    @property
    def with_map(self) -> float:
        """In KB."""
        return sum(self.sorts.values()) / KB

    def of(self, sort: str) -> float:
        """One sort, in KB."""
        return self.sorts.get(sort, 0) / KB

    def add(self, sort: str, size: int) -> None:
        """One more answer."""
        self.sorts[sort] = self.sorts.get(sort, 0) + size
        self.requests += 1


SORTS = ("html", "css", "own js", "other js", "fonts", "pictures", "map")


def _weight_lines(weights: list[Weight]) -> Iterator[Line]:
    heaviest, scripted = max(weights, key=lambda one: one.total), max(weights, key=lambda one: one.of("own js"))
    rows = [
        f"{one.name:<14}{one.total:>8.1f}{''.join(f'{one.of(sort):>10.1f}' for sort in SORTS)}{one.requests:>10}"
        for one in sorted(weights, key=lambda one: -one.total)
    ]
    table = [f"{'KB compressed':<14}{'':>8}{''.join(f'{sort:>10}' for sort in SORTS)}{'requests':>10}", *rows]
    yield Line(
        f"P8 page: {heaviest.name}", f"{heaviest.total:.1f} KB", f"{PAGE} KB", heaviest.total / PAGE, 1, 1, notes=table
    )
    mapped = max(weights, key=lambda one: one.with_map)
    yield Line(
        f"P8 with map: {mapped.name}", f"{mapped.with_map:.1f} KB", f"{WITH_MAP} KB", mapped.with_map / WITH_MAP, 1, 1
    )
    most = scripted.of("own js")
    yield Line(f"P8 own JS: {scripted.name}", f"{most:.1f} KB", f"{OWN_JS} KB", most / OWN_JS, 1, 1)


Cookies = dict[str, str]  # by name


def _furnished(app: Flask) -> tuple[dict[str, str], dict[str, Cookies]]:
    """The demo with a meeting in each state that has a page: the address of each page, and what its visitor holds."""
    app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False)
    with app.app_context():
        prepared = [prepare(io.BytesIO(kieken.draw(number)), storage().tmp()) for number in range(3)]
        with writing():
            amina, other = (_named(name) for name in ("Blauwe Reiger", "Ronde Deur"))
            two, editor = [_named(name) for name in ("Kalme Kastanje", "Bonte Vlinder")], _named("Stille Fiets")
            doing = db.session.scalars(select(Challenge).where(Challenge.key == "share-a-bench")).one()
            draft = service.hand_in(amina, doing, prepared[0], "a draft")
            service.new_code(draft.id, amina)
            question = service.hand_in(other, doing, prepared[1], "a question", amina)
            met = select(Encounter).where(Encounter.state == State.CONFIRMED, Encounter.starter == amina.player_key)
            points = db.session.scalars(met.limit(1)).one()
            here = f"/w/{amina.neighbourhood.slug}"
            shown = service.hand_in(two[0], doing, prepared[2], "for the desk", two[1])
            service.agree(shown.id, two[1], with_photo=True)
            for one in two:
                photos.choose(shown.photos[0], one.player_key, [WEB])
            phone, laptop = people.sign_in(amina), people.sign_in(editor)
            crowd.sign_in_as_staff(editor, laptop)
            tour = db.session.scalars(select(Tour.key).order_by(Tour.id)).first()
            story = db.session.scalars(select(Story.key).where(Story.title == SPOKEN)).one()
            choice = db.session.scalars(select(Choice.key).order_by(Choice.id)).first()
            hour = db.session.scalars(select(Hour.key).order_by(Hour.id)).first()
            taught, teacher = db.session.scalars(select(SchoolClass)).one(), _named("Dappere Tulp")
            board = people.sign_in(teacher)
            crowd.sign_in_as_staff(teacher, board)
            crew, klas = f"{here}/class/{classes.token(taught.crews[0])}", f"{here}/staff/classes/{taught.key}"
            addresses = {
                "home": f"{here}/",
                MAP_ON_HOME: f"{here}/",
                "map": f"{here}/map",
                "challenges": f"{here}/challenges",
                "challenge": f"{here}/challenges/share-a-bench",
                "thermometer": f"{here}/thermometer",
                "join": f"{here}/join",
                "together": f"{here}/together",
                "photo": f"{here}/together/share-a-bench",
                "code": f"/e/{draft.key}",
                "here": f"/e/{draft.key}/here",
                "question": f"/e/{question.key}",
                "points": f"/e/{points.key}",
                "waiting": f"{here}/waiting",
                "album": f"{here}/album",
                "scan": "/e/",
                "me": f"{here}/me",
                "desk": f"{here}/desk/",
                "to do": f"{here}/staff/checklist",
                "places": f"{here}/staff/spots",
                "a place": f"{here}/staff/spots/new",
                "stories": f"{here}/stories",
                "a story": f"{here}/stories/{story}",
                "telling": f"{here}/stories/tell/write",
                "lessons": f"{here}/lessons",
                "a lesson": f"{here}/lessons/hoe-klonk-de-straat",
                "task of a lesson": f"{here}/lessons/hoe-klonk-de-straat/stop/3",
                "lesson builder": f"{here}/staff/lessons/hoe-klonk-de-straat",
                "a class": f"{here}/class",
                "a crew": crew,
                "a crew at a stop": f"{crew}/3",
                "classes": f"{here}/staff/classes",
                "board of a class": klas,
                "how far a class is": f"{klas}/progress",
                "what a class made": f"{klas}/work",
                "gallery of a class": f"{klas}/gallery",
                "walks": f"{here}/walks",
                "a walk": f"{here}/walks/{tour}",
                "a stop": f"{here}/walks/{tour}/2",
                "walked": f"{here}/walks/{tour}/end",
                "walk builder": f"{here}/staff/walks/{tour}",
                "happening": f"{here}/happening",
                "ideas": f"{here}/ideas",
                "a choice": f"{here}/choices/{choice}",
                "talks": f"{here}/dialogues",
                "an hour": f"{here}/dialogues/{hour}",
                "promises": f"{here}/promises",
                "gatherings": f"{here}/gatherings",
                "survey": f"{here}/survey",
                "what it does": f"{here}/insight",
                "mirror": f"{here}/staff/mirror",
            }
            holds = dict.fromkeys(VISITORS, Cookies()) | {name: {"device": laptop, "staff": "1"} for name in STAFF}
            holds |= {name: {"device": board, "staff": "1"} for name in TEACHER}
            return addresses, {name: holds.get(name, {"device": phone}) for name in addresses}


def _named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def _weigh(host: str, addresses: dict[str, str], cookies: dict[str, Cookies]) -> list[Weight]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=["--no-sandbox", "--disable-gpu"])
        seen = [_visit(browser, host, name, path, cookies[name]) for name, path in addresses.items()]
        browser.close()
    return seen


def _visit(browser: Browser, host: str, name: str, path: str, cookies: Cookies) -> Weight:
    """What a phone fetches that was never here before."""
    weight, answers = Weight(name), list[Response]()
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, locale="nl-NL", is_mobile=True, has_touch=True
    )
    context.add_cookies([{"name": key, "value": value, "url": host} for key, value in cookies.items()])
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    if (page.goto(host + path, wait_until="networkidle") or answers[0]).status != 200:
        raise RuntimeError(f"{path} does not open")
    if name == MAP_ON_HOME:
        page.locator("button[data-zoom='1']").tap()
        page.locator("neighbourhood-map[data-ready]").wait_for()
        page.wait_for_load_state("networkidle")
    for answer in answers:
        sort = _sort(urlsplit(answer.url).path, answer.headers.get("content-type", ""))
        if sort != "photos" and answer.status == 200:
            weight.add(sort, _compressed(sort, answer.body()))
    context.close()
    return weight


def _sort(path: str, kind: str) -> str:
    if path.endswith(".webp"):
        return "photos"
    if "leaflet/" in path or path.endswith(("map.geojson", "map.pmtiles", "/components/map.css")):
        return "map"
    if path.endswith(".js"):
        return "own js" if path.startswith("/static/js/") else "other js"
    return "html" if "html" in kind else {"css": "css", "woff2": "fonts"}.get(path.rpartition(".")[2], "pictures")


def _compressed(sort: str, body: bytes) -> int:
    return len(body) if sort == "fonts" else len(gzip.compress(body, 6))

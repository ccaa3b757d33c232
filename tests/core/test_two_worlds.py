"""Two worlds that differ in one pair: to everybody else they say the same, byte for byte, headers with it.

A neighbourhood is built once and copied. In one of the two a pair meets; then the same goes on in both: others meet,
the sweeps run, and everybody but the pair reads every page and file. Nothing is taken out of what is compared: what is
drawn by lot is drawn from one seed. Published totals and the ranking of the next day are what may differ
(docs/rules.md §9, docs/decisions/0047-two-worlds.md).
"""

import os
import random
import secrets
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import unified_diff
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import werkzeug.wrappers.response
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

import game
import tours
from core import clock as now
from core import create_app, jobs
from core.contributions import rules as contributions
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.people import service as people
from core.people.models import Person
from game.challenges.models import Challenge
from game.encounters import choosing_pages, service
from game.ranking import queries as rankings
from game.ranking import service as ranking
from game.scoring import queries as points
from game.scoring.models import LedgerEntry
from game.seasons import queries as seasons
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import photo
from tests.conftest import NOON, Phone
from tests.core import objects
from tests.core.classes import lesson
from tests.core.objects import Builder
from tests.core.test_apart import EVERYTHING
from tests.core.test_headers import FILLED
from tests.core.test_matrix import PLAYER, VISITOR, WHOSE, somebody

STARTER, COMPANION = "Warme Sjaal", "Stille Fiets"  # the pair
OTHER, THIRD = "Blauwe Reiger", "Ronde Deur"
FILES = {"static"}
TEAM = "coordinator"  # who does all that a host or an editor does, and has a thing of each sort
READERS = (VISITOR, PLAYER, TEAM)
TOTALS = {"/w/lombok/", "/w/lombok/thermometer"}  # where everybody reads them, in fives
RANKING = "/w/lombok/ranking"
SOON = NOON + timedelta(minutes=5)  # the second proof of a coordinator still holds
Things = dict[str, dict[Builder, dict[str, str]]]
Said = dict[tuple[str, str], bytes]


class Held(NamedTuple):
    """What everybody holds: the cookies of their device, and the addresses of things they have with the pair."""

    cookies: dict[str, dict]
    things: Things
    tag: str  # of one of the pair


@dataclass
class Worlds:
    """The two, alike up to now: without the meeting of the pair and with it."""

    without: Flask
    with_it: Flask
    held: Held
    chance: random.Random

    def said(self, who: str, address: str) -> list[bytes]:
        """What each of the two says of one address."""
        return [self._ask(world, who, address) for world in (self.without, self.with_it)]

    def differences(self, readers: Collection[str], things: bool = True) -> tuple[dict[str, set[str]], int]:
        """At which addresses the two say something else, by who reads them; and how many pages and files were read."""
        found, asked, fine = defaultdict(set), 0, set()
        for who in readers:
            for address in addresses(self.without, self.held.things.get(who, {}) if things else {}):
                one, other = self.said(who, address)
                asked += 1
                if one.startswith(b"200"):
                    fine.add(address)
                if one != other:
                    found[who].add(address)
                    print(who, address, *list(unified_diff(lines(one), lines(other), n=0))[2:9], sep="\n")
        print(f"{asked} answers of each; {len(fine)} addresses of pages and files")
        return found, len(fine)

    def _ask(self, world: Flask, who: str, address: str) -> bytes:
        """Status, headers and all bytes."""
        self.chance.seed(f"{who} {address}")
        device = world.test_client()
        device._cookies = dict(self.held.cookies[who])
        answer = device.get(address)
        said = f"{answer.status}\n{answer.headers}".encode() + answer.get_data()
        answer.close()
        return said


# ---- chance and the hour are the same in both


@pytest.fixture(scope="module")
def chance() -> Iterator[random.Random]:
    """All that is drawn by lot is drawn from this, and all that is stamped is stamped by the injectable clock."""
    lot = random.Random()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_bytes", lambda size=16: lot.randbytes(size))
        patch.setattr(secrets, "token_hex", lambda size=16: lot.randbytes(size).hex())
        patch.setattr(secrets, "token_urlsafe", lambda size=16: lot.randbytes(size).hex())
        patch.setattr(secrets, "choice", lambda some: lot.choice(some))
        patch.setattr(secrets, "randbelow", lambda most: lot.randrange(most))
        patch.setattr(random, "choice", lambda some: lot.choice(some))
        patch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(now.now().timestamp()))
        patch.setattr(werkzeug.wrappers.response, "http_date", lambda *at: format_datetime(*at or [now.now()], True))
        patch.setattr(contributions, "must_be_few", lambda *_sent: None)  # all of it is sent on one day
        yield lot
    now.real()


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> tuple[Path, Held]:
    """A neighbourhood in which everybody met both of the pair, and has things with them."""
    folder = tmp_path_factory.mktemp("beginning")
    app = site(folder)
    chance.seed("the beginning")
    now.set(NOON)
    held = furnish(app)
    jobs.run(app)  # the ranking of today stands
    leave(app)
    return folder, held


def site(folder: Path) -> Flask:
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{folder / 'buurt.db'}", "media": str(folder / "media"), "testing": True,
         "maps": str(folder / "maps"), "queue_url": "memory://", "secret": "x", "limits": False},
    )  # fmt: skip
    app.test_client_class = Phone
    lesson.in_force(app)
    return app


def leave(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def furnish(app: Flask) -> Held:
    with app.app_context():
        db.create_all()
        make.world()
    names = {who: f"Rode {objects.starts(1)[0]}" for who in READERS}
    devices = {who: somebody(app, who, name) for who, name in names.items()}
    things: Things = {}
    with app.app_context(), app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        one, other = named(STARTER), named(COMPANION)
        for who, name in names.items():
            me = make.person(here, name) if who == VISITOR else named(name)
            builders = dict.fromkeys((*EVERYTHING, *(row.thing for row in WHOSE))) if who == TEAM else EVERYTHING
            things[who] = {build: build(me, one)[0] for build in builders}
            make.confirmed(other, me)
        tag = other.tag
        for name in (STARTER, COMPANION, OTHER, THIRD):
            ranking.stand(named(name))
        devices[STARTER] = app.test_client()
        devices[STARTER].set_cookie("device", people.sign_in(one))
    devices[STARTER].get("/w/lombok/")
    return Held({who: device._cookies for who, device in devices.items()}, things, tag)


# ---- what is said


def addresses(app: Flask, things: dict[Builder, dict[str, str]]) -> list[str]:
    """Every page and file: of each thing that is theirs, else of one that never was."""
    found: dict[str, None] = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in FILES:
            mine = [things[row.thing] for row in WHOSE if row.endpoint == rule.endpoint and row.thing in things]
            for thing in mine or ({},):
                given = {name: thing.get(name, FILLED[name]) for name in rule.arguments if name != "slug"}
                found[app.url_map.bind("localhost").build(rule.endpoint, {**given, "slug": "lombok"})] = None
    return list(found)


def lines(heard: bytes) -> list[str]:
    return heard.decode("utf-8", "replace").splitlines()


# ---- two worlds


Build = Callable[..., Worlds]


@pytest.fixture
def build(beginning: tuple[Path, Held], chance: random.Random, tmp_path: Path) -> Iterator[Build]:
    """Two worlds that are alike but for the pair, read at a moment.

    Before it the totals are so many over a step: pairs, and those between two zones.
    """
    begun, held = beginning
    built = []

    def them(pairs: int, line: int, until: datetime) -> Worlds:
        now.set(NOON)
        shutil.copytree(begun, tmp_path / "without")
        app = site(tmp_path / "without")
        fill_up(app, pairs, line)
        leave(app)
        shutil.copytree(tmp_path / "without", tmp_path / "with")
        for name in ("without", "with"):
            built.append(site(tmp_path / name))
            live_on(built[-1], chance, name == "with", until)
        return Worlds(*built, held, chance)

    yield them
    for app in built:
        leave(app)


def fill_up(app: Flask, pairs: int, line: int) -> None:
    """Others meet until it is so."""
    with app.app_context(), app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        season = seasons.shown(here.id).id
        north, south = (zone.id for zone in here.zones[:2])
        while points.zone_pairs(season).get((north, south), 0) % points.STEP != line:
            strangers(here, "Zuid")
        while points.pairs(season) % points.STEP != pairs:
            strangers(here, "Noord")


def strangers(here: Neighbourhood, zone: str) -> None:
    first = objects.starts(2)
    make.confirmed(make.person(here, f"Rode {first[0]}", "Noord"), make.person(here, f"Rode {first[1]}", zone))


def live_on(app: Flask, chance: random.Random, meets: bool, until: datetime) -> None:
    """The pair meets or not; then the same in both: two others meet, and the sweeps run."""
    chance.seed("the pair")
    now.set(NOON + timedelta(minutes=1))
    if meets:
        with app.app_context(), writing():
            meet(STARTER, COMPANION, "bike")
    chance.seed("the others")
    now.set(NOON + timedelta(minutes=3))
    with app.app_context(), writing():
        meet(OTHER, THIRD, "bench")
    now.set(until)
    jobs.run(app)
    for file in Path(app.config["BUURT"].media).rglob("*"):
        os.utime(file, (until.timestamp(),) * 2)  # the machine's own clock


def meet(one: str, other: str, key: str) -> None:
    """A meeting of two through the services, with a photo."""
    doing = db.session.scalars(select(Challenge).where(Challenge.key == key)).one()
    met = service.hand_in(named(one), doing, photo(), f"{one}-{key}"[:40], named(other))
    now.set(now.now() + timedelta(minutes=1))
    service.agree(met.id, named(other), with_photo=True)


def test_within_a_step_of_the_published_totals_nobody_else_hears_of_it(build: Build):
    worlds = build(pairs=1, line=1, until=SOON)
    found, read = worlds.differences(READERS)
    assert found == {}
    assert read > 200
    one, other = worlds.said(STARTER, "/w/lombok/points/mine")
    assert one != other  # it is there to be heard of


def test_over_a_step_the_published_totals_and_the_next_ranking_differ_and_nothing_else(
    build: Build, monkeypatch: pytest.MonkeyPatch
):
    worlds = build(pairs=3, line=4, until=NOON + timedelta(days=1))
    found, _read = worlds.differences([VISITOR], things=False)
    assert found == {VISITOR: {*TOTALS, RANKING}}
    monkeypatch.setattr(points, "published", lambda _count: points.STEP)
    for world in (worlds.without, worlds.with_it):
        world.extensions["shared"].clear()
    heard = {page: worlds.said(VISITOR, page) for page in TOTALS}
    assert [page for page, (one, other) in heard.items() if one != other] == []


# ---- planted faults: each of them is heard of by who is not one of the two


def totals_that_are_not_in_fives(patch: pytest.MonkeyPatch) -> tuple[str, str]:
    patch.setattr(points, "published", lambda count: count)
    return VISITOR, "/w/lombok/thermometer"


def ranking_drawn_up_at_each_tick(patch: pytest.MonkeyPatch) -> tuple[str, str]:
    patch.setattr(rankings, "due", lambda _day: db.session.scalars(select(Season.id)).all())
    patch.setattr(ranking, "_is_first", lambda _season: True)
    return VISITOR, RANKING


def page_of_a_stranger_that_counts_their_meetings(patch: pytest.MonkeyPatch) -> tuple[str, str]:
    page = choosing_pages.page

    def counted(other: Person, **more: Any) -> str:
        theirs = select(func.count()).where(LedgerEntry.player == other.player_key)
        return f"{page(other, **more)} {db.session.scalar(theirs)}"

    patch.setattr(choosing_pages, "page", counted)
    return PLAYER, "/w/lombok/with/{tag}"


FAULTS = (totals_that_are_not_in_fives, ranking_drawn_up_at_each_tick, page_of_a_stranger_that_counts_their_meetings)


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_heard_of(build: Build, beginning, plant, monkeypatch: pytest.MonkeyPatch):
    who, address = plant(monkeypatch)
    one, other = build(pairs=1, line=1, until=SOON).said(who, address.format(tag=beginning[1].tag))
    assert one.startswith(b"200")
    assert one != other

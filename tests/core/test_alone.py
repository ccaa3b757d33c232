"""Core starts without a part, and a part adds to its pages without touching it."""

import os
import re
import subprocess
import sys
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock as time
from core import contributions, create_app, menus
from core import jobs as clockwork
from core.consent import queries as consents
from core.consent import service as consent
from core.consent.surfaces import SURFACES, Surface
from core.consent.things import KINDS, Kind
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Kind as Contributed
from core.contributions.kinds import Words
from core.contributions.models import Contribution, Version
from core.database import db, writing
from core.desk.handlers import HANDLERS, Answers, Before, Item
from core.desk.models import Verdict
from core.forms import Passage
from core.guard import Role
from core.jobs import SWEEPS
from tests import make
from tests.core.staff.test_pages import join, with_code

ROOT = Path(__file__).resolve().parents[2]
ALONE = """
import sys
from core import create_app
from core.consent import queries as consents
from core.consent import service as consent
from core.consent.surfaces import SURFACES, Surface
from core.consent.things import KINDS, Kind
from core.database import db, writing
from core.guard import Role
from core.menus import TILES
from core.neighbourhoods.models import Neighbourhood
from core.staff import service as staff

app = create_app((), {"database_url": sys.argv[1], "media": sys.argv[2], "queue_url": "memory://", "secret": "x",
                      "testing": True, "limits": False})
assert not any(name.partition(".")[0] in {"game", "tours"} for name in sys.modules)
with app.app_context():
    db.create_all()
    with writing():
        here = Neighbourhood(slug="lombok", name="Lombok", lat=52.09, lon=5.1)
        db.session.add(here)
        db.session.flush()
        token = staff.invite(here.id, Role.HOST, None, frozenset({Role.ADMIN}))
visitor, device = app.test_client(), app.test_client()
form = {"token": token, "login": "els", "password": "zeven groene tuinstoelen", "name": "Rode Laars", "age": "adult"}
assert device.post("/w/lombok/staff/invited", data=form).status_code == 303
pages = [(visitor, path) for path in ("", "w/lombok/", "w/lombok/photos", "w/lombok/privacy", "q", "w/lombok/join")]
pages += [(device, f"w/lombok/{path}") for path in ("", "me", "me/card", "me/data", "staff/", "map", "photos")]
pages += [(device, f"w/lombok/{path}") for path in ("me/leave", "me/erase", "staff/account")]
for client, path in pages:
    answer = client.get(f"/{path}")
    print(answer.status_code, path)
    assert answer.status_code == 200 or path == "q", answer.text[-2000:]
"""
GARDENS = menus.Line("pages.home", "kaart", _l("Gardens"), {"gardens": 1}, name="gardens")


class Beds:
    """A kind of thing for the desk: one bed of flowers that waits for a yes."""

    kind = "bed"
    label = _l("Bed")
    icon = "krijt"
    answers = Answers(
        labels={Verdict.GOOD: _l("May bloom"), Verdict.BACK: _l("Not yet, with a reason")},
        done={Verdict.GOOD: _l("It blooms."), Verdict.BACK: _l("They read why.")},
        told={Verdict.BACK: _l("Your bed waits.")},
    )

    def __init__(self) -> None:
        self.blooms: set[str] = set()

    def waiting(self, neighbourhood_id: int, editor: str) -> list[Item]:
        return self.some(neighbourhood_id, ["roses"])

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        return next(iter(self.some(neighbourhood_id, [key])), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> list[Item]:
        since = time.now() - timedelta(hours=2)
        who = frozenset({"a gardener"})
        return [
            Item(self.kind, key, self.label, since, who, words="Rozen bij de deur", is_public=key in self.blooms)
            for key in keys
            if key == "roses"
        ]

    def publish(self, key: str, editor: str, role: Role) -> None:
        self.blooms.add(key)

    def hide(self, key: str, editor: str, role: Role) -> None:
        self.blooms.discard(key)

    def take_away(self, key: str, editor: str) -> None:
        """Never offered."""

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Never offered."""


class TulipForm(ContributionForm):
    """What a tulip says."""

    words = Passage(200, _l("Say something."), label=_l("What it says"))


class Tulip(Contributed):
    """A kind of thing that people hand in: what blooms is a line in a garden."""

    name, label, icon, pages, path, right = "tulip", _l("Tulip"), "krijt", "tulips", "tulips", "spot.propose"
    form, titled, page = TulipForm, "words", "pages.home"
    words = Words(own=_l("Tulips you planted"), add=_l("Plant a tulip"))

    def __init__(self) -> None:
        self.blooms: dict[int, str] = {}

    def show(self, contribution: Contribution, version: Version) -> int:
        self.blooms[contribution.id] = version.content["words"]
        return contribution.id

    def unshow(self, contribution: Contribution) -> None:
        del self.blooms[contribution.id]

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, int]]:
        return {one.key: {"tulip": one.id} for one in contributions if one.became in self.blooms}


class Gardens:
    """A part of the tests: what docs/add-to-core.md says, done from that page alone."""

    def __init__(self) -> None:
        self.beds, self.tulip, self.swept = Beds(), Tulip(), 0
        self.booklet = {"roses"}  # on paper: no question reaches it

    def sweep(self) -> int:
        self.swept += 1
        return 0

    def look_again(self, bed: int) -> None:
        """Which uses of the one bed its gardener allows now."""
        seen = {use for use in ("map", "paper") if db.session.scalar(select(consents.everybody("bed", bed, use)))}
        consent.note("bed", bed, "roses", 1, seen)

    def init_app(self, app: Flask) -> None:
        KINDS.add(app, "bed", Kind(lambda beds: dict.fromkeys(beds, "roses"), self.look_again))
        SURFACES.add(app, "booklet", Surface({"bed": {"paper"}}, lambda gone: self.booklet.discard(gone.key)))
        HANDLERS.add(app, self.beds.kind, self.beds)
        contributions.add(app, self.tulip)
        SWEEPS.add(app, "gardens", self.sweep)
        menus.MAIN.add(app, "gardens", lambda _searches: GARDENS, order=30)
        menus.ME.add(app, "gardens", menus.always(GARDENS))
        menus.TEAM.add(app, "gardens", menus.always(GARDENS))
        menus.PURPOSES.add(app, "meet", menus.page("pages.home"))
        menus.TILES.add(app, "gardens", lambda person: (_l("Your gardens"), "3", "/gardens"))


@pytest.fixture
def with_gardens(tmp_path: Path):
    gardens = Gardens()
    app = create_app(
        (gardens,),
        {"database_url": f"sqlite:///{tmp_path / 'gardens.db'}", "media": str(tmp_path), "queue_url": "memory://",
         "secret": "x", "testing": True, "limits": False},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        with writing():
            make.neighbourhood()
    yield app, gardens
    with app.app_context():
        db.engine.dispose()


def test_core_serves_its_pages_without_a_part(tmp_path):
    script = [sys.executable, "-c", ALONE, f"sqlite:///{tmp_path / 'alone.db'}", str(tmp_path / "media")]
    done = subprocess.run(script, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_part_adds_lines_tiles_purposes_a_sweep_and_what_the_desk_decides(with_gardens):
    app, gardens = with_gardens
    device = join(app, Role.EDITOR)
    with_code(device)
    home, me, team = (device.get(f"/w/lombok/{path}").text for path in ("", "me", "staff/"))
    assert all("Gardens" in page and "?gardens=1" in page for page in (home, me, team))
    assert "Your gardens" in me
    assert "Foto samen" in device.get("/w/lombok/photos").text
    desk = device.get("/w/lombok/desk/").text
    assert "May bloom" in desk
    assert "Rozen bij de deur" in desk
    shown = re.search(r'name="shown" value="(\w+)"', desk)[1]
    assert device.post("/w/lombok/desk/bed/roses", data={"verdict": "good", "shown": shown}).status_code == 303
    assert gardens.beds.blooms == {"roses"}
    assert clockwork.run(app)["gardens"] == 0
    assert gardens.swept == 1


def test_a_part_asks_for_a_yes_to_a_use_and_what_is_withdrawn_goes_from_its_copies(with_gardens):
    app, gardens = with_gardens
    with app.app_context(), writing():
        consent.give("bed", 1, "a gardener", {"map", "paper"})
        gardens.look_again(1)
    clockwork.run(app)
    assert gardens.booklet == {"roses"}
    with app.app_context(), writing():
        consent.end("bed", 1, "a gardener", {"paper"}, by="a gardener")
        gardens.look_again(1)
        assert [consents.may_be_seen("bed", 1, use) for use in ("map", "paper")] == [True, False]
    assert clockwork.run(app)["consent"] == 1
    assert gardens.booklet == set()


def test_a_part_adds_something_that_people_hand_in(with_gardens):
    app, gardens = with_gardens
    editor, phone, own = join(app, Role.EDITOR), app.test_client(), "/w/lombok/me/tulips"
    with_code(editor)
    phone.post("/w/lombok/join", data={"name": "Gele Jas", "age": "adult"})
    said = {"lang": "nl", "words": "Rode tulp bij de stoep", "named": "1"}
    assert "What it says" in phone.get(f"{own}/new").text
    assert phone.post(f"{own}/new", data={**said, "words": ""}).status_code == 422
    for _twice in range(2):
        assert phone.post(f"{own}/new", data=said).status_code == 303
    assert "Tulips you planted" in phone.get("/w/lombok/me").text
    assert answer(editor, "good") == 303
    assert list(gardens.tulip.blooms.values()) == ["Rode tulp bij de stoep"]
    [key] = re.findall(r'action="/w/lombok/me/tulips/(\w+)/name"', phone.get(own).text)
    assert phone.post(f"{own}/{key}/name").status_code == 303
    phone.post(f"/w/lombok/report/tulip/{key}", data={"reason": "threat"})
    assert gardens.tulip.blooms == {}
    assert answer(editor, "back", reason="unclear") == 303
    assert "Je kreeg hem terug" in phone.get(own).text
    assert phone.post(f"{own}/{key}", data={**said, "words": "Gele tulp"}).status_code == 303
    assert answer(editor, "good") == 303
    assert list(gardens.tulip.blooms.values()) == ["Gele tulp"]
    assert phone.post(f"{own}/new", data={**said, "words": "Nog een"}).status_code == 303
    [waits] = re.findall(r'action="/w/lombok/me/tulips/(\w+)/withdraw"', phone.get(own).text)
    assert phone.post(f"{own}/{waits}/withdraw").status_code == 303
    assert "Nog een" not in phone.get(own).text
    assert "Tulips you planted" in phone.get("/w/lombok/me/data").text


def answer(editor, verdict: str, **more: str) -> int:
    """What waits at the desk of what somebody handed in gets an answer; the status of it."""
    [key] = set(re.findall(r"item=tulip\.(\w+)", editor.get("/w/lombok/desk/").text))
    shown = re.search(r'name="shown" value="(\w+)"', editor.get(f"/w/lombok/desk/?item=tulip.{key}").text)[1]
    form = {"verdict": verdict, "shown": shown, **more}
    return int(editor.post(f"/w/lombok/desk/tulip/{key}", data=form).status_code)

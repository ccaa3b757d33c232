"""Two neighbourhoods on one machine: nothing of the one shows in the other, and nothing of it opens anything there.

Read by every role of Lombok: every page, table, sheet, list and file. Then Hoograven holds ten times as much, and
Lombok is read again: byte for byte the same, but for what is drawn by lot.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import reduce

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.database import Model, db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import cards, names
from core.people.models import Person
from core.places import plates as plates_of
from core.places.models import Plate, Spot
from core.staff import roles
from core.staff import service as staff
from game.challenges import themes
from game.encounters.models import Code, Encounter
from tests import make
from tests.core import dialogues, objects, test_matrix
from tests.core.objects import Builder, Reach
from tests.core.test_headers import FILLED
from tests.core.test_matrix import EVERYBODY, THERES, WHOSE, Case, World, ask, cases, somebody

WORD = "Kwartel"  # in all that Hoograven has
MORE = 9  # times what it had at first
EVERYTHING: tuple[Builder, ...] = (
    objects.draft, objects.asked, objects.met, objects.witnessed, objects.waiting_photo, objects.web_photo,
    objects.shown_challenge, objects.waiting_challenge, objects.shown_draft, objects.waiting_draft,
    objects.retired_challenge, objects.challenge_at_spot, objects.spot,
    objects.removed_spot, objects.waiting_place, objects.taken_place,
    objects.reported_name, objects.phone, objects.household, objects.block,
    dialogues.planned_hour, dialogues.open_hour, dialogues.learned, dialogues.asked_of_me, dialogues.shown_inquiry,
    dialogues.theme_table,
    objects.role, objects.told, objects.decided, objects.pause, objects.appealed_pause,
)  # fmt: skip
BY_LOT = re.compile(rb'value="[a-z2-7]{26}"')  # the client key of a form
NOT_COMPARED = {"static", "encounters.surprise"}  # files; drawn by lot
OFFERED = "Stille Lamp"  # the name on offer, elsewhere drawn by lot: in Hoograven somebody has it
IN_THE_STREET = {"places.plate", "places.do_letters"}  # a sign is read by anybody, and leads to where it hangs
NAMES = {"which", "ask", "block", "tag", "letters", "one", "other", "meeting", "player", "plate", "code", "challenge"}


def furnish(slug: str, times: int) -> None:
    """A row of every kind, so many times, each with the word in it. Inside a request."""
    with writing():
        here = neighbourhoods.by_slug(slug)
        for _time in range(times):
            first = objects.starts(2)
            one, other = (make.person(here, f"{start} {WORD}", here.zones[0].name) for start in first)
            roles.grant(one, Role.HOST, None, objects.ADMIN)
            for build in EVERYTHING:
                build(one, other)
            make.confirmed(one, other)
            staff.invite(here.id, Role.MAKER, None, objects.ADMIN)
            cards.issue(one)
        make.challenge(here, theme_id=themes.named(here.id, {"nl": {"name": f"Over {WORD}"}}).id)


@pytest.fixture
def two(app: Flask, clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Lombok with the cast; Hoograven with a season and zones of its own."""
    monkeypatch.setattr(names, "offered", lambda: OFFERED)
    with app.app_context():
        make.world()
        with writing():
            there = make.neighbourhood("hoograven")
            for zone in there.zones:
                zone.name = f"{WORD} {zone.name}"
            make.person(there, OFFERED)
            make.season(there).texts = {"nl": {"theme": f"{WORD} overal"}}
        with app.test_request_context("/w/hoograven/"):
            furnish("hoograven", 1)
    return app


def everything(app: Flask, devices: dict[str, FlaskClient], own: dict[str, str]) -> dict[tuple[str, str], bytes]:
    """What every page says to everybody, by who reads and the address."""
    said = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in NOT_COMPARED:
            continue
        address = app.url_map.bind("localhost").build(
            rule.endpoint, {name: own.get(name, FILLED[name]) for name in rule.arguments}
        )
        for who, device in devices.items():
            answer = device.get(address)
            said[who, address] = plain(answer)
            answer.close()
    return said


def plain(answer: TestResponse) -> bytes:
    """The status, where it leads and what it says, without what is drawn by lot."""
    body = answer.get_data()
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(name.encode() + packed.read(name) for name in sorted(packed.namelist()))
    start = f"{answer.status_code} {answer.headers.get('Location', '')}\n".encode()
    return start + BY_LOT.sub(b"", body)


def test_nothing_of_the_other_shows_and_its_size_changes_no_byte(two: Flask):
    devices = {who: somebody(two, who, f"Rode {objects.starts(1)[0]}") for who in EVERYBODY}
    with two.app_context(), two.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        pair = [make.person(here, f"{first} Eigen") for first in ("Blije", "Vlotte")]
        own = {name: value for build in EVERYTHING for name, value in build(*pair)[0].items() if name != "key"}
    own["key"], own["kind"] = FILLED["key"], FILLED["kind"]
    everything(two, devices, own)  # reading marks things as read
    first = everything(two, devices, own)
    theirs = secrets_of(two, "hoograven")
    with two.app_context(), two.test_request_context("/w/hoograven/"):
        furnish("hoograven", MORE)
    theirs |= secrets_of(two, "hoograven")
    second = everything(two, devices, own)
    print(f"{len(first)} answers, {len(theirs)} keys and letters of the other")
    shows = [where for where, body in (*first.items(), *second.items()) if tells(body, theirs)]
    assert shows == []
    assert [where for where in first if first[where] != second[where]] == []
    assert sum(body.startswith(b"200") for body in first.values()) > len(first) / 3


def test_what_is_looked_for_is_there_to_be_found(two: Flask):
    theirs = secrets_of(two, "hoograven")
    visitor = two.test_client()
    pages = [plain(visitor.get(f"/w/hoograven/{page}")) for page in ("challenges", "photos", "map", "thermometer")]
    assert all(tells(page, theirs) for page in pages)
    assert len(theirs) > 30


def tells(body: bytes, theirs: set[str]) -> bool:
    """Whether an answer has the word in it, or a key or letters of theirs, also with a space in the middle."""
    text = body.decode("utf-8", "replace")
    letters = {"".join(halves) for halves in re.findall(r"\b([A-Z0-9]{3})[\s\u00a0]([A-Z0-9]{3})\b", text)}
    return WORD.casefold() in text.casefold() or bool(theirs & (letters | set(re.findall(r"[A-Za-z0-9]{6,}", text))))


def secrets_of(app: Flask, slug: str) -> set[str]:
    """Every key and every six letters in rows that belong to a neighbourhood, or to somebody in it."""
    with app.app_context():
        here = neighbourhoods.by_slug(slug).id
        people = db.session.scalars(select(Person).where(Person.neighbourhood_id == here)).unique().all()
        found = {value for person in people for value in (person.tag, person.player_key)}
        for model in Model.__subclasses__():
            columns = model.__table__.c
            if "neighbourhood_id" not in columns:
                continue
            for name in {"key", "letters"} & set(columns.keys()):
                rows = db.session.scalars(select(columns[name]).where(columns.neighbourhood_id == here))
                found |= {value for value in rows if re.fullmatch("[a-z2-7]{26}|[A-Z0-9]{6}", value)}
        plates = select(Plate).join(Spot).where(Spot.neighbourhood_id == here)
        live = select(Code).join(Encounter).where(Encounter.neighbourhood_id == here)
        found |= {value for plate in db.session.scalars(plates) for value in (plate.letters, plates_of.code_of(plate))}
        return found | {code.letters for code in db.session.scalars(live)}


# ---- what is of the other opens nothing here, in the same words as what never was


@pytest.fixture
def world(app: Flask, clock, who: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(names, "offered", lambda: OFFERED)
    made = World(app, who)
    yield made
    made.close()


def unknown(value: str) -> str:
    """Another value of the same shape, that nothing has."""
    number, dash, rest = value.rpartition("-") if value[:1].isdigit() else ("", "", value)
    return number + dash + rest[::-1]


def never_was(reach: Reach) -> Reach:
    """A thing that could have been."""
    arguments, form = reach
    kept = {"kind", "size", "as_", "task"}  # a task is of a plan, and the same in every class that does it
    return (
        {name: value if name in kept else unknown(value) for name, value in arguments.items()},
        {name: unknown(value) if name in NAMES else value for name, value in form.items()},
    )


@pytest.mark.parametrize("who", ["visitor", "player", "coordinator"])
def test_a_thing_of_the_other_is_refused_as_one_that_never_was(world: World, who: str):
    wrong = []
    apart = [case for case in cases(world.app, who) if (case.word, case.slug) == (THERES, "lombok")]
    typed = [case for case in apart if case.row.endpoint not in IN_THE_STREET]
    for case in typed:
        theirs = world.thing(case.row.thing, THERES)
        heard = [said(world, case, reach) for reach in (theirs, never_was(theirs))]
        if heard[0] != heard[1]:
            wrong.append((case.row.endpoint, case.row.thing.__name__))
    print(f"{who}: {len(typed)} things of the other beside things that never were")
    assert wrong == []
    assert len(typed) > len(WHOSE) / 2


def said(world: World, case: Case, reach: Reach) -> tuple[bytes, bool]:
    """What a route says of a thing, whatever its name; and whether it changed anything."""
    forget_what_was_saved(world)
    answer = ask(world, case, reach)
    body, changed = plain(answer), world.changed
    answer.close()
    world.go_back()
    for value in sorted({*reach[0].values(), *reach[1].values()}, key=len, reverse=True):
        body = body.replace(value.encode(), b"") if len(value) > 5 else body
    return body, changed


def forget_what_was_saved(world: World) -> None:
    """The sentence after saving belongs to what was asked before."""
    world.device.delete_cookie("said")


@pytest.mark.parametrize("who", ["player", "coordinator"])
def test_a_key_of_the_other_behind_a_question_mark_does_nothing(world: World, who: str):
    photo = world.thing(objects.web_photo, THERES)[0]["key"]
    met = world.thing(objects.met, THERES)[0]["ref"]
    spot = world.thing(objects.spot, THERES)[0]["spot"]
    code = world.thing(objects.spot, THERES)[0]["code"]
    told = world.thing(objects.decided, THERES)[0]["key"]
    world.thing(objects.web_photo, test_matrix.ANOTHERS)
    world.thing(objects.met, test_matrix.MINE)
    asked = [
        ("photos?before={}", photo), ("album?before={}", met), ("photos/gone?keys={}&on=album", photo),
        ("revocations.json?before={}&scope=players", photo), ("print/plates?spot={}", spot),
        ("challenges/bench?plate={}", code), ("desk/?item=photo.{}", photo), ("desk/?done={}", told),
        ("challenges?theme={}", "elders"), ("staff/challenges?retired={}", "elders"),
    ]  # fmt: skip
    for path, key in asked:
        heard = []
        for value in (key, unknown(key)):
            forget_what_was_saved(world)
            answer = world.device.get("/w/lombok/" + path.format(value))
            heard.append(plain(answer).replace(value.encode(), b"\xc2\xb7"))
            answer.close()
        assert heard[0] == heard[1], path


@pytest.mark.parametrize("who", ["visitor"])
def test_a_secret_of_the_other_typed_here_is_as_wrong_as_any(world: World, who: str):
    with world.app.app_context(), writing():
        there = neighbourhoods.by_slug("hoograven")
        them = make.person(there, f"Derde {THERES}")
        secret = cards.issue(them)
        token = staff.invite(there.id, Role.MAKER, None, objects.ADMIN)
        account = staff.accept(token, them, "buur.elders", "negen natte schoenen")
        fresh = staff.invite(there.id, Role.MAKER, None, objects.ADMIN)
        assert account.login == "buur.elders"
    world.keep()
    password = "negen natte schoenen"
    join = {"login": "iemand.nieuw", "password": password, "name": "Rode Jas", "age": "adult"}
    typed: list[tuple[str, dict[str, str], dict[str, str]]] = [
        ("back", {"code": secret}, {"code": secret[::-1]}),
        ("staff/in", {"login": "buur.elders", "password": password}, {"login": "niemand.hier", "password": password}),
        ("staff/invited", {**join, "token": fresh}, {**join, "token": fresh[::-1]}),
    ]  # fmt: skip
    for path, theirs, nobodys in typed:
        heard = []
        for form in (theirs, nobodys):
            answer = world.app.test_client().post(f"/w/lombok/{path}", data=form)
            typed_again = (form.get(name, "·").encode() for name in ("login", "code"))
            heard.append(reduce(lambda body, value: body.replace(value, b""), typed_again, plain(answer)))
            world.go_back()
        assert heard[0] == heard[1], path
        assert heard[0].startswith(b"4"), path

"""Who tells anonymously is found by nobody: on no page and in no file of any role, and by no key that two rows share.

One phone tells two stories: one as a player who ticks "anonymous", and one after signing out, with a receipt alone.
"""

import html
import io
import json
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from core import clock, codes, jobs
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.desk import service as desk
from core.guard import STAFF, Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Device, Person
from core.receipts.models import Receipt
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.sounds.recordings import tone
from tests.core.staff.test_pages import join, with_code
from tests.core.test_headers import FILLED
from tests.forms import key_in
from tests.tours.stories.test_pages import AT, code_on, decide, lombok, say_yes, tell
from tests.tours.walks.stories import told
from tours.stories import queries
from tours.stories.reactions import MEMORY
from tours.stories.uses import USES
from tours.walks import service as walks
from tours.walks.views import preview_token

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
NAME, TYPED, ARTIST, SPEAKER, SOURCE = "Ranke Purperreiger", "Kwikstaart", "Merelhof", "Roodborst", "Zwaluwnest"
PICTURE, VOICE, PHONE, ADDRESS = "tureluur-1974.jpg", "kokmeeuw-opname.webm", "Zwerftelefoon", "203.0.113.77"
PLANTED = ("Purperreiger", TYPED, ARTIST, SPEAKER, SOURCE, "tureluur", "kokmeeuw", PHONE, ADDRESS)
TITLES = ("Achter de gracht", "Onder de klok")  # as a player, and without an account
NAMES = dict(zip(sorted(STAFF), ("Gele Jas", "Groene Muts", "Blauwe Trui", "Witte Sok", "Zwarte Hoed"), strict=True))
LINK = re.compile(r'(?:href|src|poster|data-[\w-]+)="(/(?!static/)[^"#]*)')
KEY = re.compile(r"[A-Za-z0-9]{20,}")
BETWEEN = ("visitor", "host", "editor")  # who look at each step; once it is everywhere all of them do
VARIANTS = 3  # of one page, by what is asked of it
NEAR = re.compile(
    r"(stories|story_feeds|receipts|desk|walks)\.|staff\.log$|pages\.home$|reactions\.own$"
)  # where one shows up
HUBS = {"neighbourhood", "spot", "season", "zone"}  # what all have in common joins nobody
POINTS = {("consent", "thing"): "contribution", ("consent_showing", "thing"): "contribution"}  # no foreign keys
CHAIN = {("audit_entry", "before"), ("audit_entry", "hash")}  # joins each act to the next, of whomever that is
SOMEBODY = {"person", "player_key", "device", "staff_account", "staff_session"}
Row = tuple[str, set[object]]


class Life:
    """Two stories, told by one phone that a person plays on, and how they go on."""

    def __init__(self, app: Flask) -> None:
        self.app, self.phone = app, app.test_client()
        self.phone.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": f"{PHONE}/9"}
        assert self.phone.post("/w/lombok/join", data={"name": NAME, "age": "adult"}).status_code == 303
        token = self.phone.get_cookie("device").value
        self.voice = tone(2, "webm", metadata={"artist": SPEAKER, "comment": SPEAKER})
        self.told(TITLES[0])
        self.phone.post("/w/lombok/me/leave")
        self.phone.delete_cookie("device")
        self.player = phone_of(app, NAME)
        code = code_on(self.told(TITLES[1]))
        with app.app_context():
            me = db.session.scalars(select(Person).where(Person.name == NAME)).unique().one()
            given = db.session.scalars(select(Receipt)).one()
            mine = db.session.scalars(select(Device.token_hash).where(Device.person_id == me.id)).all()
            self.keys = {one.last.content["title"]: one.key for one in db.session.scalars(select(Contribution))}
            self.marks = {*PLANTED, me.tag, me.player_key, token, *mine, code, "-".join(re.findall(".{1,6}", code)),
                          given.subject, given.key, given.code_hash}  # fmt: skip
        self.tour = ""

    def told(self, title: str):
        files = {"then-file": (photo(), PICTURE), "then-about": "Een gang", "then-people": "nobody",
                 "then-whose": "own", "then-source": SOURCE, "sound": (io.BytesIO(self.voice), VOICE)}  # fmt: skip
        answer = tell(self.phone, title=title, who="anonymous", called=TYPED, **files)
        assert answer.status_code in {200, 303}
        return answer

    def tellers(self) -> Iterator[tuple[FlaskClient, str]]:
        yield from zip((self.player, self.phone), (self.keys[title] for title in TITLES), strict=True)

    def edited(self, editor: FlaskClient) -> None:
        for _teller, key in self.tellers():
            typed = {"words": "De bel ging. Later niet meer.", "starts": "0,900"}
            typed["client_key"] = key_in(editor.get(f"{AT}/mine/{key}/transcript").text)
            assert editor.post(f"{AT}/mine/{key}/transcript", data=typed).status_code == 303
            words = {"title": f"Zonder naam {key[:3]}", "words": "Er stond een rij. Tot aan de brug.", "note": "",
                     "client_key": key_in(editor.get(f"{AT}/edit/{key}").text)}  # fmt: skip
            assert editor.post(f"{AT}/edit/{key}", data=words).status_code == 303
            decide(self.app, key=key)

    def everywhere(self) -> None:
        """Signed, in every use, with a memory under it, and in a walk."""
        for teller, key in self.tellers():
            assert say_yes(teller, key, named="1") == 303
            chosen = {"uses": list(USES), "licence": "CC-BY-4.0", "knows": "1"}
            assert teller.post(f"{AT}/mine/{key}/uses", data=chosen).status_code == 303
        with self.app.test_request_context("/w/lombok/"), writing():
            here, (_players, without) = neighbourhoods.by_slug("lombok"), (self.keys[title] for title in TITLES)
            for key in self.keys.values():
                said = {"words": f"Dat ken ik ook, {key[:2]}.", "story": key}
                made = contributions.hand_in(MEMORY, here, codes.new_key(), said, "nl", named=False)
                contributions.say_yes(made, made.last, "an editor")
            tour = walks.make(here.id, "Rondje", "nl", "a maker")
            walks.write(tour, {"intro": "Langs de gracht."})
            db.session.add(make.spot(here, "pomp", name="De pomp"))
            db.session.flush()
            for key in (without, told(here, "Bij de pomp", "pomp").key):
                story = queries.one(here.id, key)
                walks.add(tour, story.spot, story)
            walks.check_on_foot(tour, clock.today(), "de wandelclub")
            walks.send(tour)
            desk.decide(here.id, "tour", tour.desk_key, "good", "an editor", Role.EDITOR)
            self.tour, self.token = tour.key, preview_token(tour)
        jobs.run(self.app)

    def withdrawn(self) -> None:
        for teller, key in self.tellers():
            assert teller.post(f"{AT}/mine/{key}/withdraw").status_code == 303
        jobs.run(self.app)


def photo() -> io.BytesIO:
    """As a camera made it, with who and where written in it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x9C9B] = ARTIST, ARTIST, ARTIST.encode("utf-16-le")
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 24.0), 3: "E", 4: (5.0, 6.0, 0.0)})
    Image.new("RGB", (900, 600), "teal").save(made, "JPEG", exif=exif, comment=f"{ARTIST} {PICTURE}".encode())
    made.seek(0)
    assert ARTIST.encode() in made.getvalue()
    return made


def everybody(app: Flask) -> dict[str, FlaskClient]:
    """A device of each: somebody who passes by, a player, who told another story, and the team."""
    devices = {"visitor": app.test_client(), "player": phone_of(app, "Warme Sjaal"), "other teller": app.test_client()}
    assert tell(devices["other teller"], title="Een ander").status_code == 200
    for role, name in NAMES.items():
        devices[role] = join(app, Role(role), login=role, name=name)
        with_code(devices[role])
    return devices


def answers(life: Life, device: FlaskClient, all_of_it: bool) -> Iterator[tuple[str, bytes]]:
    """What each address of ours says, filled in with these stories and their walk; and each to which these lead on."""
    waiting, seen = deque(dict.fromkeys(addresses(life, all_of_it))), set()
    variants: Counter[str] = Counter()
    while waiting:
        at = waiting.popleft()
        if at in seen or variants[at.partition("?")[0]] >= VARIANTS:
            continue
        seen.add(at)
        variants[at.partition("?")[0]] += 1
        with device.get(at) as answer:
            said = answer.get_data()
            yield at, said + str(answer.headers).encode() + unpacked(said)
            if all_of_it and answer.mimetype == "text/html":
                waiting.extend(html.unescape(link) for link in LINK.findall(answer.get_data(as_text=True)))


def addresses(life: Life, all_of_it: bool) -> Iterator[str]:
    bound = life.app.url_map.bind("localhost")
    for rule in life.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        if not all_of_it and not NEAR.match(rule.endpoint):
            continue
        given = {**FILLED, "slug": "lombok", "spot": "bank", "kind": "story", "size": "large", "tour": life.tour or "x"}
        given |= {"token": life.token} if life.tour else {}
        keys = [life.tour or "x"] if rule.endpoint.startswith("walks") else list(life.keys.values())
        for key in keys if "key" in rule.arguments else ("",):
            for form in ("gpx", "geojson", "jsonld") if "as_" in rule.arguments else ("",):
                wanted = {**given, "key": key, "as_": form}
                yield bound.build(rule.endpoint, {name: wanted[name] for name in rule.arguments})


def unpacked(said: bytes) -> bytes:
    """What lies in a ZIP."""
    if not said.startswith(b"PK"):
        return b""
    with zipfile.ZipFile(io.BytesIO(said)) as bag:
        return b"".join(name.encode() + bag.read(name) for name in bag.namelist())


def marked(said: bytes, marks: set[str]) -> list[str]:
    lower = said.lower()
    return [mark for mark in marks if mark.lower().encode() in lower]


def traced(
    life: Life, devices: dict[str, FlaskClient], all_of_it: bool
) -> tuple[list[tuple[str, str, str]], int, set[str]]:
    """Who reads what of the teller where; how many answers that were, and who saw the stories at all."""
    found, many, saw = [], 0, set()
    for who, device in devices.items():
        for at, said in answers(life, device, all_of_it):
            many += 1
            found += [(who, at, mark) for mark in marked(said, life.marks)]
            if any(key.encode() in said.replace(at.encode(), b"") for key in life.keys.values()):
                saw.add(who)
    return found, many, saw


def archived(app: Flask, folder) -> bytes:
    """What an archive that is made now says."""
    to = folder / "bag.zip"
    app.test_cli_runner().invoke(args=["stories", "archive", "lombok", str(to)])
    return unpacked(to.read_bytes())


@pytest.mark.parametrize("all_of_it", [False, pytest.param(True, marks=pytest.mark.long, id="by every link")])
def test_nobody_traces_an_anonymous_teller_on_any_page_from_told_to_withdrawn(lombok, tmp_path, all_of_it):
    life, devices = Life(lombok), everybody(lombok)
    steps = {"told": lambda: None, "edited": lambda: life.edited(devices["editor"]), "everywhere": life.everywhere,
             "withdrawn": life.withdrawn}  # fmt: skip
    wrong, counted, readers = {}, {}, {}
    for step, do in steps.items():
        do()
        who = devices if all_of_it or step == "everywhere" else {one: devices[one] for one in BETWEEN}
        found, counted[step], readers[step] = traced(life, who, all_of_it)
        for file in filter(Path.is_file, Path(lombok.config["BUURT"].media).rglob("*")):
            found += [
                ("a file", str(file), mark) for mark in marked(str(file).encode() + file.read_bytes(), life.marks)
            ]
        found += [("an archive", "", mark) for mark in marked(archived(lombok, tmp_path), life.marks)]
        wrong |= {step: found} if found else {}
    print(f"{sum(counted.values())} answers to {len(devices)} people: {counted}")
    assert wrong == {}
    assert "editor" in readers["told"], "the desk has them: there was something to trace"
    assert readers["everywhere"] == set(devices), "everybody reads them"


def rows() -> list[Row]:
    """Of each row its table, and every key and id by which it can be joined to another."""
    found = []
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            tokens: set[object] = {(table.name, row["id"])} if "id" in row else set()
            for column in table.columns:
                value = None if (table.name, column.name) in CHAIN else row[column.name]
                target = POINTS.get((table.name, column.name)) or next(
                    (key.column.table.name for key in column.foreign_keys), None
                )
                if target and target not in HUBS and value is not None:
                    tokens.add((target, value))
                elif isinstance(value, str | dict | list):
                    tokens |= set(KEY.findall(json.dumps(value)))
            found.append((table.name, tokens))
    return found


def reached(key: str, of_the_team: set[str]) -> set[str]:
    """The tables that one comes to from a story by joining rows; whoever is of the team leads no further."""
    left, tables, known = rows(), set(), {key}
    while near := [row for row in left if row[1] & known]:
        left = [row for row in left if not row[1] & known]
        tables |= {table for table, _tokens in near}
        known |= set().union(*(tokens for _table, tokens in near)) - of_the_team
    return tables


def test_no_row_joins_an_anonymous_story_to_a_person_or_a_phone(lombok):
    life, editor = Life(lombok), join(lombok, Role.EDITOR)
    with_code(editor)
    life.edited(editor)
    life.everywhere()
    with lombok.app_context():
        team = {one.player_key for one in db.session.scalars(select(Person)).unique() if one.name != NAME}
        everything = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
        by = {title: reached(life.keys[title], team) for title in TITLES}
        planted = [mark for mark in PLANTED[1:] if any(mark.lower() in row.lower() for row in everything)]
    assert planted == [], "nothing that a file, a field or a phone said of its teller is kept"
    assert by[TITLES[1]] & SOMEBODY == set()
    assert {"receipt", "story", "consent", "audit_entry", "tour_stop"} <= by[TITLES[1]], "the net holds"
    assert {"player_key", "person", "device"} <= by[TITLES[0]], "of a player it does lead there, by their key alone"

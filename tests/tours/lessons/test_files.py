"""A lesson out of a file and into one: the same after a round, within bounds, and only what tellers let go."""

import json
from io import BytesIO

import pytest
from sqlalchemy import func, select

from core.database import db, writing
from tests.tours.lessons.test_pages import STAFF, begin, choose, contribution, lombok, maker, of_kind, teacher
from tours.lessons.models import Kit
from tours.stories import service as stories
from tours.stories.uses import EXPORT, PRINT, SCHOOL, TOURS

pytestmark = pytest.mark.both
__all__ = ["lombok", "maker", "teacher"]
FILE = "/w/lombok/lessons/wat-was-hier/lesson.json"
WORDS = "een opdracht van deze les"


@pytest.fixture
def written(lombok, maker) -> dict:
    """A lesson as a file has it."""
    at = begin(maker)
    choose(maker, at, 1, of_kind(maker, at, "source"))
    choose(maker, at, 3, **{"own-kind": "draw", "own-ask": WORDS})
    return maker.get(FILE).get_json()


def bring(phone, said: object):
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    return phone.post(f"{STAFF}/from-file", data={"file": (BytesIO(raw), "les.json")})


def keep(phone, page: str):
    signed = page.partition('name="read" value="')[2].partition('"')[0]
    return phone.post(f"{STAFF}/from-file/keep", data={"read": signed})


def many(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Kit.id)))


def test_what_a_teller_keeps_here_is_not_in_the_file_and_it_says_how_much_that_is(lombok, maker, written):
    assert ([task["ask"] for task in written["tasks"]], written["left_out"]) == ([WORDS], 1)
    with lombok.test_request_context("/w/lombok/"), writing():
        for title in ("De slager telde de worst", "De rij stond tot de brug"):
            stories.allow(contribution(title), [TOURS, SCHOOL, PRINT, EXPORT, "name"], "receipt")
    again = maker.get(FILE).get_json()
    assert (len(again["tasks"]), again["left_out"]) == (2, 0)


def test_a_file_is_shown_first_and_then_becomes_the_same_lesson_once(lombok, teacher, written):
    page = bring(teacher, written).text
    assert WORDS in page
    assert many(lombok) == 1, "nothing is kept by looking"
    assert keep(teacher, page).status_code == keep(teacher, page).status_code == 303
    assert many(lombok) == 2, "twice is once"
    with lombok.app_context():
        kit = db.session.scalars(select(Kit).order_by(Kit.id.desc()).limit(1)).one()
        assert kit.state == "draft"
        assert kit.content == {name: written[name] for name in kit.content}


def test_what_has_no_place_here_is_left_out_and_named_before_it_is(lombok, teacher, written):
    strange = {**written["tasks"][0], "key": "x", "at": "somewhere-else", "ask": "Waar is dit?"}
    page = bring(teacher, {**written, "tasks": [*written["tasks"], strange]}).text
    assert "Waar is dit?" in page.partition('id="left"')[2]
    keep(teacher, page)
    with lombok.app_context():
        kit = db.session.scalars(select(Kit).order_by(Kit.id.desc()).limit(1)).one()
        assert [task["ask"] for task in kit.content["tasks"]] == [WORDS]


HOSTILE = [
    b"", b"PK\x03\x04", b"\x00\x01", b"[]", b"{", b'{"format": "buurtspoor-lesson"}', b"[" * 100_000, b"a" * 300_000,
    b'{"format": "buurtspoor-lesson", "version": NaN}', b'{"format": "buurtspoor-lesson", "version": 1, "walk": 3}',
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: repr(raw[:24]))
def test_a_hostile_file_is_refused_with_a_sentence(lombok, teacher, raw):
    answer = bring(teacher, raw)
    assert answer.status_code == 422
    assert 'id="file-fault"' in answer.text
    assert many(lombok) == 0


WRONG = [
    {"walk": "elsewhere"}, {"level": "groep-3"}, {"language": "xx"}, {"minutes": 10_000}, {"minutes": "90"},
    {"title": ""}, {"title": "a" * 81}, {"title": {}}, {"before": ["a"] * 9}, {"before": ["a" * 161]}, {"risks": "no"},
    {"tasks": [{}]}, {"tasks": {}}, {"tasks": [None]}, {"before_minutes": -1}, {"after_minutes": 1e9}, {"tags": "time"},
    {"version": 2}, {"format": "another"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[:40])
def test_a_lesson_out_of_bounds_is_refused_with_a_sentence(lombok, teacher, written, wrong):
    answer = bring(teacher, {**written, **wrong})
    assert (answer.status_code, 'id="file-fault"' in answer.text) == (422, True)
    assert many(lombok) == 1


def test_markup_in_a_file_stays_words(lombok, teacher, written):
    page = bring(teacher, {**written, "title": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_two_tasks_of_one_name_are_refused(lombok, teacher, written):
    assert bring(teacher, {**written, "tasks": written["tasks"] * 2}).status_code == 422


def test_what_was_signed_for_one_is_of_no_use_to_another(lombok, maker, teacher, written):
    page = bring(maker, written).text
    assert keep(teacher, page).status_code == 422


def test_the_commands_list_write_and_read_a_lesson(lombok, written, tmp_path):
    run = lombok.test_cli_runner().invoke
    listed = run(args=["lessons", "list"]).output
    assert listed.startswith("wat-was-hier  lombok  draft  groep-6  90 min  rondje")
    exported = run(args=["lessons", "export", "wat-was-hier"])
    assert json.loads(exported.output) == written
    file = tmp_path / "les.json"
    file.write_text(exported.output)
    assert run(args=["lessons", "import", str(file)]).output == "wat-was-hier-2  draft  0 tasks left out\n"
    assert "was here already" in run(args=["lessons", "import", str(file)]).output
    file.write_text("{}")
    no = run(args=["lessons", "import", str(file)])
    assert (no.exit_code, "no lesson of Buurtspoor" in no.output) == (1, True)
    assert run(args=["lessons", "export", "nothing"]).exit_code == 1

"""Crews on their devices: joining, coming back, handing in twice, late and after the end; and their teacher's board."""

import io
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.classes import queries
from core.classes.models import Crew, SchoolClass, Work
from core.database import db, writing
from core.guard import Role
from tests import make
from tests.bench.queries import counted
from tests.core.classes.lesson import opened

pytestmark = pytest.mark.both
JSON = {"Accept": "application/json"}
CLASSES = "/w/lombok/staff/classes"


@pytest.fixture
def teacher(app: Flask, amina) -> FlaskClient:
    """A laptop on which Amina is signed in as a teacher."""
    laptop = app.test_client()
    with writing():
        make.as_staff(laptop, db.session.merge(amina), Role.TEACHER)
    return laptop


@pytest.fixture
def today(amina) -> SchoolClass:
    with writing():
        return opened(db.session.merge(amina))


@pytest.fixture
def board(today) -> str:
    return f"{CLASSES}/{today.key}"


def join(device: FlaskClient, code: str, **more: str) -> str:
    """The address of the crew that this device got."""
    answer = device.post("/w/lombok/class", data={"code": code, **more})
    assert answer.status_code == 303, answer.text
    return answer.location


def rows(found) -> list:
    """What lies there now: what this test read before holds nothing back."""
    db.session.rollback()
    return db.session.scalars(found).all()


def one(found) -> object:
    return rows(found)[0]


def works() -> int:
    return len(rows(select(Work)))


def test_a_teacher_opens_a_class_and_its_board_shows_six_letters(teacher, today):
    form = {"plan": "small klank", "day": "2026-06-02", "crews": "5", "newsrooms": "1", "client_key": "a"}
    answer = teacher.post(CLASSES, data=form, follow_redirects=True)
    made = one(select(SchoolClass).order_by(SchoolClass.id.desc()))
    assert f"{made.code[:3]} {made.code[3:]}" in answer.text
    assert "Je klas is open" in answer.text
    assert answer.text.count("nog niet begonnen") == 5
    assert "2 juli 2026" in answer.text


def test_a_crew_joins_without_a_name_and_survives_a_reload(client, today):
    page = join(client, today.code.lower())
    assert "Jullie zijn de Reigers" in client.get(page).text
    assert page in client.get("/w/lombok/class").text
    assert join(client, today.code) == page
    assert "HttpOnly" in str(client.post("/w/lombok/class", data={"code": today.code}).headers["Set-Cookie"])


def test_a_form_sent_twice_is_one_crew(app, today):
    pages = {join(app.test_client(), today.code, client_key="same") for _ in range(2)}
    assert len(pages) == 1


def test_a_browser_that_keeps_no_cookie_does_the_whole_lesson_by_the_address(app, today):
    def device():
        return app.test_client(use_cookies=False)

    page = join(device(), today.code, client_key="x")
    assert "Welk dier" in device().get(f"{page}/1").text
    answer = device().post(f"{page}/task/dier", data={"words": "Een vis", "client_key": "w"})
    assert answer.status_code == 303
    assert "Ingeleverd om" in device().get(answer.location).text


def test_another_tablet_comes_back_by_the_crews_own_code(app, client, today, teacher, board):
    page = join(client, today.code)
    client.post(f"{page}/task/dier", data={"words": "Een vis"})
    crew = one(select(Crew).where(Crew.joined_at.is_not(None)))
    assert "qr" in teacher.get(f"{board}/crews/{crew.key}").text
    assert "1 van 2 klaar" in app.test_client().get(page).text


def test_a_tablet_that_was_lost_opens_nothing_any_more(client, today, teacher, board):
    page = join(client, today.code)
    crew = one(select(Crew).where(Crew.joined_at.is_not(None)))
    teacher.post(f"{board}/crews/{crew.key}", data={"do": "secret"})
    answer = client.get(page)
    assert answer.status_code == 404
    assert "kennen we niet" in answer.text


def test_handing_in_twice_late_and_after_the_end_gets_a_sentence_and_loses_nothing(
    client, today, teacher, board, clock
):
    page = join(client, today.code)

    def hand_in(words: str) -> str:
        return client.post(f"{page}/task/dier", data={"words": words, "client_key": words}, follow_redirects=True).text

    assert "Ingeleverd. Goed gedaan." in hand_in("Een vis")
    assert "eerder stuurden, is ook bewaard" in hand_in("Een haan")
    teacher.post(f"{board}/state", data={"do": "end"})
    assert "toch bewaard" in hand_in("Een paard")
    clock.advance(days=3)
    assert "toch bewaard" in hand_in("Geen dier")
    found = rows(select(Work).order_by(Work.id))
    assert [work.said["words"] for work in found] == ["Een vis", "Een haan", "Een paard", "Geen dier"]
    assert [work.is_late for work in found] == [False, False, True, True]


def test_the_outbox_hears_that_a_work_has_arrived(client, today):
    page = join(client, today.code)
    form = {"words": "Een vis", "client_key": "w", "who": "x", "age": "3600"}
    for _ in range(2):
        answer = client.post(f"{page}/task/dier", data=form, headers=JSON)
        assert (answer.status_code, answer.json["answered"]) == (200, "done")
    photo = {"client_key": "p", "photo": (make.jpeg(), "deur.jpg")}
    answer = client.post(f"{page}/task/teken", data=photo, headers=JSON)
    assert answer.status_code == 201
    assert len(answer.json["sha256"]) == 64
    assert works() == 2


def test_a_picture_is_redrawn_and_only_its_crew_and_its_teacher_see_it(app, client, today, teacher, board):
    page = join(client, today.code)
    client.post(f"{page}/task/teken", data={"photo": (make.jpeg(), "deur.jpg")})
    work, other = one(select(Work)), join(app.test_client(), today.code)
    got = {}
    for who, device, at in (
        ("own", client, page), ("other", client, other), ("teacher", teacher, board),
        ("visitor", app.test_client(), board),
    ):  # fmt: skip
        with device.get(f"{at}/work/{work.key}.webp") as answer:
            got[who] = answer.status_code, answer.data[:4]
    assert got["own"] == got["teacher"] == (200, b"RIFF")
    assert got["other"][0] == 404
    assert got["visitor"][0] == 303


def test_what_is_no_photo_is_refused_with_a_sentence_and_words_go_on(client, today):
    page = join(client, today.code)
    answer = client.post(f"{page}/task/teken", data={"photo": (io.BytesIO(b"no photo"), "x.jpg")})
    assert answer.status_code in (415, 422)
    assert "foto" in answer.text
    assert works() == 0


def test_an_empty_answer_is_none_and_says_that_one_may_go_on(client, today):
    page = join(client, today.code)
    answer = client.post(f"{page}/task/dier", data={"words": " "})
    assert answer.status_code == 422
    assert "Je mag ook zo doorgaan" in answer.text


def test_help_stands_on_top_of_the_board_until_the_teacher_comes(app, client, today, teacher, board):
    join(app.test_client(), today.code)
    page = join(client, today.code)
    client.post(f"{page}/help")
    text = teacher.get(board).text
    assert "Vraagt al 1 minuut hulp" in text
    assert text.index("Egels") < text.index("Reigers")
    crew = one(select(Crew).where(Crew.help_at.is_not(None)))
    teacher.post(f"{board}/say", data={"says": "coming", "crew": crew.key})
    assert "hulp" not in teacher.get(board).text.split("<tbody")[1].split("</tbody")[0]
    assert "Blijf waar je bent. Ik kom eraan." in client.get(f"{page}/1").text


def test_a_pause_and_a_word_reach_who_walks(client, today, teacher, board):
    page = join(client, today.code)
    teacher.post(f"{board}/state", data={"do": "pause"})
    teacher.post(f"{board}/say", data={"says": "minutes"})
    state = client.post(f"{page}/2", data={"heard": "0"}, headers=JSON).json
    assert (state["rests"], state["word"]) == (True, "Nog tien minuten.")
    client.post(f"{page}/2", data={"heard": str(state["heard"])}, headers=JSON)
    assert "1 van 3 groepjes zagen het" in teacher.get(board).text
    assert "halte 2 van 2" in teacher.get(board).text
    assert teacher.post(f"{board}/say", data={"says": "Hallo Samira"}).status_code == 422


def test_the_board_knows_no_map_and_no_position(client, today, teacher, board):
    join(client, today.code)
    for page in (board, f"{board}/progress"):
        text = teacher.get(page).text
        assert not re.search(r"<[\w-]*map[\s>]|data-lat|leaflet", text)


def test_a_crew_without_network_for_a_while_is_said_to_be_so(client, today, teacher, board, clock):
    join(client, today.code)
    clock.advance(minutes=6)
    assert "Geen internet sinds 12.00" in teacher.get(board).text


def test_a_paper_crews_sheet_is_typed_in_by_the_teacher(today, teacher, board):
    crew = queries.own(today.neighbourhood_id, today.teacher, today.key).crews[1]
    key = crew.key
    db.session.rollback()
    teacher.post(f"{board}/crews/{key}", data={"do": "paper"})
    answer = teacher.post(f"{board}/crews/{key}/task/dier", data={"words": "Een haan"}, follow_redirects=True)
    assert "Bewaard" in answer.text
    assert one(select(Work)).on_paper
    assert "van papier" in teacher.get(f"{board}/work").text


def test_nothing_hangs_in_the_gallery_before_the_teacher_says_so(client, today, teacher, board):
    page = join(client, today.code)
    client.post(f"{page}/task/dier", data={"words": "Groene vis"})
    client.post(f"{page}/task/teken", data={"photo": (make.jpeg(), "x.jpg")})
    surfaces = (f"{board}/gallery", f"{board}/gallery/print")
    assert not any("Groene vis" in teacher.get(at).text for at in surfaces)
    assert zipped(teacher, board) == {"gallery.txt": ""}
    for work in rows(select(Work)):
        teacher.post(f"{board}/work/{work.key}", data={"do": "show"})
    assert all("Groene vis" in teacher.get(at).text for at in surfaces)
    files = zipped(teacher, board)
    assert "Groene vis" in files["gallery.txt"]
    assert [name for name in files if name.endswith(".webp")] == ["02-heron.webp"]


def zipped(teacher, board) -> dict[str, str]:
    with teacher.get(f"{board}/gallery.zip") as answer:
        packed = zipfile.ZipFile(io.BytesIO(answer.data))
        return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def test_a_rude_drawing_goes_for_good_and_its_file_with_the_next_sweep(app, client, today, teacher, board):
    page = join(client, today.code)
    client.post(f"{page}/task/teken", data={"photo": (make.jpeg(), "x.jpg")})
    key = one(select(Work)).key
    teacher.post(f"{board}/work/{key}", data={"do": "away"})
    assert works() == 0
    assert teacher.get(f"{board}/work/{key}.webp").status_code == 404


def test_the_date_of_erasing_stands_on_every_page_of_a_class(client, today, teacher, board):
    page = join(client, today.code)
    crew = one(select(Crew).where(Crew.joined_at.is_not(None))).key
    parts = ("", "/progress", "/work", "/gallery", "/erase", f"/crews/{crew}")
    pages = [(teacher, f"{board}{part}") for part in parts] + [(client, page), (client, f"{page}/1")]
    assert [at for who, at in pages if "2 juli 2026" not in who.get(at).text] == []
    teacher.post(f"{board}/state", data={"do": "end"})
    assert "2 juli 2026" in client.get(page).text


def test_erased_with_a_button_a_class_is_gone_for_teacher_and_crew(client, today, teacher, board):
    page = join(client, today.code)
    teacher.post(f"{board}/erase")
    assert teacher.get(board).status_code == 404
    assert client.get(page).status_code == 404
    assert client.post("/w/lombok/class", data={"code": today.code}).status_code == 404
    assert "Gewist" in teacher.post(f"{board}/erase", follow_redirects=True).text


def test_a_code_of_yesterday_gets_a_sentence_and_so_does_a_wrong_one(client, today, clock):
    clock.advance(days=1)
    answer = client.post("/w/lombok/class", data={"code": today.code})
    assert answer.status_code == 410
    assert "voorbij" in answer.text
    answer = client.post("/w/lombok/class", data={"code": "BCDFGH"})
    assert answer.status_code == 404
    assert "verwisseld" in answer.text


def test_the_teachers_laptop_may_close_in_the_middle(client, today, teacher, board):
    page = join(client, today.code)
    teacher.post("/w/lombok/staff/out")
    assert teacher.get(board).status_code in (303, 401)
    assert client.post(f"{page}/task/hoor", data={"words": "Bus"}).status_code == 303


def test_the_board_asks_the_database_as_often_for_thirty_crews_as_for_three(app, amina, teacher, today, board):
    with writing():
        key = opened(db.session.merge(amina), crews=30).key

    def asks(address: str) -> int:
        with counted(app) as asked:
            assert teacher.get(address).status_code == 200
        return len(asked)

    asks(board)
    assert asks(board) == asks(f"{CLASSES}/{key}")


def test_a_crew_is_no_visitor_and_joins_no_game(client, today):
    page = join(client, today.code)
    assert client.get("/w/lombok/join").status_code == 403
    assert client.get("/w/lombok/stories").status_code in (200, 404, 308)
    client.post(f"{page}/leave")
    assert client.get("/w/lombok/join").status_code == 200


def test_no_page_of_a_crew_asks_another_host_for_anything(client, today):
    page = join(client, today.code)
    for at in (page, f"{page}/1", "/w/lombok/class", "/w/lombok/class/check"):
        assert not re.search(r'(?:src|href)="https?://', client.get(at).text)

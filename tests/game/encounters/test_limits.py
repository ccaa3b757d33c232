"""Limits, with limits on: wrong guesses run out, right ones do not, and forged proxy headers change nothing."""

from sqlalchemy import select

from core.codes import short_code
from core.database import db
from game.encounters.models import Code

GUESSED = ["", "/state", "/here", "/here/answer"]
POSTED = ["/yes", "/no", "/take-back", "/code", "/here", "/join"]


def joined(app, name: str, address: str = "10.0.0.1"):
    phone = app.test_client()
    phone.environ_base["REMOTE_ADDR"] = address
    assert phone.post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303
    return phone


def guess(phone, number: int) -> int:
    headers = {"X-Forwarded-For": f"192.0.2.{number % 250}"}
    paths = [("get", path) for path in GUESSED] + [("post", path) for path in POSTED]
    method, path = paths[number % len(paths)]
    return getattr(phone, method)(f"/e/{short_code()}{path}", headers=headers).status_code


def test_thirty_wrong_guesses_on_whatever_page_and_it_is_over(guarded):
    phone = joined(guarded, "Gele Kraan")
    answers = [guess(phone, number) for number in range(60)]
    assert answers.count(404) <= 30
    assert answers[-1] == 429


def test_somebody_elses_guesses_do_not_stop_a_player(guarded):
    joker, amina = joined(guarded, "Gele Kraan"), joined(guarded, "Rode Fiets")
    address = amina.post("/w/lombok/together/bench", data={"without": "1"}).headers["Location"]
    for number in range(40):
        guess(joker, number)
    assert [amina.get(address).status_code for _time in range(3)] == [200] * 3
    assert amina.get(f"{address}/state").status_code == 200


def test_who_guessed_too_often_cannot_answer_with_a_right_guess_either(guarded):
    joker, amina = joined(guarded, "Gele Kraan"), joined(guarded, "Rode Fiets")
    amina.post("/w/lombok/together/bench", data={"without": "1"})
    with guarded.app_context():
        [letters] = db.session.scalars(select(Code.letters)).all()
    for number in range(40):
        guess(joker, number)
    assert joker.post(f"/e/{letters}/yes").status_code == 429
    assert joined(guarded, "Groene Deur").post(f"/e/{letters}/yes").status_code == 303


def test_a_waiting_page_may_ask_all_day(guarded):
    amina = joined(guarded, "Rode Fiets")
    address = amina.post("/w/lombok/together/bench", data={"without": "1"}).headers["Location"]
    assert {amina.get(f"{address}/state").status_code for _time in range(300)} == {200}


def test_uploads_of_one_player_run_out_and_a_neighbour_goes_on(guarded):
    amina, bram = joined(guarded, "Rode Fiets"), joined(guarded, "Groene Deur")
    answers = [
        amina.post("/w/lombok/together/bench", data={"without": "1", "client_key": str(number)}).status_code
        for number in range(41)
    ]
    assert answers == [303] * 40 + [429]
    assert bram.post("/w/lombok/together/bench", data={"without": "1"}).status_code == 303

"""Addresses that a hand or a chat app wrote a little otherwise lead where they were meant to."""

import pytest
from sqlalchemy import select

from core.codes import short_code, spaced
from core.database import db, writing
from core.people import service as people
from core.places import plates, service
from game.encounters.models import Code
from tests import make

BEHIND = [".", ")", "/", "%20", ").", "%E2%80%9D", "%E2%80%8E", "...%20", "/."]


@pytest.fixture
def plate(here):
    """The one at the bank."""
    with writing():
        bank = make.spot(here)
        db.session.add(bank)
        return service.put_up(bank)


@pytest.fixture
def letters(app, here, amina) -> str:
    """Of a meeting that waits for its second."""
    phone = app.test_client()
    with writing():
        phone.set_cookie("device", people.sign_in(amina))
    phone.post("/w/lombok/together/bench", data={"without": "1"})
    return db.session.scalars(select(Code.letters)).one()


def led(phone, path: str) -> str:
    """Where an address leads in the end, and whether there is something."""
    answer = phone.get(path, follow_redirects=True)
    return f"{answer.status_code} {answer.request.path}"


@pytest.mark.parametrize("behind", BEHIND)
def test_what_stands_behind_a_short_address_is_taken_off(client, plate, letters, amina, behind):
    code = plates.code_of(plate)
    for right in (f"/e/{letters}", f"/q/{code}", f"/w/lombok/with/{amina.tag}", "/w/lombok/map", "/w/lombok/", "/q/"):
        assert led(client, right.rstrip("/") + behind) == f"200 {right}", right


def test_small_and_capital_letters_are_alike(client, plate, letters, amina):
    code = plates.code_of(plate)
    assert led(client, f"/q/{code.lower()}.") == f"200 /q/{code}"
    assert led(client, f"/E/{letters.lower()}") == f"200 /e/{letters}"
    assert led(client, f"/Q/{code}") == f"200 /q/{code}"
    assert led(client, f"/W/LOMBOK/with/{amina.tag}") == f"200 /w/lombok/with/{amina.tag}"
    assert led(client, "/w/Lombok") == "200 /w/lombok/"


def test_the_letters_of_a_sign_may_stand_behind_the_address_above_them(client, plate):
    code = plates.code_of(plate)
    for typed in (plate.letters, spaced(plate.letters), plate.letters.lower() + "."):
        assert led(client, f"/q/{typed}") == f"200 /q/{code}"


def test_what_goes_along_stays_and_what_leads_nowhere_is_no_redirect(client, letters):
    answer = client.get(f"/e/{letters}.?utm_source=app")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/e/{letters}?utm_source=app")
    for nowhere in (
        "/nowhere.",
        "/%2F%2Fevil.example/w/lombok/.",
        "/%5Cevil.example).",
        "/e/K7.",
        "/w/lombok/nothing)",
    ):
        assert client.get(nowhere).status_code == 404
    assert client.post(f"/e/{letters}/yes.").status_code == 404


def test_a_sign_behind_it_is_no_way_round_the_count_of_guesses(guarded):
    phone = guarded.test_client()
    wrong = ["/e/{}.", "/q/{}", "/w/lombok/with/{})", "/E/{}/"]
    answers = [phone.get(wrong[at % 4].format(short_code()), follow_redirects=True).status_code for at in range(420)]
    assert answers.count(404) == 400  # what an address may guess in an hour
    assert answers[-1] == 429

"""The pages of letters and teams: joining by a letter, wrong codes, and letters that a coordinator prints once."""

import re

import pytest
from limits import parse
from sqlalchemy import func, select

from core import guesses, limits
from core.database import db, writing
from core.guard import Role
from core.people.models import Person
from game.scoring.models import Known
from game.teams import service
from game.teams.models import LetterCode
from tests import make
from tests.core.staff.test_pages import join, with_code

LETTER = "/w/lombok/letter"


@pytest.fixture
def lombok(app):
    """The app with the cast in Lombok, as `guarded` has it."""
    with app.app_context():
        make.world()
    return app


def letter(app) -> str:
    """The code of a letter of a team, in a neighbourhood that has its season."""
    with app.app_context(), writing():
        here = db.session.scalars(select(Person.neighbourhood_id)).first()
        return service.make_letters(here, service.make_team(here, "Het koor"), 1)[1][0]


def people(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person))


def test_a_visitor_joins_by_a_letter_and_is_known_and_of_its_team(lombok, client, clock):
    code = letter(lombok)
    spoken = f"{code[:5].lower()} {code[5:].lower()}"
    answer = client.post(LETTER, data={"code": spoken, "name": "Rode Laars", "age": "adult"})
    assert answer.status_code == 303
    assert "Je team" in client.get(LETTER).text
    assert "Het koor" in client.get(LETTER).text
    with lombok.app_context():
        me = db.session.scalars(select(Person).where(Person.name == "Rode Laars")).unique().one()
        assert db.session.get(Known, me.player_key).how == "letter"


def test_a_wrong_letter_lets_nobody_in_and_keeps_what_was_typed(lombok, client, clock):
    letter(lombok)
    before = people(lombok)
    answer = client.post(LETTER, data={"code": "BCDFGHJKMN", "name": "Rode Laars", "age": "adult"})
    assert answer.status_code == 422
    assert "Deze code kennen we niet" in answer.text
    assert "Rode Laars" in answer.text
    assert people(lombok) == before
    assert client.get_cookie("device") is None


def test_wrong_letters_are_counted_and_then_nobody_tries_another(guarded, monkeypatch):
    monkeypatch.setattr(guesses, "LONG", (parse("3 per hour"),))
    code, device = letter(guarded), guarded.test_client()
    said = {"name": "Rode Laars", "age": "adult"}
    wrong = [device.post(LETTER, data={**said, "code": "BCDFGHJKMN"}).status_code for _ in range(4)]
    assert wrong == [422, 422, 422, 429]
    assert device.post(LETTER, data={**said, "code": code}).status_code == 429


def test_a_slip_of_the_finger_uses_up_no_join_of_the_house(guarded, monkeypatch):
    monkeypatch.setattr(limits, "JOINS", parse("1 per hour"))
    code, device = letter(guarded), guarded.test_client()
    said = {"name": "Rode Laars", "age": "adult"}
    device.post(LETTER, data={**said, "code": "BCDFGHJKMN"})
    assert device.post(LETTER, data={**said, "code": code}).status_code == 303


def test_codes_are_shown_once_and_only_to_who_proved_again_that_it_is_them(lombok, clock):
    lead = join(lombok, Role.COORDINATOR, "lead", "Rode Laars")
    with_code(lead)
    page = lead.get("/w/lombok/staff/letters").text
    key = re.search(r'name="client_key"[^>]*value="(\w+)"', page) or re.search(r'value="(\w{26})"', page)
    form = {"client_key": key[1], "many": "8", "team": ""}
    made = lead.post("/w/lombok/staff/letters/print", data=form)
    assert made.status_code == 200
    assert len(set(re.findall(r">(\w{5} \w{5})<", made.text))) == 8
    again = lead.post("/w/lombok/staff/letters/print", data=form)
    assert again.status_code == 409
    assert "maar één keer" in again.text
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(LetterCode)) == 8
    clock.advance(minutes=45)
    late = lead.post("/w/lombok/staff/letters/print", data={**form, "client_key": ""})
    assert "buurt-letterslip" not in late.text

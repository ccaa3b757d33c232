"""Your own points: each meeting with its lines, what waits or went to the buurt, what was corrected; and a question."""

import pytest
from sqlalchemy import event, select

from core.database import db, writing
from core.people.models import Person
from game.scoring import corrections
from game.scoring.models import Question
from tests import make
from tests.bench.meetings import letters

PAGE = "/w/lombok/points/mine"


@pytest.fixture
def me(app, client, clock) -> str:
    """Somebody from Noord, signed in on this phone; their name."""
    client.set_cookie("lang", "en")
    with app.app_context():
        make.world()
    assert client.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"}).status_code == 303
    with app.app_context(), writing():
        person = named("Rode Laars")
        person.zone = person.neighbourhood.zones[0]
    return "Rode Laars"


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def meet(app, me: str, other: str, zone: str = "Zuid", known: bool = True) -> str:
    with app.app_context(), writing():
        one = named(me)
        return make.confirmed(one, make.person(one.neighbourhood, other, zone, known=known)).key


def correct(app, meeting: str, *hows: str) -> None:
    with app.app_context():
        for how in hows:
            with writing():
                if how == "take":
                    corrections.take(meeting, "other photo", "c")
                else:
                    corrections.give_back(meeting, "c")


def test_who_is_younger_than_16_reads_whom_they_can_meet(app, client, me):
    assert "with a host" not in client.get(PAGE).text
    with app.app_context(), writing():
        named(me).is_young = True
    assert "with a host" in client.get(PAGE).text


def test_each_meeting_has_its_lines_and_nobody_is_named(app, client, me):
    meet(app, me, "Nieuwe Lantaarn", known=False)
    page = client.get(PAGE).text
    for words in (
        "You two meet for the first time",
        "You live in different parts",
        "5 points still wait",
        ": 10 points",
    ):
        assert words in page
    assert "Lantaarn" not in page


def test_what_went_to_the_buurt_is_said(app, client, me):
    for number in range(9):
        meet(app, me, f"Buur {letters(number)}")
    page = client.get(PAGE).text
    assert "15 points of this went to the neighbourhood." in page
    assert page.count("+10") == 9
    assert ">120<" in page


def test_a_correction_says_why_and_what_came_back_says_so(app, client, me):
    meeting = meet(app, me, "Nieuwe Lantaarn")
    correct(app, meeting, "take")
    for page in (client.get(PAGE).text, client.get(f"/e/{meeting}").text):
        assert "a coordinator took these points away, from both of you" in page
        assert "The photo was of another meeting." in page
    assert ": 0 points" in client.get(PAGE).text
    correct(app, meeting, "give")
    page = client.get(PAGE).text
    assert "you both got these points back" in page
    assert "It was taken away by mistake." in page
    assert ": 15 points" in page


def test_a_question_is_asked_once_and_shows_its_letters(app, client, me):
    meeting = meet(app, me, "Nieuwe Lantaarn")
    for _time in range(2):
        assert client.post(f"{PAGE}/{meeting}", data={"reason": "not met"}).status_code == 303
    with app.app_context():
        asked = db.session.scalars(select(Question)).one().letters
    page = client.get(PAGE).text
    assert f"{asked[:3]} {asked[3:]}" in page
    assert "Is this not right?" not in page
    assert client.post(f"{PAGE}/{'a' * 26}", data={"reason": "not met"}).status_code == 404


def test_the_page_asks_the_database_as_often_for_forty_meetings_as_for_one(app, client, me):
    asked: list[str] = []

    def count() -> int:
        asked.clear()
        client.get(PAGE)
        return len(asked)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    meet(app, me, "Nieuwe Lantaarn")
    few = count()
    for number in range(39):
        meet(app, me, f"Buur {letters(number)}")
    assert count() == few
    assert client.get(PAGE).text.count('buurt-why"') == 40

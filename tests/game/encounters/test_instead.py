"""Who cannot meet anybody reads calmly what they can do, and is offered nothing that would only refuse."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.places import plates
from core.places.models import Plate
from core.places.service import put_up
from tests import make
from tests.game.encounters.test_allowed import code, hand_in, live_together, pause, street, tag  # noqa: F401 - a fixture

HOME = "/w/lombok/"
WEEK = {"mo": [["13:00", "17:00"]], "we": [["10:00", "17:00"]]}
KINDLY = "They help you in the neighbourhood house."
ALARMS = ("buurt-notice--stop", 'role="alert"', "did not work")


@pytest.fixture
def lombok(app: Flask, street: dict[str, FlaskClient]) -> dict[str, FlaskClient]:  # noqa: F811
    """The street with its house, a place with a sign, and a place to look for."""
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        house, pump = make.spot(here, "huis", kind="hq", name="Huis", hours=WEEK), make.spot(here, "pomp")
        db.session.add_all([house, pump])
        put_up(pump)
        asked = {"nl": {"question": "Wat staat er?", "answers": ["7"]}}
        make.challenge(here, "find-the-pump", "find", spot=pump, on_site=asked)
    return street


def page(phone: FlaskClient, path: str, status: int = 200) -> str:
    answer = phone.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def offered(phone: FlaskClient, home: str = HOME) -> dict[str, int]:
    """Every page that a reader gets to by links from home, with its status."""
    found: dict[str, int] = {}
    to_read = [home]
    while to_read:
        path = to_read.pop()
        if path in found:
            continue
        answer = phone.get(path, follow_redirects=True)
        found[path] = answer.status_code
        if answer.mimetype == "text/html":
            links = re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text)
            to_read += [unescape(link) for link in links if not link.startswith("/static")]
        answer.close()
    return found


def test_a_child_that_wants_a_photo_together_reads_what_it_can_do_and_when_the_house_opens(lombok):
    child = lombok["child"]
    assert child.get(f"{HOME}together").headers["Location"] == f"{HOME}me/now"
    text = page(child, f"{HOME}me/now")
    assert "1 challenge waits." in text
    assert "closed now, open tomorrow from" in text
    assert f"{HOME}me/household" in text
    assert not any(alarm in text for alarm in ALARMS)
    assert lombok["amina"].get(f"{HOME}me/now").headers["Location"] == f"{HOME}together"
    assert f"{HOME}me/now" in page(child, HOME)
    assert f"{HOME}me/now" not in page(lombok["amina"], HOME)


def test_a_friends_link_tells_a_child_the_same_and_neither_is_alarmed(app, lombok):
    letters = code(app, lombok["dirk"], "of dirk")
    young = app.test_client()
    young.set_cookie("lang", "en")
    asked = young.post(f"/e/{letters}/join", data={"name": "Kleine Bij", "age": "young"})
    reads = page(young, asked.headers["Location"], 403)
    assert KINDLY in reads
    assert "1 challenge waits." in reads
    other = hand_in(lombok["dirk"], "named", tag=tag(app, "child")).text
    assert KINDLY in other
    assert "16" not in re.sub("<[^>]+>", "", other)
    assert not any(alarm in text for text in (reads, other) for alarm in ALARMS)


def test_at_home_a_child_may_take_a_photo_and_is_shown_the_way(app, lombok):
    live_together(app, "dirk", "child")
    text = page(lombok["child"], f"{HOME}me/now")
    assert f'href="{HOME}together"' in text
    assert f"{HOME}me/household" not in text


@pytest.mark.parametrize("who", ["child", "fay"])
def test_nobody_who_cannot_meet_anybody_is_offered_what_would_only_refuse(app, lombok, who):
    if who == "fay":
        pause(app, "fay")
    found = offered(lombok[who])
    assert {path: status for path, status in found.items() if status >= 400} == {}
    assert len(found) > 25
    assert not [path for path in found if "/together" in path]


def test_who_plays_elsewhere_looks_around_and_is_not_asked_to_join_here(app, lombok):
    with app.app_context(), writing():
        there = make.neighbourhood("hoograven")
        bank = make.spot(there)
        db.session.add(bank)
        db.session.flush()
        make.challenge(there, "find-it", "find", spot=bank, on_site={"nl": {"question": "Wat?", "answers": ["7"]}})
        make.challenge(there)
    found = offered(lombok["amina"], "/w/hoograven/")
    assert {path: status for path, status in found.items() if status >= 400} == {}
    assert len(found) > 10


def test_a_visitor_reads_what_this_is_at_home_and_at_a_sign_and_the_button_there_says_that_one_is_there(app, lombok):
    with app.app_context():
        sign = plates.code_of(db.session.scalars(select(Plate)).one())
    visitor = app.test_client()
    visitor.set_cookie("lang", "en")
    for path, joins in (
        (HOME, "Join in"), (f"/q/{sign}", "I am here"), (f"{HOME}spots/pomp", "I am here"),
    ):  # fmt: skip
        text = page(visitor, path)
        assert "You both say yes, and you both get points." in text
        assert re.search(rf'href="{HOME}join[^"]*">(?:(?!</a>).)*{joins}</a>', text, re.DOTALL)
        assert "You both say yes, and" not in page(lombok["amina"], path)


def test_who_did_a_challenge_with_this_neighbour_before_is_led_to_another(app, lombok):
    hand_in(lombok["amina"], "first", tag=tag(app, "dirk"))
    again = hand_in(lombok["amina"], "again", tag=tag(app, "dirk"))
    assert again.status_code == 303
    assert "/another/" in again.location
    assert "You two did this one already" in lombok["amina"].get(again.location).text

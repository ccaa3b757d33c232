"""Every route, by everybody, here and in another neighbourhood: who is refused; a planted secret shows nowhere.

What each may do is compared with the table that is kept by hand in tests/core/test_rights.py.
"""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.database import db, writing
from core.guard import STAFF, Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import WEB
from core.staff import service as staff
from tests import make
from tests.bench import meetings
from tests.core.staff.test_pages import PASSWORD, with_code
from tests.core.test_headers import FILLED
from tests.core.test_rights import BY_HAND, ONLY_STAFF, PLAYER, VISITOR

SECRET = "Stille Geheimpje"  # somebody of the other neighbourhood, who met and waits at its desk
PLAIN = ("visitor", "player")
EVERYBODY = (*PLAIN, *sorted(STAFF))
GUARD_SAYS = "Dit mag je hier niet doen"  # a house rule has other words
ON_A_STAFF_DEVICE = {"staff.again", "staff.do_again", "staff.code", "staff.do_code"}  # the view asks for one
CHANGES_WHO_ASKS = {"staff.leave", "people.do_leave", "staff.give_up", "people.do_erase", "people.erase"}


@pytest.fixture
def two(app: Flask, clock) -> Flask:
    """Lombok, and Hoograven where somebody with a secret name met, and a photo waits at the desk."""
    with app.app_context():
        make.world()
        with writing():
            there = make.neighbourhood("hoograven")
            make.season(there)
            doing = make.challenge(there, "bench")
            one, other = make.person(there, SECRET), make.person(there, "Andere Buur")
            met = make.service.hand_in(one, doing, meetings.photo(), "secret", other)
            make.service.agree(met.id, other, with_photo=True)
            for person in (one, other):
                photos.choose(met.photos[0], person.player_key, (WEB,))
    return app


def somebody(app: Flask, who: str) -> FlaskClient:
    """A device of a visitor, a player, or staff of Lombok who just proved that it is them."""
    device = app.test_client()
    if who == VISITOR:
        return device
    if who == PLAYER:
        assert device.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"}).status_code == 303
        return device
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        token = staff.invite(here.id, Role(who), None, frozenset({Role.ADMIN}))
    form = {"token": token, "login": who, "password": PASSWORD, "name": "Rode Laars", "age": "adult"}
    assert device.post("/w/lombok/staff/invited", data=form).status_code == 303
    with_code(device)
    return device


def may(who: str, endpoint: str, slug: str) -> bool:
    """What the table kept by hand says: staff of one neighbourhood is a visitor in the other."""
    role = who if slug == "lombok" else VISITOR
    by_role = {VISITOR: VISITOR in BY_HAND[endpoint], PLAYER: PLAYER in BY_HAND[endpoint]}
    if role in by_role:
        return by_role[role] and not (role == PLAYER and endpoint in ON_A_STAFF_DEVICE)
    return by_role[PLAYER] or role in ONLY_STAFF.get(endpoint, set())


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_route_is_open_to_whom_the_table_says_and_to_nobody_else(two: Flask, who: str):
    device, walked, wrong = somebody(two, who), 0, []
    rules = [rule for rule in two.url_map.iter_rules() if rule.endpoint not in CHANGES_WHO_ASKS]
    for rule in rules:
        for slug in ("lombok", "hoograven") if "slug" in rule.arguments else ("lombok",):
            address = two.url_map.bind("localhost").build(
                rule.endpoint, {name: slug if name == "slug" else FILLED[name] for name in rule.arguments}
            )
            for method in sorted(rule.methods & {"GET", "POST"}):
                answer = device.open(address, method=method)
                walked += 1
                said = answer.text if answer.mimetype in {"text/html", "application/json"} else ""
                answer.close()
                refused = is_refused(answer, said)
                if refused == may(who, rule.endpoint, slug) or answer.status_code >= 500 or SECRET in said:
                    wrong.append((rule.endpoint, method, slug, answer.status_code, SECRET in said))
    assert wrong == []
    assert walked > 1.5 * len(rules)


def is_refused(answer, said: str) -> bool:
    """By the guard: asked to join first, or told that it is not for them; a house rule has a sentence of its own."""
    if answer.status_code == 303 and "/join?" in answer.location:
        return True
    return answer.status_code == 401 or (answer.status_code == 403 and GUARD_SAYS in said)


def test_the_secret_is_there_to_be_found(two: Flask):
    with two.app_context():
        assert db.session.scalar(select(Person.id).where(Person.name == SECRET))
        there = neighbourhoods.by_slug("hoograven")
        from core.desk import queries

        with two.test_request_context("/w/hoograven/"):
            assert len(queries.queue(there.id, "nobody")) == 1

"""Signing in as staff under attack: nothing to learn from a no, nothing serves twice, no flood, no token of before."""

import sqlite3
import threading

import pyotp
import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

import game
import tours
from core import clock as now
from core import create_app
from core.database import db, writing
from core.guard import Role
from core.people import service as people
from core.people.models import Device, Person
from core.refusal import Refusal
from core.security import limiter
from core.staff import passwords, roles, second_factor, service
from core.staff.models import Account, Session
from tests import make
from tests.core.staff.test_account import sign_in
from tests.core.staff.test_pages import BASE, PASSWORD, account_of, join, lombok, with_code

__all__ = ["lombok"]  # the fixture
ADMIN = frozenset({Role.ADMIN})
NOT_RIGHT = {
    "a login that nobody has": ("niets", PASSWORD, "123456"),
    "a wrong password": ("amina", "een ander wachtwoord", "123456"),
    "a wrong code": ("amina", PASSWORD, "123456"),
    "a wrong code on paper": ("amina", PASSWORD, "AAAA-BBBB-CCCC-DDDD"),
    "no code": ("amina", PASSWORD, ""),
    "the login of somebody elsewhere": ("elder", PASSWORD, "123456"),
}


@pytest.fixture
def counted(monkeypatch):
    """How often argon2 ran, and how many questions the database got."""
    passwords.fits("warm", None)
    hasher, count = type(passwords._hasher()), {"hashes": 0, "queries": 0}
    verify = hasher.verify

    def hashing(self, *arguments):
        count["hashes"] += 1
        return verify(self, *arguments)

    monkeypatch.setattr(hasher, "verify", hashing)
    return count


# ---- nothing to learn ----


def test_every_no_is_the_same_to_the_byte_after_the_same_questions_and_the_same_hashing(lombok, clock, counted):
    with_code(join(lombok))
    with lombok.app_context():
        with writing():
            elsewhere = make.neighbourhood("hoograven")
            person = make.person(elsewhere, "Gele Schaar")
            service.accept(service.invite(elsewhere.id, Role.MAKER, None, ADMIN), person, "elder", PASSWORD)
        engine = db.engine
    clock.advance(minutes=1)

    def asked(*_arguments):
        counted["queries"] += 1

    event.listen(engine, "before_cursor_execute", asked)
    seen = {}
    for what, (login, password, code) in NOT_RIGHT.items():
        counted.update(hashes=0, queries=0)
        form = {"login": login, "password": password, "code": code}
        answer = lombok.test_client().post(f"{BASE}/in", data=form)
        page = answer.text.replace(f'"{login}"', '""').replace(f'"{code}"', '""')  # the form shows what was typed
        headers = sorted(one for one in answer.headers if one[0] != "Content-Length")
        seen[what] = (answer.status_code, page, headers, dict(counted))
    event.remove(engine, "before_cursor_execute", asked)
    first = seen.pop("a login that nobody has")
    assert first[0] == 403
    assert first[3]["hashes"] == 1
    assert [what for what, one in seen.items() if one != first] == []


def test_a_wrong_password_uses_up_no_code_of_its_owner(lombok, clock):
    device = join(lombok)
    generator = with_code(device)
    clock.advance(minutes=1)
    code = generator.at(now.now())
    assert sign_in(lombok, code, password="een ander wachtwoord").last == 403
    assert sign_in(lombok, code).last == 303


# ---- nothing serves twice ----


@pytest.mark.parametrize("later", [0, 29, 31])
def test_a_code_of_the_app_that_was_used_opens_nothing_again_also_in_the_step_beside_it(lombok, clock, later):
    generator = with_code(join(lombok))
    clock.advance(minutes=1)
    code = generator.at(now.now())
    assert sign_in(lombok, code).last == 303
    clock.advance(seconds=later)
    assert sign_in(lombok, code).last == 403


@pytest.fixture
def at_once(app: Flask, amina):
    """Two requests with one code at one instant, on an account with a second factor; who came in, and the account."""
    with writing():
        person = db.session.get_one(Person, amina.id)
        account = service.accept(
            service.invite(person.neighbourhood_id, Role.MAKER, None, ADMIN), person, "amina", PASSWORD
        )
        session = service.open_session(account, people.sign_in(person))
        secret = second_factor.new_secret(session)
        paper = second_factor.begin(session, pyotp.TOTP(secret).at(now.now()))
        here, account_id = person.neighbourhood_id, account.id

    def press(code: str) -> list[str]:
        gate, said = threading.Barrier(2), []

        def one():
            with app.app_context():
                known = account_of("amina")  # both know the account before one of them uses the code
                assert known.id == account_id
                gate.wait()
                try:
                    with writing():
                        found = service.sign_in("amina", PASSWORD, code, here)
                        service.open_session(found, people.sign_in(found.person))
                    said.append("in")
                except Refusal:
                    said.append("no")

        threads = [threading.Thread(target=one) for _press in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.rollback()
        return sorted(said)

    return press, secret, paper


@pytest.mark.both
def test_of_two_requests_with_one_code_of_the_app_at_one_instant_one_comes_in(at_once, clock):
    press, secret, _paper = at_once
    clock.advance(minutes=1)
    assert press(pyotp.TOTP(secret).at(now.now())) == ["in", "no"]
    assert len(db.session.scalars(select(Session)).unique().all()) == 2  # that of setting up, and one


@pytest.mark.both
def test_of_two_requests_with_one_code_on_paper_at_one_instant_one_comes_in(at_once, clock):
    press, _secret, paper = at_once
    assert press(paper[0]) == ["in", "no"]
    assert len(db.session.scalars(select(Session)).unique().all()) == 2


@pytest.mark.both
def test_a_first_code_pressed_twice_at_one_instant_gives_one_set_of_paper(app, amina, clock):
    with writing():
        person = db.session.get_one(Person, amina.id)
        account = service.accept(
            service.invite(person.neighbourhood_id, Role.MAKER, None, ADMIN), person, "amina", PASSWORD
        )
        session = service.open_session(account, people.sign_in(person))
        code = pyotp.TOTP(second_factor.new_secret(session)).at(now.now())
        session_id = session.id
    gate, said = threading.Barrier(2), []

    def press():
        with app.app_context():
            gate.wait()
            with writing():
                said.append(second_factor.begin(db.session.get_one(Session, session_id), code))

    threads = [threading.Thread(target=press) for _press in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    account = db.session.scalars(select(Account)).unique().one()
    assert sorted(len(paper or ()) for paper in said) == [0, 10]
    assert second_factor.paper_left(account) == 10


# ---- floods ----


@pytest.fixture
def quick(monkeypatch):
    """Hashing that costs nothing: a flood is many tries, and the limits come before it."""
    tried = []
    monkeypatch.setattr(passwords, "fits", lambda *_arguments: tried.append(1) and False)
    return tried


@pytest.fixture(params=[0, 1], ids=["no proxy", "behind a proxy"])
def proxied(request, tmp_path, clock):
    """The site with limits, alone or behind one proxy; what a request of one attacker looks like."""
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'flood.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": True, "proxies": request.param},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        make.world()
    limiter.reset()
    last = ", 198.51.100.7" if request.param else ""  # what our own proxy adds at the end
    yield app, lambda number: {"X-Forwarded-For": f"10.{number // 250}.0.{number % 250}{last}"}
    with app.app_context():
        db.engine.dispose()


def test_a_thousand_made_up_addresses_are_one_to_the_limit(proxied, quick):
    app, headers = proxied
    client = app.test_client()
    seen = [
        client.post(
            f"{BASE}/in", data={"login": f"naam-{number}", "password": "x"}, headers=headers(number)
        ).status_code
        for number in range(1000)
    ]
    assert (seen.count(403), seen.count(429)) == (60, 940)
    assert len(quick) == 60  # no hashing for who waits


def test_a_hundred_made_up_addresses_get_ten_tries_at_one_name(proxied, quick):
    app, headers = proxied
    client = app.test_client()
    seen = [
        client.post(f"{BASE}/in", data={"login": " AMINA ", "password": "x"}, headers=headers(number)).status_code
        for number in range(100)
    ]
    assert (seen.count(403), seen.count(429)) == (10, 90)


# ---- tokens and roles ----


def test_signing_in_gives_another_token_and_ends_the_one_of_before(lombok):
    device = join(lombok, Role.MAKER)
    before = device.get_cookie("device").value
    assert device.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD}).status_code == 303
    assert device.get_cookie("device").value != before
    fixed = lombok.test_client()  # somebody planted the token of before, and waits for it to become staff
    fixed.set_cookie("device", before)
    fixed.set_cookie("staff", "1")
    assert fixed.get(f"{BASE}/account").status_code == 303  # a visitor
    with lombok.app_context():
        assert [one.ended_at is None for one in db.session.scalars(select(Device).order_by(Device.id))] == [False, True]


def test_a_role_lost_between_a_page_and_its_form_refuses_the_form_and_ends_the_device(lombok, clock):
    join(lombok, Role.COORDINATOR, "eerst", "Groene Deur")
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    assert device.get(f"{BASE}/invite").status_code == 200
    with lombok.app_context(), writing():
        person = account_of("amina").person
        roles.grant(person, Role.MAKER, None, ADMIN)
        roles.end(person, Role.COORDINATOR, None, ADMIN)
    assert device.post(f"{BASE}/invite", data={"role": "host"}).status_code == 401
    assert device.get("/w/lombok/me").status_code == 303  # not even a player here


def test_after_twelve_hours_the_password_is_asked_again_and_the_device_only_plays(lombok, clock):
    device = join(lombok, Role.MAKER)
    for _half_an_hour in range(23):
        clock.advance(minutes=30)
        assert device.get(f"{BASE}/").status_code == 200
    clock.advance(minutes=30, seconds=-1)
    assert device.get(f"{BASE}/").status_code == 200
    clock.advance(seconds=1)
    assert device.get(f"{BASE}/").status_code == 403
    assert device.get(f"{BASE}/account").status_code == 403
    assert device.get("/w/lombok/me").status_code == 200
    assert device.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD}).status_code == 303
    assert device.get(f"{BASE}/").status_code == 200


def test_a_device_that_nobody_used_for_an_hour_asks_for_the_password_again(lombok, clock):
    device = join(lombok, Role.MAKER)
    clock.advance(hours=1, seconds=-1)
    assert device.get(f"{BASE}/").status_code == 200
    clock.advance(hours=1)
    assert device.get(f"{BASE}/").status_code == 403
    assert device.get("/w/lombok/me").status_code == 200
    device.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD})
    assert device.get(f"{BASE}/").status_code == 200


def test_a_page_that_looks_by_itself_whether_a_photo_went_does_not_keep_a_device_in_use(lombok, clock):
    device = join(lombok, Role.MAKER)
    for _minute in range(60):
        clock.advance(minutes=1)
        assert device.get("/w/lombok/photos/gone?on=board&keys=abc").status_code == 200
    assert device.get(f"{BASE}/").status_code == 403


def test_staff_read_on_when_the_disk_does_not_take_that_a_device_is_in_use(lombok, clock, monkeypatch):
    def full(_session):
        raise OperationalError("UPDATE", {}, sqlite3.OperationalError("database or disk is full"))

    device = join(lombok, Role.MAKER)
    monkeypatch.setattr(service, "note_use", full)
    clock.advance(minutes=50)
    assert device.get(f"{BASE}/").status_code == 200

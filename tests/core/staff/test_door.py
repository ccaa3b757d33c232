"""The staff door: a fresh token after each proof, tries that strangers cannot use up for its owner, forms that stay."""

import pyotp
import pytest
from sqlalchemy import select

from core import clock as now
from core.database import db
from core.guard import Role
from core.people.models import Device
from core.staff import passwords
from tests.core.staff.test_account import NEW, secret_on
from tests.core.staff.test_pages import BASE, PASSWORD, join, lombok, with_code

__all__ = ["lombok"]  # the fixture


@pytest.fixture
def editor(lombok, clock):
    """An editor's device, and what makes its codes; their proof is over, and a code that was not used is due."""
    device = join(lombok)
    device.generator = with_code(device)
    clock.advance(minutes=11)
    return device


def token_of(device):
    return device.get_cookie("device").value


def holding(app, token):
    """A device that holds a token, as somebody has it who planted it."""
    device = app.test_client()
    device.set_cookie("device", token)
    device.set_cookie("staff", "1")
    return device


def prove(device):
    return device.post(f"{BASE}/again", data={"code": device.generator.at(now.now()), "then": f"{BASE}/paper"})


def new_password(device):
    return device.post(f"{BASE}/account/password", data={"password": PASSWORD, "new": NEW})


def new_lock(device):
    prove(device)
    return device.post(f"{BASE}/code", data={"code": pyotp.TOTP(secret_on(device)).at(now.now())})


@pytest.mark.parametrize("act", [prove, new_password, new_lock])
def test_a_proof_gives_a_fresh_token_and_the_one_before_is_nobodys_once_that_is_seen(lombok, editor, act):
    before = token_of(editor)
    assert act(editor).status_code < 400
    assert token_of(editor) != before
    assert editor.get(f"{BASE}/account").status_code == 200
    planted = holding(lombok, before)
    assert planted.get("/w/lombok/me").status_code == 303  # to the page that asks to join
    assert planted.get(f"{BASE}/account").status_code == 303


def test_a_proof_whose_answer_got_lost_signs_nobody_out(lombok, editor):
    before = token_of(editor)
    prove(editor)
    lost = holding(lombok, before)  # the same browser, to which no answer came
    answer = prove(lost_with(lost, editor))
    assert answer.status_code == 303
    assert answer.location.endswith("/paper")
    assert lost.get(f"{BASE}/paper").status_code == 200
    with lombok.app_context():
        assert len(db.session.scalars(select(Device).where(Device.ended_at.is_(None))).unique().all()) == 1


def lost_with(device, other):
    device.generator = other.generator
    return device


# ---- tries


@pytest.fixture
def guarded_door(guarded, clock, monkeypatch):
    """With limits on, and hashing that costs nothing. Amina is a maker, who signed in on her laptop."""
    fits = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda said, known: said == PASSWORD and fits(said, known))
    guarded.laptop = join(guarded, Role.MAKER)
    return guarded


def tries(app, address, many=1, password="raad ik dit misschien", device=None):
    """What signing in as Amina from an address was answered, each once."""
    device = device or app.test_client()
    device.environ_base["REMOTE_ADDR"] = address
    form = {"login": "amina", "password": password}
    return {device.post(f"{BASE}/in", data=form).status_code for _try in range(many)}


def test_a_stranger_who_tries_all_day_locks_the_name_on_their_own_address_alone(guarded_door):
    assert tries(guarded_door, "10.1.1.1", 10) == {403}
    assert tries(guarded_door, "10.1.1.1") == {429}
    assert tries(guarded_door, "10.2.2.2", password=PASSWORD) == {303}


def test_of_ipv6_the_addresses_of_one_customer_are_one(guarded_door):
    assert [tries(guarded_door, f"2001:db8:1:{number}::1") for number in range(11)] == [{403}] * 10 + [{429}]


def test_strangers_from_everywhere_lock_the_name_for_strangers_and_not_for_a_device_that_its_owner_signed_in_on(
    guarded_door,
):
    seen = [tries(guarded_door, f"10.3.{number}.1", 10) for number in range(11)]
    assert seen == [{403}] * 10 + [{429}]
    assert tries(guarded_door, "10.4.4.4", password=PASSWORD) == {429}
    assert tries(guarded_door, "10.3.0.1", password=PASSWORD, device=guarded_door.laptop) == {303}


def test_who_holds_a_device_of_the_owner_gets_ten_tries_an_hour_as_well(guarded_door):
    assert tries(guarded_door, "10.5.5.5", 10, device=guarded_door.laptop) == {403}
    assert tries(guarded_door, "10.6.6.6", password=PASSWORD, device=guarded_door.laptop) == {429}


def test_right_ones_use_up_no_tries(guarded_door):
    assert tries(guarded_door, "10.7.7.7", 30, password=PASSWORD) == {303}


def test_too_many_wrong_codes_keep_the_form_that_came_along_and_say_how_long(guarded_door, clock):
    with_code(guarded_door.laptop)
    clock.advance(minutes=11)
    along = {"to": f"{BASE}/roles/end", "kept": "role=maker&tag=K7RX4P", "then": f"{BASE}/paper"}
    for _try in range(11):
        answer = guarded_door.laptop.post(f"{BASE}/again", data={"code": "000000", **along})
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert 'name="kept" value="role=maker&amp;tag=K7RX4P"' in answer.text
    assert "Het kan weer over 60 minuten" in answer.text

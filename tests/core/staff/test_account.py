"""Signing in and devices: another password, devices ended, the second lock on another phone, fresh paper, all lost."""

import re
from threading import Barrier

import pyotp
import pytest
from sqlalchemy import select

from core import clock as now
from core.audit.models import AuditEntry
from core.database import db
from core.guard import Role
from core.people import service as people
from core.staff import roles, second_factor, service
from core.staff.models import Account, Session
from tests.core.staff.test_pages import ADMIN, BASE, PASSWORD, account_of, invitation, join, lombok, with_code
from tests.game.encounters.test_races import at_once

__all__ = ["lombok"]  # the fixture
NEW = "tien droge schoenen"
PAGE = f"{BASE}/account"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


def sign_in(app, code="", password=PASSWORD, agent=LINUX, login="amina"):
    """Another device on which they signed in, or tried to."""
    device = app.test_client()
    form = {"login": login, "password": password, "code": code}
    device.last = device.post(f"{BASE}/in", data=form, headers={"User-Agent": agent}).status_code
    return device


def is_in(device):
    return device.get(PAGE).status_code == 200


def paper_of(answer):
    return re.findall(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", answer.text)


def fresh_form(device):
    """The form that makes fresh codes, as its page has it now."""
    return {"replaces": re.search(r'name="replaces" value="(\w*)"', device.get(f"{BASE}/paper").text)[1]}


def secret_on(device):
    device.post(f"{BASE}/code/new")
    return re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]


def last_entry(app):
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        return entry.action, entry.actor == entry.about, entry.role


@pytest.fixture
def editor(lombok, clock):
    """An editor's device, what makes its codes, and the codes on paper."""
    device = join(lombok)
    secret = secret_on(device)
    generator = pyotp.TOTP(secret)
    paper = paper_of(device.post(f"{BASE}/code", data={"code": generator.at(now.now())}))
    clock.advance(minutes=1)
    return device, generator, paper


# ---- the page ----


def test_the_page_shows_only_the_own_devices_with_their_kind_and_day(lombok, clock):
    join(lombok, Role.MAKER)
    other = join(lombok, Role.MAKER, "bram", "Gele Schaar")
    sign_in(lombok, agent=IPHONE)
    page = sign_in(lombok).get(PAGE, headers={"Accept-Language": "en"}).text
    assert [page.count(kind) for kind in ("This computer", "Another phone", "Another device")] == [1, 1, 1]
    assert page.count("since 2 June 2026, 12.00") == 3
    assert other.get(PAGE).text.count('action="/w/lombok/staff/account/devices"') == 0  # alone


def test_a_device_whose_day_is_over_is_not_on_the_page(lombok, clock):
    join(lombok, Role.MAKER)
    clock.advance(hours=12)
    assert 'name="which"' not in sign_in(lombok).get(PAGE).text


@pytest.mark.parametrize("path", ["account", "paper", "code"])
def test_the_pages_are_of_nobody_who_only_plays(lombok, path):
    phone = lombok.test_client()
    phone.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"})
    assert phone.get(f"{BASE}/{path}", follow_redirects=True).status_code == 403


def test_one_device_is_ended_and_the_others_stay(lombok):
    first, second = join(lombok, Role.MAKER), sign_in(lombok)
    third = sign_in(lombok, agent=IPHONE)
    key = re.search(r'Een andere telefoon.*?name="which" value="(\w+)"', first.get(PAGE).text, re.DOTALL)[1]
    assert first.post(f"{PAGE}/devices", data={"which": key}).location == f"{PAGE}#said"
    assert [is_in(device) for device in (first, second, third)] == [True, True, False]
    assert third.get("/w/lombok/me").status_code == 303  # a visitor, not only without roles


def test_all_other_devices_are_ended_at_once(lombok):
    first, second, third = join(lombok, Role.MAKER), sign_in(lombok), sign_in(lombok)
    assert first.post(f"{PAGE}/devices", data={"which": "others"}).location == f"{PAGE}#said"
    assert [is_in(device) for device in (first, second, third)] == [True, False, False]


def test_somebody_elses_device_cannot_be_ended(lombok):
    join(lombok, Role.MAKER)
    mine, theirs = sign_in(lombok), join(lombok, Role.MAKER, "bram", "Gele Schaar")
    key = re.search(r'name="which" value="(\w+)"', mine.get(PAGE).text)[1]
    theirs.post(f"{PAGE}/devices", data={"which": key})
    theirs.post(f"{PAGE}/devices", data={"which": "others"})
    theirs.post(f"{PAGE}/devices", data={"which": ""})
    assert mine.get(PAGE).text.count('name="which"') == 2  # the other one, and all others


def test_ending_the_device_in_hand_leads_home(lombok):
    first, second = join(lombok, Role.MAKER), sign_in(lombok)
    key = re.search(r'name="which" value="(\w{26})"', second.get(PAGE).text)[1]
    assert first.post(f"{PAGE}/devices", data={"which": key}).location == "/w/lombok/#said"


# ---- the password ----


def test_a_new_password_signs_out_every_other_device_and_keeps_this_one(lombok):
    first, second = join(lombok, Role.MAKER), sign_in(lombok)
    answer = first.post(f"{PAGE}/password", data={"password": PASSWORD, "new": NEW})
    assert answer.location == f"{PAGE}#said"
    assert "Je nieuwe wachtwoord geldt" in first.get(answer.location).text
    assert [is_in(device) for device in (first, second)] == [True, False]
    assert sign_in(lombok).last == 403
    assert sign_in(lombok, password=NEW).last == 303
    assert last_entry(lombok) == ("staff.password", True, "")


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [("een ander wachtwoord", NEW, 403), ("", NEW, 422), (PASSWORD, "kort", 422), (PASSWORD, "wachtwoord123", 422)],
)
def test_without_the_old_password_or_for_an_easy_one_nothing_changes(lombok, old, new, status):
    first, second = join(lombok, Role.MAKER), sign_in(lombok)
    before = last_entry(lombok)
    assert first.post(f"{PAGE}/password", data={"password": old, "new": new}).status_code == status
    assert is_in(second)
    assert sign_in(lombok).last == 303
    assert last_entry(lombok) == before


def test_guessing_the_old_password_on_an_open_laptop_is_limited(guarded, clock):
    device = join(guarded, Role.MAKER)
    form = {"password": "een ander wachtwoord", "new": NEW}
    seen = [device.post(f"{PAGE}/password", data=form).status_code for _guess in range(12)]
    assert seen == [403] * 10 + [429] * 2


# ---- the second lock ----


def test_a_second_lock_on_another_phone_kills_the_old_app_and_paper_at_once(lombok, clock, editor):
    device, old_app, old_paper = editor
    second = sign_in(lombok, old_app.at(now.now()))
    clock.advance(minutes=1)
    new_app = pyotp.TOTP(secret_on(device))
    assert new_app.secret != old_app.secret
    assert sign_in(lombok, old_app.at(now.now())).last == 303  # in force until the new one showed that it works
    clock.advance(minutes=1)
    new_paper = paper_of(device.post(f"{BASE}/code", data={"code": new_app.at(now.now())}))
    assert len(set(new_paper) - set(old_paper)) == 10
    assert [is_in(one) for one in (device, second)] == [True, False]
    clock.advance(minutes=1)
    for dead in (old_app.at(now.now()), old_paper[0], ""):
        assert sign_in(lombok, dead).last == 403
    assert sign_in(lombok, new_app.at(now.now())).last == 303
    assert sign_in(lombok, new_paper[0]).last == 303
    assert last_entry(lombok) == ("staff.second factor", True, "")


def test_a_wrong_first_code_leaves_the_old_lock_in_force(lombok, clock, editor):
    device, old_app, old_paper = editor
    secret_on(device)
    assert device.post(f"{BASE}/code", data={"code": old_app.at(now.now())}).status_code == 403
    assert sign_in(lombok, old_paper[0]).last == 303


def test_another_second_lock_asks_first_whether_it_is_still_them(lombok, clock, editor):
    device, app, _paper = editor
    waits = secret_on(device)
    clock.advance(minutes=10)
    for path in ("code", "paper"):
        assert device.get(f"{BASE}/{path}").location == f"{BASE}/again?then={BASE}/{path}"
    assert device.post(f"{BASE}/code", data={"code": pyotp.TOTP(waits).at(now.now())}).status_code == 403
    assert device.post(f"{BASE}/paper").status_code == 403
    assert device.post(f"{BASE}/again", data={"code": app.at(now.now())}).status_code == 303
    assert secret_on(device) == waits


def test_a_secret_that_waits_on_one_device_is_shown_on_no_other(lombok, editor):
    device, app, _paper = editor
    second = sign_in(lombok, app.at(now.now()))
    assert secret_on(device) != secret_on(second)


def test_a_first_second_lock_too_asks_a_fresh_proof(lombok, clock):
    device = join(lombok, Role.MAKER)  # signed in a moment ago
    secret_on(device)
    clock.advance(minutes=10)
    assert device.get(f"{BASE}/code").location == f"{BASE}/again?then={BASE}/code"


def test_who_lost_the_phone_comes_in_by_paper_and_renews_the_lock(lombok, clock, editor):
    _device, _app, paper = editor
    laptop = sign_in(lombok, paper[4])
    assert laptop.last == 303
    new_app = pyotp.TOTP(secret_on(laptop))
    assert len(paper_of(laptop.post(f"{BASE}/code", data={"code": new_app.at(now.now())}))) == 10
    assert sign_in(lombok, paper[5]).last == 403


def test_fresh_paper_ends_the_old_paper_and_the_other_devices(lombok, clock, editor):
    device, app, old = editor
    second = sign_in(lombok, app.at(now.now()))
    assert "10 codes op papier" in device.get(PAGE).text
    fresh = paper_of(device.post(f"{BASE}/paper", data=fresh_form(device)))
    assert len(set(fresh) - set(old)) == 10
    assert [is_in(one) for one in (device, second)] == [True, False]
    assert sign_in(lombok, old[0]).last == 403
    assert sign_in(lombok, fresh[0]).last == 303
    assert "9 codes op papier" in device.get(PAGE).text
    assert last_entry(lombok) == ("staff.paper", True, "")


def test_the_page_of_fresh_paper_loaded_again_says_so_and_kills_nothing(lombok, clock, editor):
    device, _app, _old = editor
    form = fresh_form(device)
    fresh = paper_of(device.post(f"{BASE}/paper", data=form))
    for again in (form, {}):
        answer = device.post(f"{BASE}/paper", data=again)
        assert answer.status_code == 409
        assert "Deze codes zijn al gemaakt. Je ziet ze maar één keer." in answer.text
        assert paper_of(answer) == []
    assert sign_in(lombok, fresh[0]).last == 303
    anew = paper_of(device.post(f"{BASE}/paper", data=fresh_form(device)))
    assert device.post(f"{BASE}/paper", data=form).status_code == 409, "a page of long ago"
    assert sign_in(lombok, anew[0]).last == 303


@pytest.mark.both
def test_the_same_form_for_fresh_paper_twice_at_once_makes_ten_codes_that_open(lombok, editor):
    _device, _app, old = editor
    with lombok.app_context():
        session = db.session.scalars(select(Session)).one().id
        form, made = second_factor.paper(account_of("amina")), []

    def make():
        made.append(service.paper_codes(db.session.get_one(Session, session), form))

    at_once(lombok, [make] * 2, Barrier(2))
    assert len(made) == 1
    assert sign_in(lombok, made[0][0]).last == 303
    assert sign_in(lombok, old[0]).last == 403


def test_without_a_second_lock_there_is_no_paper(lombok):
    device = join(lombok, Role.MAKER)
    assert device.post(f"{BASE}/paper").status_code == 409
    assert f'href="{BASE}/code"' in device.get(f"{BASE}/paper").text


# ---- all lost ----


def test_a_reset_at_the_command_line_asks_for_a_new_lock_and_keeps_the_password(lombok, clock, editor):
    device, old_app, old_paper = editor
    said = lombok.test_cli_runner().invoke(args=["staff", "reset", "lombok", " AMINA "])
    assert "Rode Laars is signed out everywhere" in said.output
    assert last_entry(lombok) == ("staff.reset", False, "admin")
    with lombok.app_context():
        assert second_factor.paper_left(account_of("amina")) == 0
    assert not is_in(device)
    assert sign_in(lombok, password="een ander wachtwoord").last == 403
    laptop = sign_in(lombok)
    assert laptop.last == 303
    assert laptop.get(f"{BASE}/").status_code == 403  # an editor without a second lock is none yet
    new_app = pyotp.TOTP(secret_on(laptop))
    assert laptop.post(f"{BASE}/code", data={"code": new_app.at(now.now())}).status_code == 200
    assert laptop.get(f"{BASE}/").status_code == 200
    clock.advance(minutes=1)
    for dead in (old_app.at(now.now()), old_paper[0], ""):
        assert sign_in(lombok, dead).last == 403


def test_a_reset_of_nobody_is_refused(lombok):
    for slug, login in (("lombok", "niemand"), ("nergens", "amina")):
        assert lombok.test_cli_runner().invoke(args=["staff", "reset", slug, login]).exit_code == 1


def test_whose_last_role_ended_begins_anew_with_a_new_invitation(lombok, clock, editor):
    _device, _app, paper = editor
    coordinator = join(lombok, Role.COORDINATOR, "coor", "Groene Deur")
    with_code(coordinator)
    phone = lombok.test_client()  # on which the editor only plays
    with lombok.app_context():
        account = db.session.scalars(select(Account).where(Account.login == "amina")).unique().one()
        phone.set_cookie("device", people.sign_in(account.person))
        tag = account.person.tag
        db.session.commit()
    assert coordinator.post(f"{BASE}/roles/end", data={"tag": tag, "role": "editor"}).status_code == 303
    assert sign_in(lombok, paper[0]).last == 403
    form = {"token": invitation(lombok), "login": "amina2", "password": NEW}
    assert phone.post(f"{BASE}/invited", data=form).location == f"{BASE}/code"
    assert "Rode Laars" in phone.get("/w/lombok/me").text
    with_code(phone)
    assert phone.get(f"{BASE}/").status_code == 200


def test_who_keeps_a_role_keeps_what_they_sign_in_with(lombok, editor):
    _device, _app, paper = editor
    with lombok.app_context():
        person = account_of("amina").person
        roles.grant(person, Role.MAKER, None, ADMIN)
        roles.end(person, Role.EDITOR, None, ADMIN)
        db.session.commit()
    assert sign_in(lombok, paper[0]).last == 303

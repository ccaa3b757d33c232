"""The pages of the team, through the client: invited, signed in, asked again, signed out."""

import re
from html import unescape

import pyotp
import pytest
from sqlalchemy import select

from core import clock as now
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries
from core.people import service as people
from core.staff import queries as staff
from core.staff import roles, service
from core.staff.models import Account
from tests import make
from tests.bench import queries as counting
from tests.forms import fault

ADMIN = frozenset({Role.ADMIN})
PASSWORD = "negen natte schoenen"
BASE = "/w/lombok/staff"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
BACK = re.compile(r'<a class="buurt-top__button" href="([^"]+)">.*?buurt-top__title">(.*?)</span>')
PAPER = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}")


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


def invitation(app, role=Role.EDITOR):
    with app.app_context(), writing():
        return service.invite(queries.by_slug("lombok").id, role, None, ADMIN)


def account_of(login):
    """The account of a login in Lombok."""
    return staff.by_login(queries.by_slug("lombok").id, login)


def join(app, role=Role.EDITOR, login="amina", name="Rode Laars"):
    """A device on which somebody accepted an invitation."""
    device = app.test_client()
    form = {"token": invitation(app, role), "login": login, "password": PASSWORD, "name": name, "age": "adult"}
    answer = device.post(f"{BASE}/invited", data=form)
    assert answer.status_code == 303, answer.text
    return device


def with_code(device):
    """The same device, once the second factor is in force; what makes its codes."""
    device.post(f"{BASE}/code/new")
    secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]
    generator = pyotp.TOTP(secret)
    answer = device.post(f"{BASE}/code", data={"code": generator.at(now.now())})
    assert len(PAPER.findall(answer.text)) == 10
    return generator


def test_an_editor_sets_up_a_second_factor_before_anything_else(lombok):
    device = join(lombok)
    assert device.get(f"{BASE}/").status_code == 403
    with_code(device)
    page = device.get(f"{BASE}/")
    assert page.status_code == 200
    assert "Rode Laars" in page.text


def test_a_maker_needs_no_second_factor(lombok):
    device = join(lombok, Role.MAKER)
    assert device.get(f"{BASE}/").status_code == 200


def test_signing_in_on_another_device(lombok, clock):
    generator = with_code(join(lombok))
    clock.advance(minutes=1)
    laptop = lombok.test_client()
    form = {"login": "Amina", "password": PASSWORD, "code": generator.at(now.now())}
    assert laptop.post(f"{BASE}/in", data=form).status_code == 303
    assert laptop.get(f"{BASE}/").status_code == 200
    again = lombok.test_client().post(f"{BASE}/in", data=form)  # the same code a second time
    assert again.status_code == 403


def test_the_hint_alone_opens_nothing(lombok):
    device = lombok.test_client()
    device.set_cookie("staff", "1")
    assert device.get(f"{BASE}/").status_code == 303  # to joining
    answer = device.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"})
    assert answer.status_code == 303
    assert device.get(f"{BASE}/").status_code == 403


def test_a_token_of_before_signing_in_is_not_used_again(lombok):
    device = lombok.test_client()
    device.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"})
    before = device.get_cookie("device").value
    form = {"token": invitation(lombok, Role.MAKER), "login": "amina", "password": PASSWORD}
    assert device.post(f"{BASE}/invited", data=form).status_code == 303
    assert device.get_cookie("device").value != before
    old = lombok.test_client()
    old.set_cookie("device", before)
    assert old.get("/w/lombok/me").status_code == 303


def test_staff_cannot_sign_in_over_somebody_elses_phone(lombok):
    join(lombok, Role.MAKER)
    phone = lombok.test_client()
    phone.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"})
    kept = phone.get_cookie("device").value
    answer = phone.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD})
    assert answer.status_code == 409
    assert phone.get_cookie("device").value == kept
    assert "Gele Schaar" in phone.get("/w/lombok/me").text


def test_a_coordinator_invites_after_proving_that_it_is_still_them(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    generator = with_code(device)
    clock.advance(minutes=11)
    asked = device.get(f"{BASE}/invite")
    assert asked.status_code == 303
    assert asked.location == f"{BASE}/again?then=/w/lombok/staff/invite"
    assert device.post(f"{BASE}/invite", data={"role": "host"}).status_code == 403
    assert device.post(f"{BASE}/again", data={"code": "123456", "then": f"{BASE}/invite"}).status_code == 403
    answer = device.post(f"{BASE}/again", data={"code": generator.at(now.now()), "then": f"{BASE}/invite"})
    assert answer.location == f"{BASE}/invite"
    page = device.post(f"{BASE}/invite", data={"role": "host"})
    token = re.search(r"/w/lombok/staff/invited#([\w-]{43})", page.text)[1]
    form = {"token": token, "login": "bram", "password": PASSWORD, "name": "Gele Schaar", "age": "adult"}
    assert lombok.test_client().post(f"{BASE}/invited", data=form).status_code == 303


@pytest.mark.parametrize("role", ["coordinator", "admin", "player", "boss", ""])
def test_a_coordinator_invites_nobody_of_the_own_level(lombok, role):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    assert device.post(f"{BASE}/invite", data={"role": role}).status_code in {403, 422}


def test_losing_a_role_ends_the_device_in_the_middle_of_the_day(lombok):
    coordinator = join(lombok, Role.COORDINATOR, "coor", "Groene Deur")
    with_code(coordinator)
    host = join(lombok, Role.HOST)
    tag = re.search(r'name="tag" value="(\w{6})"', coordinator.get(f"{BASE}/").text)[1]
    assert host.get(f"{BASE}/").status_code == 200
    assert coordinator.post(f"{BASE}/roles/end", data={"tag": tag, "role": "host"}).status_code == 303
    assert host.get(f"{BASE}/").status_code == 303  # a visitor, sent to join


def test_the_last_coordinator_stays_and_reads_why_where_others_give_up_their_role(lombok):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    gives_up = 'name="role" value="coordinator"'
    page = device.get(f"{BASE}/").text
    assert gives_up not in page
    assert "Jij bent hier de laatste coördinator." in page
    assert device.post(f"{BASE}/roles/leave", data={"role": "coordinator"}).status_code == 409
    assert device.get(f"{BASE}/").status_code == 200
    with_code(join(lombok, Role.COORDINATOR, "bram", "Gele Schaar"))
    assert gives_up in device.get(f"{BASE}/").text


def test_roles_of_one_neighbourhood_count_nowhere_else(lombok):
    with lombok.app_context():
        make.neighbourhood("hoograven")
        db.session.commit()
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    assert device.get("/w/hoograven/staff/").status_code == 303  # a visitor there
    assert device.post("/w/hoograven/staff/invite", data={"role": "host"}).status_code == 401


def test_an_invitation_on_a_staff_members_phone_signs_nobody_in(lombok, clock):
    generator = with_code(join(lombok, Role.COORDINATOR))
    with lombok.app_context(), writing():
        phone_token = people.sign_in(db.session.scalars(select(Account)).unique().one().person)
    phone = lombok.test_client()  # a phone they only play on; somebody else picked it up
    phone.set_cookie("device", phone_token)
    form = {"token": invitation(lombok, Role.MAKER), "login": "dief", "password": "mijn eigen wachtwoord", "mine": "1"}
    answer = phone.post(f"{BASE}/invited", data=form)
    assert answer.location == f"{BASE}/in#said"
    assert phone.get(f"{BASE}/").status_code == 403
    assert phone.get(f"{BASE}/invite").status_code == 403
    clock.advance(minutes=1)
    signed = phone.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD, "code": generator.at(now.now())})
    assert signed.status_code == 303
    assert phone.get(f"{BASE}/").status_code == 200


@pytest.mark.parametrize("path", ["in", "invited"])
def test_staff_take_no_phone_of_somebody_who_plays_in_another_neighbourhood(lombok, path):
    with lombok.app_context():
        make.neighbourhood("hoograven")
        db.session.commit()
    join(lombok, Role.MAKER)
    phone = lombok.test_client()
    phone.post("/w/hoograven/join", data={"name": "Gele Schaar", "age": "adult"})
    kept = phone.get_cookie("device").value
    form = {"token": invitation(lombok, Role.MAKER), "login": "amina" if path == "in" else "bram"}
    more = {"password": PASSWORD, "name": "Grijze Gans", "age": "adult"}
    assert phone.post(f"{BASE}/{path}", data={**form, **more}).status_code == 409
    assert phone.get_cookie("device").value == kept
    assert "Gele Schaar" in phone.get("/w/hoograven/me").text


def test_a_role_is_given_up_only_where_one_signed_in_as_staff(lombok):
    join(lombok, Role.MAKER)
    with lombok.app_context(), writing():
        phone_token = people.sign_in(db.session.scalars(select(Account)).unique().one().person)
    phone = lombok.test_client()
    phone.set_cookie("device", phone_token)
    assert phone.post(f"{BASE}/roles/leave", data={"role": "maker"}).status_code == 403
    with lombok.app_context():
        assert staff.how_many(queries.by_slug("lombok").id, Role.MAKER) == 1


def test_somebody_with_two_roles_stands_on_the_page_of_the_team_once(lombok):
    lead = join(lombok, Role.COORDINATOR)
    with_code(lead)
    host = join(lombok, Role.HOST, "bram", "Gele Schaar")
    assert host.post(f"{BASE}/invited", data={"token": invitation(lombok, Role.MAKER), "mine": "1"}).status_code == 303
    page = lead.get(f"{BASE}/").text
    assert page.count('buurt-list__name"><bdi translate="no">Gele Schaar</bdi>') == 1
    assert len(re.findall(r'<button[^>]*name="role" value="(?:host|maker)"', page)) == 2
    assert re.search(r'buurt-list__meta">Gastheer of gastvrouw · Maker<', page)


def test_who_asked_to_be_erased_is_not_on_the_page_of_the_team(lombok):
    device = join(lombok, Role.MAKER)
    gone = join(lombok, Role.MAKER, "bram", "Gele Schaar")
    assert "Gele Schaar" in device.get(f"{BASE}/").text
    assert gone.post("/w/lombok/me/erase", data={"name": "Gele Schaar"}).status_code == 303
    assert "Gele Schaar" not in device.get(f"{BASE}/").text


def test_the_last_coordinator_cannot_leave_by_being_erased(lombok):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    page = device.get("/w/lombok/me/erase").text
    assert "Jij bent hier de laatste coördinator." in page
    assert 'name="name"' not in page
    assert device.post("/w/lombok/me/erase", data={"name": "Rode Laars"}).status_code == 409
    assert device.get(f"{BASE}/").status_code == 200
    second = join(lombok, Role.COORDINATOR, "bram", "Gele Schaar")
    with_code(second)
    assert 'name="name"' in device.get("/w/lombok/me/erase").text
    assert second.post("/w/lombok/me/erase", data={"name": "Gele Schaar"}).status_code == 303
    assert device.post(f"{BASE}/roles/leave", data={"role": "coordinator"}).status_code == 409  # the other is leaving
    assert device.post("/w/lombok/me/erase", data={"name": "Rode Laars"}).status_code == 409


def test_signing_in_while_leaving_is_unknown_and_keeps_the_way_to_undo(lombok):
    device = join(lombok, Role.MAKER)
    device.post("/w/lombok/me/erase", data={"name": "Rode Laars"})
    assert device.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD}).status_code == 403
    assert device.post("/w/lombok/erased").status_code == 303
    assert "Rode Laars" in device.get("/w/lombok/me").text


def test_the_page_of_the_team_asks_as_often_for_many_as_for_one(lombok):
    device, asked = join(lombok, Role.MAKER), []
    for name in ("Gele Schaar", "Groene Trui", "Witte Muis", None):
        with counting.counted(lombok) as questions:
            assert device.get(f"{BASE}/").status_code == 200
        asked.append(len(questions))
        if name:
            join(lombok, Role.HOST, name.lower(), name)
    assert len(set(asked)) == 1, asked


def test_a_host_of_the_team_finds_the_way_to_the_desk_of_the_house(lombok):
    device = join(lombok, Role.HOST)
    assert device.get("/w/lombok/host").status_code == 200
    assert "/w/lombok/host" in device.get("/w/lombok/me").text


def test_a_name_to_sign_in_with_is_of_one_neighbourhood_and_free_in_the_other(lombok):
    with lombok.app_context(), writing():
        there = make.neighbourhood("hoograven")
        token = service.invite(there.id, Role.MAKER, None, ADMIN)
    join(lombok, Role.MAKER)
    other, form = lombok.test_client(), {"login": "amina", "password": "tien natte schoenen"}
    more = {"token": token, "name": "Gele Schaar", "age": "adult"}
    assert other.post("/w/hoograven/staff/invited", data=form | more).status_code == 303
    for slug, password, status in (
        ("lombok", PASSWORD, 303), ("lombok", form["password"], 403),
        ("hoograven", form["password"], 303), ("hoograven", PASSWORD, 403),
    ):  # fmt: skip
        laptop = lombok.test_client()
        tried = laptop.post(f"/w/{slug}/staff/in", data={"login": "amina", "password": password})
        assert tried.status_code == status
    taken = {"token": invitation(lombok), "login": "amina", "name": "Grijze Gans", "age": "adult", "password": PASSWORD}
    assert lombok.test_client().post(f"{BASE}/invited", data=taken).status_code == 409


# ---- finding the way in ----


def test_what_stands_beside_the_way_back_is_where_it_leads(lombok):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    lists = "".join(device.get(f"{BASE}/{page}").text for page in ("", "checklist"))
    for path in sorted(set(re.findall(r'class="buurt-list__link" href="(/w/lombok/(?:staff|print)/[^"]*)"', lists))):
        back, beside = BACK.search(device.get(path).text).groups()
        assert f"<h1>{beside}</h1>" in device.get(back).text, path


def test_the_page_about_oneself_leads_to_the_team_or_to_signing_in_and_a_player_to_neither(lombok):
    device = join(lombok, Role.MAKER)
    assert f'href="{BASE}/"' in device.get("/w/lombok/me").text
    with lombok.app_context(), writing():
        token = people.sign_in(db.session.scalars(select(Account)).unique().one().person)
    phone, player = lombok.test_client(), lombok.test_client()
    phone.set_cookie("device", token)
    assert f'href="{BASE}/in"' in phone.get("/w/lombok/me").text
    player.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"})
    assert BASE not in player.get("/w/lombok/me").text


def way_back(page):
    """Where the arrow at the top of a page leads."""
    return re.search(r'<a class="buurt-top__button" href="([^"]+)"', page.text)[1]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MAKER])
def test_without_a_second_lock_every_way_back_opens_and_the_page_about_oneself_leads_to_the_lock(lombok, clock, role):
    device = join(lombok, role)
    for path in ("code", "account", "again"):
        assert device.get(way_back(device.get(f"{BASE}/{path}"))).status_code == 200
    assert f'href="{BASE}/in"' not in device.get("/w/lombok/me").text
    assert (f'href="{BASE}/account"' in device.get("/w/lombok/me").text) == (role == Role.EDITOR)
    assert f'href="{BASE}/code"' in device.get(f"{BASE}/account").text


def test_a_maker_who_becomes_an_editor_is_led_to_the_second_lock_that_the_role_waits_for(lombok):
    device = join(lombok, Role.MAKER)
    waits = "wacht tot je een tweede slot hebt"
    assert waits not in device.get(f"{BASE}/").text
    accepted = device.post(f"{BASE}/invited", data={"token": invitation(lombok, Role.EDITOR), "mine": "1"})
    assert accepted.location == f"{BASE}/code#said"
    assert waits in device.get(f"{BASE}/").text
    with_code(device)
    assert waits not in device.get(f"{BASE}/").text
    assert device.get("/w/lombok/desk/").status_code == 200


@pytest.mark.parametrize("path", ["back", "privacy"])
def test_who_works_here_finds_the_way_in_on_a_new_laptop_without_a_cookie(lombok, path):
    page = lombok.test_client().get(f"/w/lombok/{path}")
    assert f'href="{BASE}/in"' in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("path", ["staff/", "staff/account", "staff/code", "staff/invite", "desk/"])
def test_a_staff_page_leads_who_is_not_signed_in_as_staff_to_signing_in(lombok, path):
    visitor, player = lombok.test_client(), lombok.test_client()
    assert visitor.get(f"/w/lombok/{path}").location == f"{BASE}/in"
    player.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"})
    refused = player.get(f"/w/lombok/{path}")
    assert refused.status_code == 403
    assert "Dit mag je hier niet doen" in refused.text
    assert f'href="{BASE}/in"' in refused.text


def test_staff_who_may_not_open_a_page_are_not_sent_to_sign_in_once_more(lombok):
    refused = join(lombok, Role.MAKER).get("/w/lombok/desk/")
    assert refused.status_code == 403
    assert f'href="{BASE}/in"' not in refused.text


# ---- invitations that are out ----


def key_of(page):
    """The key with which a page withdraws an invitation."""
    return re.search(r'name="key" value="([a-z2-7]{26})"', page)[1]


def test_an_open_invitation_says_who_made_it_and_until_when_and_can_be_withdrawn(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    fresh = device.post(f"{BASE}/invite", data={"role": "host"}).text
    token = re.search(r"/w/lombok/staff/invited#([\w-]{43})", fresh)[1]
    team = device.get(f"{BASE}/").text
    assert key_of(team) == key_of(fresh)
    assert 'gemaakt door <bdi translate="no">Rode Laars</bdi> · dinsdag 2 juni 12.00' in team
    assert "tot dinsdag 9 juni 12.00" in team
    assert device.post(f"{BASE}/invite/withdraw", data={"key": key_of(fresh)}).location == f"{BASE}/#said"
    assert "/invite/withdraw" not in device.get(f"{BASE}/").text
    form = {"token": token, "login": "bram", "password": PASSWORD, "name": "Gele Schaar", "age": "adult"}
    assert lombok.test_client().post(f"{BASE}/invited", data=form).status_code == 410
    assert device.post(f"{BASE}/invite/withdraw", data={"key": key_of(fresh)}).status_code == 410
    assert "Een uitnodiging ingetrokken" in device.get(f"{BASE}/log").text


def test_only_a_coordinator_withdraws_and_others_of_the_team_read_that_somebody_is_invited(lombok):
    device = join(lombok, Role.MAKER)
    invitation(lombok, Role.HOST)
    team = device.get(f"{BASE}/").text
    assert "gemaakt op de machine" in team
    assert "/invite/withdraw" not in team


def test_a_reload_of_a_fresh_invitation_makes_no_second_one(lombok):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    client_key = re.search(r'name="client_key" value="(\w+)"', device.get(f"{BASE}/invite").text)[1]
    form = {"role": "host", "client_key": client_key}
    first, again = (device.post(f"{BASE}/invite", data=form) for _press in range(2))
    assert (first.status_code, again.status_code) == (200, 409)
    assert "invited#" not in again.text
    assert device.get(f"{BASE}/").text.count("/invite/withdraw") == 1


# ---- is it still you ----


def test_a_form_sent_too_late_leads_by_the_proof_back_to_its_page(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    clock.advance(minutes=11)
    form = f"{BASE}/invite?role=host"
    refused = device.post(f"{BASE}/invite", data={"role": "host"}, headers={"Referer": f"http://localhost{form}"})
    assert refused.status_code == 403
    assert f'action="{BASE}/again"' in refused.text
    assert hidden(refused)["then"] == form
    foreign = device.post(f"{BASE}/invite", data={"role": "host"}, headers={"Referer": "https://elsewhere.example/"})
    assert "elsewhere" not in foreign.text


def test_which_role_to_invite_is_still_known_after_the_proof(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    generator = with_code(device)
    clock.advance(minutes=11)
    page = device.get(device.get(f"{BASE}/invite?role=host").location).text
    then = re.search(r'name="then" value="([^"]+)"', page)[1]
    answer = device.post(f"{BASE}/again", data={"code": generator.at(now.now()), "then": then})
    assert answer.location == f"{BASE}/invite?role=host"


# ---- nothing that was typed is lost, and a wrong code has a way to try again ----


def hidden(answer):
    """The hidden fields of a page, as its next form sends them; that of the languages aside."""
    return {name: unescape(value) for name, value in HIDDEN.findall(answer.text) if name != "back"}


def send_what_was_typed(device, answer):
    """Press the button of the page that has what was typed before."""
    assert "Wat je typte staat er nog" in answer.text
    to = re.search(r'<form id="typed" method="post" action="([^"]+)"', answer.text)[1]
    return device.post(to, data=hidden(answer))


def is_told(answer, status, sentence):
    """Whether a page says no in a sentence, above a form."""
    said = re.search(r'role="alert">.*?<p>(.*?)</p>', answer.text, re.DOTALL)
    return (answer.status_code, said and said[1]) == (status, sentence) and '<form class="buurt-stack"' in answer.text


def test_what_was_typed_when_a_proof_was_due_is_sent_after_it_also_after_a_wrong_code(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    generator = with_code(device)
    clock.advance(minutes=11)
    typed = {"theme-nl": "Deuren & ramen open", "starts_on": "2026-08-03", "days": "28", "theme-en": ""}
    late = device.post(f"{BASE}/season", data=typed)
    assert late.status_code == 403
    assert "Deuren" not in late.headers.get("Location", "")
    wrong = device.post(f"{BASE}/again", data={**hidden(late), "code": "123456"})
    assert wrong.status_code == 403
    proved = device.post(f"{BASE}/again", data={**hidden(wrong), "code": generator.at(now.now())})
    assert hidden(proved) == typed
    assert send_what_was_typed(device, proved).status_code == 303


@pytest.mark.parametrize(
    ("passed", "sentence"),
    [({"hours": 12}, "Je werkdag voor het team is voorbij"), ({"hours": 1}, "een uur niet gebruikt")],
)
def test_what_was_typed_when_a_session_ended_is_sent_after_signing_in_again(lombok, clock, passed, sentence):
    device = join(lombok, Role.MAKER)
    if passed["hours"] == 12:
        for _half_an_hour in range(23):
            clock.advance(minutes=30)
            device.get(f"{BASE}/")
        clock.advance(minutes=30)
    clock.advance(hours=1 if passed["hours"] == 1 else 0)
    words = {"kind": "together", "title-nl": "Een titel", "text-nl": "Waar ik lang aan schreef."}
    late = device.post(f"{BASE}/challenges/new", data=words)
    assert late.status_code == 403
    assert sentence in late.text
    assert "van een andere site" not in late.text
    wrong = device.post(f"{BASE}/in", data={**hidden(late), "login": "amina", "password": "een ander wachtwoord"})
    back = device.post(f"{BASE}/in", data={**hidden(wrong), "login": "amina", "password": PASSWORD})
    assert send_what_was_typed(device, back).status_code == 303
    assert "Een titel" in device.get(f"{BASE}/challenges").text


@pytest.mark.parametrize("path", ["", "account", "challenges/new?kind=find"])
def test_a_page_that_is_opened_after_the_session_ended_leads_by_signing_in_to_that_page(lombok, clock, path):
    device = join(lombok, Role.MAKER)
    clock.advance(hours=1)
    over = device.get(f"{BASE}/{path}")
    assert over.status_code == 403
    assert "een uur niet gebruikt" in over.text
    back = device.post(f"{BASE}/in", data={**hidden(over), "login": "amina", "password": PASSWORD})
    assert back.location == f"{BASE}/{path}".partition("?")[0] + "#said"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_left_the_page_of_the_proof_open_is_led_by_signing_in_to_where_they_were_going(lombok, clock, method):
    device = join(lombok, Role.COORDINATOR)
    generator = with_code(device)
    clock.advance(minutes=11)
    asked = device.get(f"{BASE}/invite?role=host").location
    form = {**hidden(device.get(asked)), "code": "123456"}
    clock.advance(hours=1)
    over = device.post(f"{BASE}/again", data=form) if method == "POST" else device.get(asked)
    again = {"login": "amina", "password": PASSWORD, "code": generator.at(now.now())}
    back = device.post(f"{BASE}/in", data={**hidden(over), **again})
    assert back.location == f"{BASE}/invite?role=host#said"
    assert device.get(back.location).status_code == 200


def test_passwords_and_codes_are_not_taken_along(lombok, clock):
    device = join(lombok, Role.MAKER)
    clock.advance(hours=1)
    late = device.post(f"{BASE}/account/password", data={"password": PASSWORD, "new": "tien natte schoenen"})
    assert late.status_code == 403
    assert "schoenen" not in late.text
    assert "kept" not in hidden(late)


def test_another_site_cannot_have_its_form_taken_along(lombok, clock):
    device = join(lombok, Role.MAKER)
    clock.advance(hours=1)
    headers = {"Sec-Fetch-Site": "cross-site"}
    late = device.post(f"{BASE}/challenges/new", data={"title-nl": "Van een dief"}, headers=headers)
    assert late.status_code == 403
    assert "dief" not in late.text
    assert "kept" not in hidden(late)


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/", "/nergens", "javascript:1", ""])
def test_what_was_typed_goes_to_our_own_forms_only(lombok, to):
    device = join(lombok, Role.MAKER)
    form = {"to": to, "kept": "a=b", "then": to, "login": "amina", "password": PASSWORD}
    assert device.post(f"{BASE}/in", data=form).location == f"{BASE}/#said"


def test_a_wrong_first_code_shows_the_same_secret_again_with_a_sentence(lombok, clock):
    device = join(lombok)
    device.post(f"{BASE}/code/new")
    secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]
    wrong = device.post(f"{BASE}/code", data={"code": "000000"})
    assert wrong.status_code == 403
    assert "Die code klopt niet" in wrong.text
    assert secret in wrong.text
    assert len(PAPER.findall(device.post(f"{BASE}/code", data={"code": pyotp.TOTP(secret).at(now.now())}).text)) == 10


def test_a_reload_of_the_codes_on_paper_does_not_say_that_something_was_wrong(lombok, clock):
    device = join(lombok)
    device.post(f"{BASE}/code/new")
    secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]
    form = {"code": pyotp.TOTP(secret).at(now.now())}
    device.post(f"{BASE}/code", data=form)
    again = device.post(f"{BASE}/code", data=form)
    assert again.status_code == 303
    page = device.get(again.location).text
    assert "De codes op papier zag je één keer" in page
    assert "10 codes op papier" in page


def test_a_wrong_password_at_signing_in_shows_the_form_again_with_the_name(lombok):
    join(lombok, Role.MAKER)
    wrong = lombok.test_client().post(f"{BASE}/in", data={"login": "amina", "password": "een ander wachtwoord"})
    assert is_told(wrong, 403, "De naam, het wachtwoord of de code klopt niet. Er is niets veranderd.")
    assert 'value="amina"' in wrong.text
    assert "een ander wachtwoord" not in wrong.text


def test_an_easy_password_leaves_the_name_and_the_invitation_in_the_form(lombok):
    device, token = lombok.test_client(), invitation(lombok)
    form = {"token": token, "login": "amina", "password": "welkom123456", "name": "Rode Laars", "age": "adult"}
    easy = device.post(f"{BASE}/invited", data=form)
    assert easy.status_code == 422
    assert fault(easy.text, "password").startswith("Dat wachtwoord is makkelijk te raden.")
    assert "no-store" in easy.headers["Cache-Control"]
    assert "welkom123456" not in easy.text
    assert re.search(r'name="login"[^>]* value="amina"', easy.text)
    assert re.search(r'name="name"[^>]* value="Rode Laars"', easy.text)
    again = {**hidden(easy), "login": "amina", "name": "Rode Laars", "password": PASSWORD}
    assert device.post(f"{BASE}/invited", data=again).location == f"{BASE}/code"


def test_who_opens_an_invitation_on_a_device_of_the_team_is_asked_whether_it_is_for_them(lombok, clock):
    device = join(lombok, Role.COORDINATOR)
    with_code(device)
    page = device.get(f"{BASE}/invited")
    assert "Is deze uitnodiging voor jou?" in page.text
    assert "Rode Laars" in page.text
    assert 'type="password"' not in page.text
    token = invitation(lombok, Role.HOST)
    unsure = device.post(f"{BASE}/invited", data={"token": token, "login": "ander", "password": PASSWORD})
    assert unsure.status_code == 409
    assert "/invite/withdraw" in device.get(f"{BASE}/").text  # it is still out
    assert device.post(f"{BASE}/invited", data=hidden(unsure)).location == f"{BASE}/#said"
    assert "/invite/withdraw" not in device.get(f"{BASE}/").text


# ---- staff no more, still a player ----


def played_first(app, clock):
    """A phone on which somebody played for a week before they became a maker on it."""
    phone = app.test_client()
    phone.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"})
    clock.advance(days=7)
    form = {"token": invitation(app, Role.MAKER), "login": "amina", "password": PASSWORD}
    assert phone.post(f"{BASE}/invited", data=form).status_code == 303
    return phone


def test_who_gives_up_a_role_on_the_own_phone_plays_on_with_a_fresh_token(lombok, clock):
    phone = played_first(lombok, clock)
    before = phone.get_cookie("device").value
    assert phone.post(f"{BASE}/roles/leave", data={"role": "maker"}).status_code == 303
    assert "Rode Laars" in phone.get("/w/lombok/me").text
    assert phone.get(f"{BASE}/").status_code == 403
    assert phone.get_cookie("device").value != before
    old = lombok.test_client()
    old.set_cookie("device", before)
    assert old.get("/w/lombok/me").status_code == 303


def test_whose_role_a_coordinator_takes_away_plays_on_on_the_own_phone_also_after_signing_in_twice(lombok, clock):
    coordinator = join(lombok, Role.COORDINATOR, "coor", "Groene Deur")
    with_code(coordinator)
    phone = played_first(lombok, clock)
    clock.advance(days=1)
    assert phone.post(f"{BASE}/in", data={"login": "amina", "password": PASSWORD}).status_code == 303
    assert phone.get(f"{BASE}/").status_code == 200
    with lombok.app_context(), writing():
        roles.end(account_of("amina").person, Role.MAKER, None, ADMIN)
    assert phone.get(f"{BASE}/").status_code == 403
    assert "Rode Laars" in phone.get("/w/lombok/me").text


def test_a_role_is_taken_away_only_after_a_sentence_that_says_what_it_does(lombok):
    coordinator = join(lombok, Role.COORDINATOR, "coor", "Groene Deur")
    with_code(coordinator)
    join(lombok, Role.HOST)
    page = coordinator.get(f"{BASE}/", headers={"Accept-Language": "en"}).text
    hidden = re.search(r"<details[^>]*><summary>\s*Take the role away.*?</details>", page, re.DOTALL)[0]
    assert "at once" in hidden
    assert f'action="{BASE}/roles/end"' in hidden
    assert page.count(f'action="{BASE}/roles/end"') == 1

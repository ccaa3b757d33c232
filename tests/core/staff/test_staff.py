"""Staff: invited once, signing in with password and second factor, roles that add up and end at once."""

import threading
from contextlib import suppress
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from core import clock as now
from core.audit import service as audit
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.people import cards, erasure
from core.people import service as people
from core.people.models import Device, Person
from core.refusal import Refusal
from core.staff import passwords, queries, roles, second_factor, service
from core.staff.models import Account, Invitation, RecoveryCode, Session
from tests import make

ADMIN = frozenset({Role.ADMIN})
COORDINATOR = frozenset({Role.PLAYER, Role.COORDINATOR})
PASSWORD = "negen natte schoenen"


def invited(person, role, login=None):
    """Somebody who accepted an invitation."""
    token = service.invite(person.neighbourhood_id, role, None, ADMIN)
    return service.accept(token, person, login or person.name, PASSWORD)


def code(account, steps=0):
    """What the app on their phone shows."""
    return shown(second_factor._open(account.totp_secret), steps)


def shown(secret, steps=0):
    """What an app with this secret shows."""
    return pyotp.TOTP(secret).at(int(now.now().timestamp()) + 30 * steps)


def signed_in(account):
    """A device on which they signed in."""
    token = people.sign_in(account.person)
    return service.open_session(account, token), token


def with_second_factor(account):
    session, _token = signed_in(account)
    return second_factor.begin(session, shown(second_factor.new_secret(session)))


# ---- invitations ----


@pytest.mark.both
def test_only_a_link_that_was_made_is_said_to_be(amina):
    service.invite(amina.neighbourhood_id, Role.EDITOR, None, ADMIN, "of this form")
    with pytest.raises(Refusal, match="link"):
        service.invite(amina.neighbourhood_id, Role.EDITOR, None, ADMIN, "of this form")
    for key in ("of another form", None):
        with pytest.raises(IntegrityError):
            service.invite(amina.neighbourhood_id + 1000, Role.EDITOR, None, ADMIN, key)


def test_an_invitation_makes_one_person_staff_once(amina, bram):
    token = service.invite(amina.neighbourhood_id, Role.EDITOR, None, ADMIN)
    service.accept(token, amina, "amina", PASSWORD)
    assert queries.roles_of(amina) == {Role.EDITOR}
    with pytest.raises(Refusal, match="verlopen"):
        service.accept(token, bram, "bram", PASSWORD)
    assert queries.roles_of(bram) == frozenset()


def test_an_invitation_is_over_after_a_week(amina, clock):
    token = service.invite(amina.neighbourhood_id, Role.HOST, None, ADMIN)
    clock.advance(days=7)
    with pytest.raises(Refusal, match="verlopen"):
        service.accept(token, amina, "amina", PASSWORD)


def test_an_invitation_of_another_neighbourhood_is_over(amina):
    elsewhere = make.neighbourhood("hoograven")
    token = service.invite(elsewhere.id, Role.COORDINATOR, None, ADMIN)
    with pytest.raises(Refusal, match="verlopen"):
        service.accept(token, amina, "amina", PASSWORD)
    assert db.session.query(Invitation).filter_by(used_at=None).count() == 1


def test_somebody_younger_than_16_is_no_staff(here):
    child = make.person(here, "Kleine Mus", is_young=True)
    token = service.invite(here.id, Role.MAKER, None, ADMIN)
    with pytest.raises(Refusal, match="16"):
        service.accept(token, child, "mus", PASSWORD)


def test_the_database_holds_no_token_no_password_and_no_secret(amina):
    token = service.invite(amina.neighbourhood_id, Role.EDITOR, None, ADMIN)
    account = service.accept(token, amina, "amina", PASSWORD)
    session, device = signed_in(account)
    waits = second_factor.new_secret(session)
    [paper, *_more] = second_factor.begin(session, shown(waits))
    renewed = second_factor.new_secret(session)
    kept = " ".join(
        str(value)
        for table in (Invitation, Account, Session, RecoveryCode, Device)
        for row in db.session.execute(table.__table__.select())
        for value in row
    )
    assert not [
        word for word in (token, PASSWORD, waits, renewed, device, paper, paper.replace("-", "")) if word in kept
    ]


# ---- passwords ----


EASY = ["", "elf tekens!", "aaaaaaaaaaaaaa", "wachtwoord123", "Buurtspoor2026!", "x" * 201]


@pytest.mark.parametrize("password", EASY)
def test_an_easy_short_or_endless_password_is_refused(password):
    with pytest.raises(Refusal):
        passwords.hashed(password)


def test_a_password_may_be_a_sentence_in_any_script():
    known = passwords.hashed("زقاق المدينة القديمة")
    assert known.startswith("$argon2id$")
    assert passwords.fits("زقاق المدينة القديمة", known)
    assert not passwords.fits("زقاق المدينة", known)


def test_nobodys_password_never_fits():
    assert not passwords.fits("nobody has this password", None)


# ---- signing in ----


def test_staff_sign_in_with_a_name_in_any_spelling(amina):
    account = invited(amina, Role.MAKER, "Amina B")
    assert service.sign_in(" amina  b", PASSWORD, "", amina.neighbourhood_id) is account


@pytest.mark.parametrize(("login", "password"), [("amina", "een ander wachtwoord"), ("niemand", PASSWORD), ("", "")])
def test_whatever_is_not_right_reads_the_same(amina, login, password):
    invited(amina, Role.MAKER, "amina")
    with pytest.raises(Refusal) as refused:
        service.sign_in(login, password, "", amina.neighbourhood_id)
    assert refused.value.sentence == service.NOT_RIGHT


def test_a_known_and_an_unknown_login_cost_the_same_queries_and_the_same_hashing(amina, monkeypatch):
    invited(amina, Role.MAKER, "amina")
    passwords.fits("warm", None)
    hasher, seen = passwords._hasher(), {}
    verify = type(hasher).verify
    for login in ("amina", "niemand"):
        count = {"queries": 0, "hashes": 0}

        def asked(*_arguments, count=count):
            count["queries"] += 1

        def counted(self, *arguments, count=count):
            count["hashes"] += 1
            return verify(self, *arguments)

        monkeypatch.setattr(type(hasher), "verify", counted)
        db.session.expire_all()
        event.listen(db.engine, "before_cursor_execute", asked)
        with pytest.raises(Refusal):
            service.sign_in(login, "een ander wachtwoord", "", 1)
        event.remove(db.engine, "before_cursor_execute", asked)
        seen[login] = count
    assert seen["amina"] == seen["niemand"] == {"queries": 2, "hashes": 1}


def test_an_account_of_elsewhere_is_unknown_here(amina):
    elsewhere = make.neighbourhood("hoograven")
    invited(amina, Role.MAKER, "amina")
    with pytest.raises(Refusal):
        service.sign_in("amina", PASSWORD, "", elsewhere.id)


# ---- the second factor ----


def test_with_a_second_factor_the_password_alone_is_not_enough(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    with_second_factor(account)
    clock.advance(seconds=60)
    with pytest.raises(Refusal):
        service.sign_in("amina", PASSWORD, "", amina.neighbourhood_id)
    assert service.sign_in("amina", PASSWORD, code(account), amina.neighbourhood_id) is account


def test_a_code_serves_once_also_within_its_half_minute(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    with_second_factor(account)
    clock.advance(seconds=60)
    shown = code(account)
    assert second_factor.accepts(account, shown)
    assert not second_factor.accepts(account, shown)
    clock.advance(seconds=29)
    assert not second_factor.accepts(account, shown)


def test_a_code_of_before_the_last_used_one_is_refused(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    with_second_factor(account)
    clock.advance(seconds=90)
    assert second_factor.accepts(account, code(account))
    assert not second_factor.accepts(account, code(account, -1))


@pytest.mark.parametrize("steps", [-3, -2, 2, 3, 100])
def test_a_code_of_more_than_a_step_away_is_refused(amina, clock, steps):
    account = invited(amina, Role.EDITOR, "amina")
    with_second_factor(account)
    clock.advance(hours=1)
    assert not second_factor.accepts(account, code(account, steps))


def test_a_code_on_paper_serves_once_in_any_spelling(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    paper = with_second_factor(account)
    assert len(set(paper)) == 10
    assert service.sign_in("amina", PASSWORD, paper[3].lower().replace("-", " "), amina.neighbourhood_id)
    with pytest.raises(Refusal):
        service.sign_in("amina", PASSWORD, paper[3], amina.neighbourhood_id)


def test_fresh_paper_codes_end_the_old_ones(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    old = with_second_factor(account)
    second_factor.new_paper_codes(account)
    assert not second_factor.accepts_paper(account, old[0])


def test_a_second_factor_counts_only_after_its_first_code(amina):
    account = invited(amina, Role.EDITOR, "amina")
    session, _token = signed_in(account)
    second_factor.new_secret(session)
    assert second_factor.begin(session, "000000") is None
    assert not account.has_second_factor


# ---- roles ----


def test_an_editor_without_a_second_factor_is_no_editor_yet(amina, clock):
    account = invited(amina, Role.EDITOR, "amina")
    roles.grant(amina, Role.MAKER, None, ADMIN)
    session, _token = signed_in(account)
    assert service.active_roles(session) == {Role.MAKER}
    with_second_factor(account)
    assert service.active_roles(session) == {Role.MAKER, Role.EDITOR}


def test_roles_count_only_on_a_device_where_they_signed_in_and_only_for_a_day(amina, clock):
    account = invited(amina, Role.MAKER, "amina")
    phone = people.sign_in(amina)
    _session, laptop = signed_in(account)
    assert queries.session_of(phone) is None
    assert queries.session_of(laptop)
    for _time in range(12):
        clock.advance(hours=1, seconds=-1)
        service.note_use(queries.session_of(laptop).id)
    clock.advance(seconds=12)
    assert queries.session_of(laptop) is None


def test_losing_a_role_ends_the_laptop_at_once_and_leaves_the_phone(amina):
    account = invited(amina, Role.MAKER, "amina")
    phone = people.sign_in(amina)
    _session, laptop = signed_in(account)
    roles.end(amina, Role.MAKER, None, ADMIN)
    assert queries.session_of(laptop) is None
    assert people.recognise(laptop) is None
    assert people.recognise(phone) is amina


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_a_coordinator_gives_no_role_of_the_own_level_or_higher(amina, bram, role):
    with pytest.raises(Refusal):
        roles.grant(bram, role, amina, COORDINATOR)
    with pytest.raises(Refusal):
        service.invite(amina.neighbourhood_id, role, amina, COORDINATOR)


@pytest.mark.parametrize("own", [Role.PLAYER, Role.MAKER, Role.HOST, Role.TEACHER, Role.EDITOR])
def test_nobody_else_gives_roles(amina, bram, own):
    for role in roles.STAFF:
        with pytest.raises(Refusal):
            roles.grant(bram, role, amina, frozenset({Role.PLAYER, own}))


def test_the_last_coordinator_cannot_leave(amina, bram):
    roles.grant(amina, Role.COORDINATOR, None, ADMIN)
    with pytest.raises(Refusal, match="laatste"):
        roles.end(amina, Role.COORDINATOR, amina, COORDINATOR)
    roles.grant(bram, Role.COORDINATOR, None, ADMIN)
    roles.end(amina, Role.COORDINATOR, amina, COORDINATOR)
    assert queries.roles_of(amina) == frozenset()


@pytest.mark.both
def test_of_two_coordinators_who_leave_at_once_one_stays(app, here):
    with writing():
        two = db.session.scalars(select(Person).order_by(Person.id).limit(2)).unique().all()
        for person in two:
            roles.grant(person, Role.COORDINATOR, None, ADMIN)
        ids, here_id = [person.id for person in two], two[0].neighbourhood_id
    gate, refused = threading.Barrier(2), []

    def leave(person_id):
        with app.app_context():
            gate.wait()
            try:
                with writing():
                    person = db.session.get_one(Person, person_id)
                    roles.end(person, Role.COORDINATOR, person, COORDINATOR)
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=leave, args=[one]) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert len(refused) == 1
    assert queries.how_many(here_id, Role.COORDINATOR) == 1


def test_every_grant_invitation_and_end_leaves_one_entry(amina):
    before = audit.length()
    invited(amina, Role.HOST, "amina")  # an invitation and a grant
    roles.grant(amina, Role.HOST, None, ADMIN)  # has it already
    roles.end(amina, Role.HOST, None, ADMIN)
    roles.end(amina, Role.HOST, None, ADMIN)
    assert audit.length() - before == 3
    assert list(audit.faults()) == []


def test_a_second_proof_holds_ten_minutes(amina, clock):
    account = invited(amina, Role.MAKER, "amina")
    session, _token = signed_in(account)
    assert session.is_proved  # they signed in this moment
    clock.advance(minutes=10)
    assert not session.is_proved
    with pytest.raises(Refusal):
        service.prove(session, "een ander wachtwoord", "")
    service.prove(session, PASSWORD, "")
    assert session.is_proved
    clock.advance(minutes=10)
    assert not session.is_proved


# ---- what a role leaves behind ----


def two_coordinators(one, other):
    for person in (one, other):
        roles.grant(person, Role.COORDINATOR, None, ADMIN)


@pytest.mark.parametrize("goes", ["ended", "erased"])
def test_who_stops_as_a_coordinator_leaves_no_invitation_that_still_opens(amina, bram, cem, goes):
    two_coordinators(amina, bram)
    token = service.invite(amina.neighbourhood_id, Role.EDITOR, amina, COORDINATOR)
    if goes == "ended":
        roles.end(amina, Role.COORDINATOR, None, ADMIN)
    else:
        erasure.ask(amina, amina.name, None)
    with pytest.raises(Refusal, match="verlopen"):
        service.accept(token, cem, "cem", PASSWORD)


def test_the_log_says_who_gave_a_role_by_invitation(amina, bram):
    roles.grant(amina, Role.COORDINATOR, None, ADMIN)
    token = service.invite(amina.neighbourhood_id, Role.HOST, amina, COORDINATOR)
    service.accept(token, bram, "bram", PASSWORD)
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.about, last.actor, last.role) == (
        "role.grant", bram.player_key, amina.player_key, "coordinator"
    )  # fmt: skip
    assert queries.held(bram, Role.HOST).granted_by == amina.player_key


@pytest.mark.both
def test_a_role_that_came_by_two_invitations_at_once_ends_whole(app, amina, monkeypatch):
    with writing():
        person = db.session.get_one(Person, amina.id)
        service.accept(service.invite(person.neighbourhood_id, Role.MAKER, None, ADMIN), person, "amina", PASSWORD)
        tokens = [service.invite(person.neighbourhood_id, Role.HOST, None, ADMIN) for _one in range(2)]
        amina_id = person.id
    gate, held = threading.Barrier(2), queries.held

    def looked(*about):
        found = held(*about)
        with suppress(threading.BrokenBarrierError):  # where the other waits for this one
            gate.wait(0.5)
        return found

    monkeypatch.setattr(queries, "held", looked)

    def take(token):
        with app.app_context(), writing():
            service.accept(token, db.session.get_one(Person, amina_id), "amina", PASSWORD)

    threads = [threading.Thread(target=take, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.setattr(queries, "held", held)
    with writing():
        person = db.session.get_one(Person, amina_id)
        roles.end(person, Role.HOST, None, ADMIN)
        assert queries.roles_of(person) == {Role.MAKER}


@pytest.mark.both
def test_a_role_that_two_coordinators_take_away_at_once_ends_once(app, amina, bram, cem, monkeypatch):
    with writing():
        two_coordinators(*(db.session.get_one(Person, one.id) for one in (amina, bram)))
        roles.grant(db.session.get_one(Person, cem.id), Role.HOST, None, ADMIN)
        ids, cem_id = [amina.id, bram.id], cem.id
    gate, held = threading.Barrier(2), queries.held

    def looked(*about):
        found = held(*about)
        with suppress(threading.BrokenBarrierError):  # where the other waits for this one
            gate.wait(0.5)
        return found

    monkeypatch.setattr(queries, "held", looked)

    def take_away(by_id):
        with app.app_context(), writing():
            person, by = db.session.get_one(Person, cem_id), db.session.get_one(Person, by_id)
            roles.end(person, Role.HOST, by, COORDINATOR)

    threads = [threading.Thread(target=take_away, args=[one]) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended = select(AuditEntry).where(AuditEntry.action == "role.end")
    assert len(db.session.scalars(ended).all()) == 1


# ---- a phone that played before ----


def phone_that_played(person, account, clock):
    """A phone that became a staff device days after they joined on it."""
    played_since = now.now()
    clock.advance(days=3)
    token = people.sign_in(person)
    service.open_session(account, token, played_since=played_since)
    return token


@pytest.mark.both
def test_a_phone_that_played_before_goes_on_playing_when_the_last_role_ends_and_a_laptop_does_not(amina, clock):
    account = invited(amina, Role.MAKER, "amina")
    phone = phone_that_played(amina, account, clock)
    _session, laptop = signed_in(account)
    roles.end(amina, Role.MAKER, None, ADMIN)
    assert queries.session_of(phone) is None
    assert people.recognise(phone) is amina
    assert people.recognise(laptop) is None


def test_a_laptop_of_yesterday_on_which_they_only_sign_in_is_no_phone_that_played(amina, clock):
    account = invited(amina, Role.MAKER, "amina")
    _session, laptop = signed_in(account)
    clock.advance(days=1)
    assert queries.played_since(laptop) is None
    assert queries.played_since(people.sign_in(amina)) == now.now()


def test_who_gives_up_a_role_on_the_only_device_they_have_stays_a_player_on_it(amina):
    session, laptop = signed_in(invited(amina, Role.MAKER, "amina"))
    roles.end(amina, Role.MAKER, amina, frozenset(), session.device_id)
    assert people.recognise(laptop) is amina
    assert queries.session_of(laptop) is None


def test_who_gives_up_a_role_on_a_laptop_and_has_a_card_is_signed_out_there(amina):
    session, laptop = signed_in(invited(amina, Role.MAKER, "amina"))
    cards.issue(amina)
    roles.end(amina, Role.MAKER, amina, frozenset(), session.device_id)
    assert people.recognise(laptop) is None


# ---- another secret of the installation ----


@pytest.fixture
def another_secret(app, monkeypatch):
    """Sets another secret, when called."""
    return lambda: monkeypatch.setitem(app.config, "BUURT", replace(app.config["BUURT"], secret="another one"))


def test_after_another_secret_of_the_installation_a_code_does_not_fit_and_paper_does(amina, clock, another_secret):
    account = invited(amina, Role.EDITOR, "amina")
    paper = with_second_factor(account)
    clock.advance(minutes=1)
    shown_now = code(account)
    another_secret()
    with pytest.raises(Refusal):
        service.sign_in("amina", PASSWORD, shown_now, amina.neighbourhood_id)
    assert service.sign_in("amina", PASSWORD, paper[0], amina.neighbourhood_id) is account


def test_a_secret_that_waits_and_cannot_be_read_any_more_is_none(amina, another_secret):
    session, _token = signed_in(invited(amina, Role.EDITOR, "amina"))
    shown_now = shown(second_factor.new_secret(session))
    another_secret()
    assert second_factor.next_secret(session) is None
    assert second_factor.begin(session, shown_now) is None

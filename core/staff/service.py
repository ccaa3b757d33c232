"""Inviting, accepting, signing in with password and second factor, and proving once more that it is still you."""

import secrets
import unicodedata
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core import clock, codes, spelling
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people import queries as players
from core.people.models import Device, Person
from core.people.service import hashed
from core.refusal import Refusal, Sort, about
from core.staff import passwords, queries, roles, second_factor
from core.staff.models import Account, Invitation, Session

NOT_THIS_CODE = _l("That code is not right. Type the one that you see now.")
NOT_THIS_PASSWORD = _l("That password is not right. Try again.")
NOT_RIGHT = _l("The name, the password or the code is not right. Nothing was changed.")


def invite(
    neighbourhood_id: int, role: Role, by: Person | None, with_roles: frozenset[Role], key: str | None = None
) -> str:
    """The token of a link that makes one person staff, once, within a week.

    `key` is that of the form. Raises Refusal when `by` may not, and for a form that was sent before: its link is kept
    as a hash only.
    """
    roles.must_be_able_to_grant(role, with_roles)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        key=key or codes.new_key(), neighbourhood_id=neighbourhood_id, role=role, token_hash=hashed(token),
        made_by=by.player_key if by else None, made_at=clock.now(),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
            db.session.flush()
    except IntegrityError:
        if not key or queries.invited_with(key) is None:
            raise  # something else is wrong with it
        raise Refusal(_l("This link was made already. You see it only once.")) from None
    audit.record(
        "staff.invite", invitation.key, neighbourhood_id, by.player_key if by else None,
        Role.COORDINATOR if by else Role.ADMIN, reason=role,
    )  # fmt: skip
    return token


def accept(token: str, person: Person, login: str, password: str) -> Account:
    """Become staff by an invitation: the account of before when there is one (the password then stays).

    Raises Refusal for an invitation that is over or of another neighbourhood (gone), for a login that somebody has
    (conflict) and for a password that is too short or easy.
    """
    taken = (
        update(Invitation)
        .where(Invitation.token_hash == hashed(token), Invitation.used_at.is_(None))
        .where(Invitation.withdrawn_at.is_(None), Invitation.neighbourhood_id == person.neighbourhood_id)
        .values(used_at=clock.now(), used_by=person.player_key)
        .returning(Invitation.role, Invitation.made_by)
    )
    if queries.invitation(token) is None or (given := db.session.execute(taken).first()) is None:
        raise Refusal(_l("This invitation is over. Ask for a new one."), Sort.GONE)
    players.lock((person.player_key,))  # two invitations of one role at once give it once
    account = queries.account_of(person) or _open_account(person, login, password)
    roles.grant(person, Role(given.role), players.by_player_key(given.made_by or ""), frozenset({Role.ADMIN}))
    return account


def sign_in(login: str, password: str, code: str, neighbourhood_id: int) -> Account:
    """The account of a login, a password and a code (of the app, or one on paper).

    Raises Refusal in the same words, after the same work, whatever was not right (S8). Who has no second factor yet
    signs in without a code, and is asked to set one up where the role needs it.
    """
    account = queries.by_login(neighbourhood_id, tidy(login))
    has_password = passwords.fits(password, account.password_hash if account else None)
    known = account if account and has_password and account.person.leaving_at is None else None
    has_code = _is_code(known, code)  # asked of nobody as well: the same questions whatever was not right
    if known is None or (known.has_second_factor and not has_code):
        raise Refusal(NOT_RIGHT, Sort.FORBIDDEN)
    return known


def open_session(
    account: Account, token: str, kind: str | None = None, played_since: datetime | None = None
) -> Session:
    """Make the device of theirs that holds this token one on which roles count, until the working day is over.

    `played_since`: since when they play on it already; None when it is theirs only because they sign in as staff.
    """
    mine = select(Device).where(Device.person_id == account.person_id, Device.holds(hashed(token)))
    now = clock.now()  # they showed who they are at this moment, so that is a second proof too
    device = db.session.scalars(mine).unique().one()
    device.since = played_since or now
    session = Session(device_id=device.id, account_id=account.id, since=now, proved_at=now, kind=kind)
    db.session.add(session)
    db.session.flush()
    return session


def paper_codes(session: Session, replaces: str) -> list[str]:
    """Ten fresh codes for on paper (‡); other devices are signed out.

    `replaces`: the paper that the form said was in force (`second_factor.paper`). Raises Refusal without a second
    factor, and where that paper was replaced already: codes are kept as hashes only.
    """
    db.session.refresh(session.account, with_for_update=True)
    if not session.account.has_second_factor:
        raise Refusal(_l("Set up a second lock first. Codes on paper come with it."))
    if replaces != second_factor.paper(session.account):
        raise Refusal(_l("These codes were made already. You see them only once."))
    paper = second_factor.new_paper_codes(session.account)
    roles.sign_out_staff(session.account.person, but=session.device_id)
    _record("staff.paper", session.account)
    return paper


def begin_second_factor(session: Session, code: str) -> list[str]:
    """Put the secret that waits on this device in force (‡); ten codes for on paper. Other devices are signed out.

    Raises Refusal when the code is not right.
    """
    paper = second_factor.begin(session, code)
    if paper is None:
        raise Refusal(NOT_THIS_CODE, Sort.FORBIDDEN, field="code")
    session.proved_at = clock.now()
    roles.sign_out_staff(session.account.person, but=session.device_id)
    _record("staff.second factor", session.account)
    return paper


def reset(account: Account) -> None:
    """For somebody who lost the phone and the paper (command line): no second factor, no device; the password stays."""
    second_factor.forget(account)
    roles.sign_out_staff(account.person)
    audit.record("staff.reset", account.person.player_key, account.person.neighbourhood_id)


def prove(session: Session, password: str, code: str) -> bool:
    """Show once more that it is still them (‡): the second factor, or the password where there is none.

    False where they showed it a moment ago already: sent twice is once. Raises Refusal when it is not right.
    """
    db.session.refresh(session, with_for_update=True)
    if session.is_proved:
        return False
    account = session.account
    if account.has_second_factor and not _is_code(account, code):
        raise Refusal(NOT_THIS_CODE, Sort.FORBIDDEN, field="code")
    if not account.has_second_factor and not passwords.fits(password, account.password_hash):
        raise Refusal(NOT_THIS_PASSWORD, Sort.FORBIDDEN, field="password")
    session.proved_at = clock.now()
    db.session.flush()
    return True


def note_use(session_id: int) -> None:
    """A page or form of staff was asked for on this device."""
    db.session.execute(update(Session).where(Session.id == session_id).values(used_at=clock.now()))


def active_roles(session: Session | None) -> frozenset[Role]:
    """The roles that count on a device: none without a session, none that needs a second factor without one."""
    if session is None:
        return frozenset()
    held = queries.roles_of(session.account.person)
    return held if session.account.has_second_factor else held - roles.NEEDS_SECOND_FACTOR


def change_password(session: Session, old: str, new: str) -> None:
    """Another password; every other device is signed out. Raises Refusal for a wrong old one or an easy new one."""
    account = session.account
    if not passwords.fits(old, account.password_hash):
        raise Refusal(NOT_THIS_PASSWORD, Sort.FORBIDDEN, field="password")
    who = account.person
    with about("new"):
        account.password_hash = passwords.hashed(new, account.login, who.name, who.neighbourhood.name)
    roles.sign_out_staff(account.person, but=session.device_id)
    _record("staff.password", account)


def _record(action: str, account: Account) -> None:
    """What somebody did to the own account; no role was needed for it."""
    who = account.person
    audit.record(action, who.player_key, who.neighbourhood_id, who.player_key, "")


def _open_account(person: Person, login: str, password: str) -> Account:
    with about("password"):
        password_hash = passwords.hashed(password, login, person.name, person.neighbourhood.name)
    account = Account(
        person_id=person.id, neighbourhood_id=person.neighbourhood_id, login=tidy(login),
        password_hash=password_hash, made_at=clock.now(), totp_step=0,
    )  # fmt: skip
    if not 3 <= len(account.login) <= 60:
        raise Refusal(_l("Choose a name of 3 to 60 letters to sign in with."), Sort.INVALID, field="login")
    try:
        with db.session.begin_nested():
            db.session.add(account)
            db.session.flush()
    except IntegrityError:
        if queries.by_login(person.neighbourhood_id, tidy(login)) is None:
            raise  # something else is wrong with it
        taken = _l("Somebody signs in with that name already. Choose another.")
        raise Refusal(taken, Sort.CONFLICT, field="login") from None
    return account


def _is_code(account: Account | None, code: str) -> bool:
    by_app = account is not None and second_factor.accepts(account, code)
    return by_app or second_factor.accepts_paper(account, code)


def tidy(login: str) -> str:
    """A login in its one spelling."""
    return "".join(spelling.line(unicodedata.normalize("NFKC", login[:200]).casefold()).split())[:100]

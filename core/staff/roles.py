"""Granting and ending roles: one small table says who may (docs/rules.md §3). Every change leaves an audit entry."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from core import clock
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people import cards, mail_links
from core.people.models import Device, Person
from core.refusal import Refusal, Sort
from core.staff import queries
from core.staff.models import Account, Invitation, RecoveryCode, RoleLine, Session

STAFF = (Role.MAKER, Role.HOST, Role.TEACHER, Role.EDITOR, Role.COORDINATOR)
NEEDS_SECOND_FACTOR = frozenset({Role.EDITOR, Role.COORDINATOR})
MAY_GRANT = {Role.COORDINATOR: frozenset(STAFF) - {Role.COORDINATOR}, Role.ADMIN: frozenset(STAFF)}

LAST = _l("You are the last coordinator here. Ask somebody to take over first.")


def must_be_able_to_grant(role: Role, by: frozenset[Role]) -> None:
    """No role grants its own level or higher: a coordinator up to editor, the command line all. Raises Refusal."""
    if not any(role in MAY_GRANT.get(one, frozenset()) for one in by):
        raise Refusal(_l("You cannot give that role."), Sort.FORBIDDEN)


def waits_for_a_lock(account: Account) -> bool:
    """Whether a role of theirs counts only once they set up a second lock."""
    return not account.has_second_factor and bool(queries.roles_of(account.person) & NEEDS_SECOND_FACTOR)


def grant(person: Person, role: Role, by: Person | None, with_roles: frozenset[Role]) -> RoleLine:
    """Give somebody a role; the line of before when they have it. `by` None: the command line.

    Raises Refusal for somebody younger than 16, and when `by` may not.
    """
    must_be_able_to_grant(role, with_roles)
    if person.is_young:
        raise Refusal(_l("Staff are 16 or older."), Sort.FORBIDDEN)
    before = queries.held(person, role)
    if before:
        return before
    line = RoleLine(person_id=person.id, role=role, granted_at=clock.now(), granted_by=by.player_key if by else None)
    db.session.add(line)
    _record("role.grant", person, role, by)
    return line


def end(person: Person, role: Role, by: Person | None, with_roles: frozenset[Role], asks: int | None = None) -> None:
    """Take a role away, or give up one's own (on the device `asks`): roles are dead on every device at once.

    A phone on which they played before goes on playing; what was theirs only by signing in as staff is signed out.
    With the last role goes what they signed in with: who is invited anew begins anew.
    Raises Refusal for the last coordinator, or when `by` may not.
    """
    _lock(person)
    line = queries.held(person, role)
    if line is None:
        return
    if by is None or by.id != person.id:
        must_be_able_to_grant(role, with_roles)
    if role == Role.COORDINATOR:
        _must_leave_one(person, 2)
        _withdraw_invitations(person)
    line.ended_at = clock.now()
    _end_sessions(person, asks)
    if not queries.roles_of(person):
        close_account(person)
    _record("role.end", person, role, by)


def go(person: Person) -> None:
    """They asked to be erased, and are leaving already. Raises Refusal for the last coordinator."""
    if queries.held(person, Role.COORDINATOR):
        _lock(person)
        _must_leave_one(person, 1)
        _withdraw_invitations(person)


def is_last(person: Person) -> bool:
    """Whether nobody else here is a coordinator, so that they cannot leave."""
    return queries.held(person, Role.COORDINATOR) is not None and (
        queries.how_many(person.neighbourhood_id, Role.COORDINATOR) == 1
    )


def _withdraw_invitations(person: Person) -> None:
    """Who may not invite any more has no invitation out."""
    mine = update(Invitation).where(Invitation.made_by == person.player_key, Invitation.used_at.is_(None))
    db.session.execute(mine.where(Invitation.withdrawn_at.is_(None)).values(withdrawn_at=clock.now()))


def _must_leave_one(person: Person, fewest: int) -> None:
    if queries.how_many(person.neighbourhood_id, Role.COORDINATOR) < fewest:
        raise Refusal(LAST)


def close_account(person: Person) -> None:
    """Forget what somebody signs in with as staff, and the devices on which they did."""
    account = queries.account_of(person)
    if account:
        for table in (Session, RecoveryCode):
            db.session.execute(delete(table).where(table.account_id == account.id))
        db.session.delete(account)
        db.session.flush()


def sign_out_staff(person: Person, but: int | None = None) -> None:
    """End every device on which somebody signed in as staff, but that one. Phones they only play on stay."""
    signed_in = select(Session.device_id).join(Device, Device.id == Session.device_id)
    mine = signed_in.where(Device.person_id == person.id, Device.id != (but or 0))
    db.session.execute(
        update(Device).where(Device.id.in_(mine), Device.ended_at.is_(None)).values(ended_at=clock.now()),
        execution_options={"synchronize_session": "fetch"},
    )
    db.session.flush()


def _end_sessions(person: Person, asks: int | None) -> None:
    live = select(Device.id).outerjoin(Session, Session.device_id == Device.id)
    mine = live.where(Device.person_id == person.id, Device.ended_at.is_(None))
    plays_on = list(db.session.scalars(mine.where(queries.played_before())))
    if asks and not (plays_on or cards.of(person) or _has_mail(person)):
        plays_on = [asks]  # the only way they have to their player
    db.session.execute(delete(Session).where(Session.device_id.in_(plays_on)))
    sign_out_staff(person)


def _has_mail(person: Person) -> bool:
    address = mail_links.of(person)
    return address is not None and address.confirmed_at is not None


def _lock(person: Person) -> None:
    """Two who leave, or take a role away, at the same moment go one after the other."""
    lines = select(RoleLine.id).join(Person, Person.id == RoleLine.person_id)
    mine = lines.where(Person.neighbourhood_id == person.neighbourhood_id, RoleLine.role == Role.COORDINATOR)
    db.session.execute(mine.order_by(RoleLine.id).with_for_update(of=RoleLine)).all()
    db.session.expire_all()


def _record(action: str, person: Person, role: Role, by: Person | None) -> None:
    by_role = Role.COORDINATOR if by else Role.ADMIN
    if by and by.id == person.id:
        by_role = role  # they gave up their own, for which no other is needed
    who = by.player_key if by else None
    audit.record(action, person.player_key, person.neighbourhood_id, who, by_role, reason=role)

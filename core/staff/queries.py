"""Who is staff here."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from core.database import db
from core.guard import Role
from core.people.models import Device, Person
from core.people.service import hashed
from core.staff.models import Account, Invitation, RoleLine, Session


def roles_of(person: Person) -> frozenset[Role]:
    """The roles that somebody has now."""
    mine = select(RoleLine.role).where(RoleLine.person_id == person.id, RoleLine.ended_at.is_(None))
    return frozenset(Role(role) for role in db.session.scalars(mine))


def here(neighbourhood_id: int) -> list[RoleLine]:
    """Every role that is held in a neighbourhood, by when it was granted, each with who has it."""
    held = select(RoleLine).join(Person, Person.id == RoleLine.person_id)
    mine = held.where(Person.neighbourhood_id == neighbourhood_id, *_stands()).options(contains_eager(RoleLine.person))
    return list(db.session.scalars(mine.order_by(RoleLine.granted_at, RoleLine.id)).unique())


def how_many(neighbourhood_id: int, role: Role) -> int:
    """How many hold a role in a neighbourhood."""
    held = select(func.count(func.distinct(RoleLine.person_id))).join(Person, Person.id == RoleLine.person_id)
    return db.session.scalar(
        held.where(Person.neighbourhood_id == neighbourhood_id, RoleLine.role == role, *_stands())
    ) or 0  # fmt: skip


def _stands() -> tuple[ColumnElement[bool], ...]:
    """It was not ended, and nobody asked to be erased: they are not here any more for anybody."""
    return RoleLine.ended_at.is_(None), Person.leaving_at.is_(None)


def held(person: Person, role: Role) -> RoleLine | None:
    """The line of a role that somebody has now."""
    mine = select(RoleLine).where(RoleLine.person_id == person.id, RoleLine.role == role, RoleLine.ended_at.is_(None))
    return db.session.scalars(mine).unique().first()


def account_of(person: Person) -> Account | None:
    """What somebody signs in with as staff."""
    return db.session.scalars(select(Account).where(Account.person_id == person.id)).unique().one_or_none()


def by_login(neighbourhood_id: int, login: str) -> Account | None:
    """The account of a login in a neighbourhood, in its one spelling."""
    with_person = select(Account).options(joinedload(Account.person))  # known or not: one question
    mine = with_person.where(Account.neighbourhood_id == neighbourhood_id, Account.login == login)
    return db.session.scalars(mine).unique().one_or_none()


def session_of(token: str) -> Session | None:
    """The staff session on the device that holds this token, if it is live."""
    found = session_on(token)
    return found if found and found.is_live else None


def session_on(token: str) -> Session | None:
    """The staff session on the device that holds this token, live or over."""
    on_it = select(Session).join(Device, Device.id == Session.device_id)
    mine = on_it.where(Device.holds(hashed(token)))
    return db.session.scalars(mine).unique().first()


def played_since(token: str) -> datetime | None:
    """Since when somebody plays on the device that holds this token; None where they only ever signed in as staff."""
    on_it = select(Device.since).outerjoin(Session, Session.device_id == Device.id)
    mine = on_it.where(Device.holds(hashed(token)))
    return db.session.scalar(mine.where(played_before()))


def played_before() -> ColumnElement[bool]:
    """Of a device beside its staff session: they played on it before they signed in there as staff."""
    return or_(Session.id.is_(None), Device.since < Session.since)


def invitation(token: str) -> Invitation | None:
    """The invitation of a link, if it can still be used."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == hashed(token)))
    return found if found and found.is_open else None


def invited_with(key: str) -> Invitation | None:
    """The invitation that a form made, by the key of both."""
    return db.session.scalar(select(Invitation).where(Invitation.key == key))


def invitations(neighbourhood_id: int) -> list[Invitation]:
    """The invitations of a neighbourhood that can still be used, the newest first."""
    mine = select(Invitation).where(Invitation.neighbourhood_id == neighbourhood_id, Invitation.used_at.is_(None))
    return [one for one in db.session.scalars(mine.order_by(Invitation.id.desc()).limit(200)) if one.is_open]

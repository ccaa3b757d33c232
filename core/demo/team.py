"""The made-up team: three of the cast who came in by invitation, as everybody, with a second lock that the demo knows.

Nobody knows their passwords, so their way in (core/demo/views.py) is the only one, and it is there only in the demo.
"""

import base64
import hmac
import secrets

from flask import current_app

from core import clock
from core.database import db, writing
from core.demo import cast
from core.guard import Role
from core.people import service as people
from core.people.models import Person
from core.staff import queries, second_factor, service
from core.staff.models import Account


def furnish(team: dict[str, Person]) -> None:
    """Give the members of the cast that have a role their account, if they lack it; `team` is people by their key."""
    for member in cast.PEOPLE:
        if member.role and member.key in team:
            with writing():
                _take_on(db.session.get_one(Person, team[member.key].id), Role(member.role))


def account_of(person: Person) -> Account | None:
    """What a member of the made-up team signs in with; None for whoever else."""
    return queries.account_of(person) if role_of(person) else None


def role_of(person: Person) -> Role | None:
    """The role that the cast gives somebody of a made-up neighbourhood."""
    return next((Role(member.role) for member in cast.PEOPLE if member.role and member.name == person.name), None)


def code_of_now(person: Person) -> str:
    """Six figures, as an app would show them at this moment."""
    import pyotp

    return str(pyotp.TOTP(_secret(person)).at(clock.now()))


def _take_on(person: Person, role: Role) -> None:
    if queries.account_of(person):
        return
    invitation = service.invite(person.neighbourhood_id, role, None, frozenset({Role.ADMIN}))
    account = service.accept(invitation, person, f"demo-{role}", secrets.token_urlsafe(32))
    device = people.sign_in(person)
    session = service.open_session(account, device)
    second_factor.new_secret(session, _secret(person))
    service.begin_second_factor(session, code_of_now(person))
    people.sign_out(device)


def _secret(person: Person) -> str:
    own = current_app.config["BUURT"].secret.encode()
    return base64.b32encode(hmac.digest(own, f"demo second lock {person.tag}".encode(), "sha256")[:20]).decode()

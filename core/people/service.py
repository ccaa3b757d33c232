"""Joining, being recognised, changing a name, leaving a phone."""

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager, lazyload

from core import clock, codes
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.people import names, queries, suspensions
from core.people.models import Device, Person, PlayerKeyLine
from core.people.suspensions import Suspension
from core.refusal import Refusal, Sort, about

TRIES = 20
COMES_AGAIN = timedelta(hours=1)  # a form whose answer got lost
WHOSE = (  # asked at every request, so built once; whether they have a pause costs no question of its own
    select(Person, Suspension, Device.token_before)
    .join(Device, Device.person_id == Person.id)
    .join(Person.key)
    .join(Suspension, and_(Suspension.player == PlayerKeyLine.key, suspensions.running(bindparam("now"))), isouter=True)
    .where(Device.holds(bindparam("hash")), Person.leaving_at.is_(None))
    .options(lazyload(Person.zone), contains_eager(Person.key))
)


def offer_name(neighbourhood: Neighbourhood) -> str:
    """A pseudonym that nobody here has yet."""
    for _try in range(TRIES):
        name = names.offered()
        if is_free(neighbourhood.id, name):
            return name
    return f"{names.offered()} {secrets.randbelow(90) + 10}"


def join(neighbourhood: Neighbourhood, name: str, is_young: bool, client_key: str | None = None) -> Person:
    """A new person under a name of their choice (docs/rules.md §3); the one of before when the same form comes again.

    For an hour, and not once they left a phone: later it would be a way in that nobody guards.
    Raises Refusal when the name cannot be used or somebody here has one that looks the same.
    """
    before = _joined_with(client_key)
    if before and _is_again(before, neighbourhood):
        return before
    person = Person(
        neighbourhood_id=neighbourhood.id, tag=_free_tag(), is_young=is_young, joined_at=clock.now(), zone_id=None,
        client_key=None if before else client_key,
    )  # fmt: skip
    person.key = PlayerKeyLine(key=codes.new_key())
    try:
        _give(person, name)
    except (Refusal, IntegrityError):
        before = _joined_with(client_key)
        if before and _is_again(before, neighbourhood):  # the same form, at this very instant
            return before
        raise
    return person


def rename(person: Person, name: str) -> None:
    """Change a name, one at a time. Raises Refusal like `join`."""
    queries.lock((person.player_key,))
    _give(person, name)


def _joined_with(client_key: str | None) -> Person | None:
    return db.session.scalar(select(Person).where(Person.client_key == client_key)) if client_key else None


def _is_again(before: Person, neighbourhood: Neighbourhood) -> bool:
    """Whether the same form still brings back the person it made: here, within the hour, and not about to be erased."""
    is_late = before.joined_at <= clock.now() - COMES_AGAIN
    return before.neighbourhood_id == neighbourhood.id and not is_late and before.leaving_at is None


def is_free(neighbourhood_id: int, name: str) -> bool:
    """Whether nobody here has a name that looks like this one."""
    alike = (Person.likeness == names.likeness(name)) | (Person.look == names.look(name))
    taken = select(Person.id).where(Person.neighbourhood_id == neighbourhood_id, alike)
    return db.session.scalar(taken) is None


def speak(person: Person, lang: str) -> None:
    """Remember a person's language, for a next phone of theirs."""
    person.lang = lang
    db.session.flush()


def sign_in(person: Person) -> str:
    """Make this phone theirs; the token that the phone keeps (256 random bits)."""
    token = secrets.token_urlsafe(32)
    db.session.add(Device(person_id=person.id, token_hash=hashed(token), since=clock.now()))
    db.session.flush()
    return token


def renew(token: str) -> str | None:
    """Another token for the phone that holds this one, which is dead once that is shown; None when it was ended."""
    device = _device(token)
    if device is None:
        return None
    fresh = secrets.token_urlsafe(32)
    device.token_hash, device.token_before = hashed(fresh), hashed(token)
    db.session.flush()
    return fresh


def sign_out(token: str) -> None:
    """End the phone that holds this token."""
    device = _device(token)
    if device:
        device.ended_at = clock.now()
        device.person.client_key = None
        db.session.flush()


class Whose(NamedTuple):
    """Whose phone it is, the pause they have, and whether it shows a new token for the first time."""

    person: Person
    suspension: Suspension | None
    is_renewed: bool


def whose(token: str) -> Whose | None:
    """Whose phone this is, or None for an unknown or ended phone; in one question."""
    found = db.session.execute(WHOSE, {"hash": hashed(token), "now": clock.now()}).first()
    return Whose(found[0], found[1], found[2] not in {None, hashed(token)}) if found else None


def end_before(token: str) -> None:
    """The phone shows this token, so the one that it had before is dead."""
    db.session.execute(update(Device).where(Device.token_hash == hashed(token)).values(token_before=None))


def recognise(token: str) -> Person | None:
    """Whose phone this is, or None for an unknown or ended one."""
    found = whose(token)
    return found.person if found else None


def device(token: str) -> Device | None:
    """The phone that holds this token, also of somebody who asked to be erased; None for an unknown or ended one."""
    return _device(token)


def _device(token: str) -> Device | None:
    return db.session.scalar(select(Device).where(Device.holds(hashed(token))))


def hashed(token: str) -> str:
    """What is kept of a phone's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()  # 256 random bits need no salt


def _give(person: Person, name: str) -> None:
    with about("name"):
        tidied = names.tidy(name)
    here = person.neighbourhood_id
    try:
        with db.session.begin_nested():
            person.name, person.likeness, person.look = tidied, names.likeness(tidied), names.look(tidied)
            db.session.add(person)
            db.session.flush()
    except IntegrityError:
        if is_free(here, tidied):
            raise  # something else is wrong with it
        raise Refusal(_l("Somebody here has that name already. Choose another."), Sort.CONFLICT, field="name") from None


def _free_tag() -> str:
    while True:
        tag = codes.short_code()
        if db.session.scalar(select(Person.id).where(Person.tag == tag)) is None:
            return tag

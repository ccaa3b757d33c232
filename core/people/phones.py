"""The phones that are signed in as somebody: listed by their day, ended one by one or all others at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update

from core import clock
from core.database import db
from core.people.models import Device, Person
from core.people.service import device

MOST = 50  # shown; nobody has that many
KEY = 26  # letters of the token's hash: names a phone on its owner's own page, opens nothing


@dataclass(frozen=True)
class Phone:
    """A phone as its owner knows it: no brand, no address, only since when."""

    key: str
    since: datetime
    is_this: bool


def of(person: Person, token: str) -> list[Phone]:
    """Somebody's signed-in phones, the newest first; `token` is that of the phone that asks."""
    found = db.session.scalars(_live(person).order_by(Device.since.desc(), Device.id.desc()).limit(MOST))
    this = device(token)
    return [Phone(one.token_hash[:KEY], clock.local(one.since), one is this) for one in found]


def end(person: Person, key: str) -> None:
    """End one of somebody's own phones: it is a visitor at its next request. Nothing happens for another's."""
    _end(db.session.scalars(_live(person).where(func.substr(Device.token_hash, 1, KEY) == key)).all())


def end_others(person: Person, token: str) -> int:
    """End every phone of somebody but the one with this token; how many that were."""
    this = device(token)
    others = db.session.scalars(_live(person).where(Device.id != (this.id if this else 0))).all()
    _end(others)
    return len(others)


def is_signed_in(token: str) -> bool:
    """Whether the phone with this token is still signed in."""
    return device(token) is not None


def _live(person: Person) -> Select[Device]:
    return select(Device).where(Device.person_id == person.id, Device.ended_at.is_(None))


def _end(devices: Sequence[Device]) -> None:
    ids = [device.id for device in devices]
    db.session.execute(update(Device).where(Device.id.in_(ids)).values(ended_at=clock.now()))
    db.session.flush()

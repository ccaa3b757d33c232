"""The devices on which somebody is signed in as staff: listed, ended one by one or all others at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import contains_eager

from core import clock
from core.database import db
from core.people import phones
from core.people.models import Device
from core.staff.models import Session


@dataclass(frozen=True)
class Laptop:
    """A device as its owner knows it: since when, and "phone" or "computer" where its browser said so."""

    key: str
    since: datetime
    kind: str | None
    is_this: bool


def of(session: Session) -> list[Laptop]:
    """The devices on which roles of this account count now: that of `session`, which asks, then the newest first."""
    live = [one for one in _open(session) if one.is_live]
    return [
        Laptop(one.device.token_hash[: phones.KEY], clock.local(one.since), one.kind, one.id == session.id)
        for one in sorted(live, key=lambda one: one.id != session.id)
    ]


def end(session: Session, key: str) -> None:
    """End one of somebody's own devices: it is a visitor at its next request. Nothing happens for another's."""
    for one in _open(session):
        if one.device.token_hash[: phones.KEY] == key:
            one.device.ended_at = clock.now()
    db.session.flush()


def _open(session: Session) -> ScalarResult[Session]:
    mine = select(Session).join(Device, Device.id == Session.device_id).where(Device.ended_at.is_(None))
    return db.session.scalars(
        mine.where(Session.account_id == session.account_id)
        .options(contains_eager(Session.device))
        .order_by(Session.since.desc(), Session.id.desc())
    ).unique()

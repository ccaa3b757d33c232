"""Hosts: who sits at the desk of the neighbourhood house. Named by command until roles are granted on screen."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.audit import service as audit
from core.database import Id, Model, Moment, db
from core.people.models import Person
from core.refusal import Refusal, Sort


class Host(Model):
    """That somebody is a host, since when, until when."""

    __tablename__ = "host"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[Moment]
    ended_at: Mapped[Moment | None]


def is_host(person: Person) -> bool:
    """Whether somebody is a host now."""
    return _now(person) is not None


def appoint(person: Person) -> None:
    """Make somebody a host; twice is once. Leaves an entry in the audit log. Raises Refusal for a child."""
    if person.is_young:
        raise Refusal("a host is 16 or older", Sort.FORBIDDEN)
    if _now(person) is None:
        db.session.add(Host(person_id=person.id, since=clock.now()))
        audit.record("host.appoint", person.player_key, person.neighbourhood_id)


def end(person: Person) -> None:
    """Somebody is no host any more, at once. Leaves an entry in the audit log."""
    line = _now(person)
    if line:
        line.ended_at = clock.now()
        audit.record("host.end", person.player_key, person.neighbourhood_id)


def forget(person: Person) -> None:
    """Take the lines of somebody away: they are being erased. The audit log keeps their player key."""
    for line in db.session.scalars(select(Host).where(Host.person_id == person.id)):
        db.session.delete(line)
    db.session.flush()


def _now(person: Person) -> Host | None:
    return db.session.scalar(select(Host).where(Host.person_id == person.id, Host.ended_at.is_(None)).limit(1))

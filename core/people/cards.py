"""The player card: a tag that names somebody, and a secret way back in that is shown once and kept as a hash."""

import hashlib

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, codes
from core.database import Model, Moment, db
from core.people import queries
from core.people.models import Person


class WayBack(Model):
    """The secret on somebody's card: here lies only its SHA-256 (130 random bits need no salt). One a person."""

    __tablename__ = "way_back"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[Moment]


def issue(person: Person) -> str:
    """A new way back in for somebody: 26 letters, given this once. The one before is dead from now on."""
    code = codes.long_code()
    queries.lock((person.player_key,))
    card = of(person)
    if card is None:
        card = WayBack(person_id=person.id)
        db.session.add(card)
    card.code_hash, card.issued_at = hashed(code), clock.now()
    db.session.flush()
    return code


def of(person: Person) -> WayBack | None:
    """The card that somebody has now, without its secret."""
    return db.session.get(WayBack, person.id)


def whose(neighbourhood_id: int, code: str) -> Person | None:
    """Who comes back by this secret in this neighbourhood. One question, whether there is such a card or not."""
    return db.session.scalar(
        select(Person)
        .join(WayBack, WayBack.person_id == Person.id)
        .where(WayBack.code_hash == hashed(code), Person.neighbourhood_id == neighbourhood_id)
        .where(Person.leaving_at.is_(None))
    )


def hashed(code: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(code.encode()).hexdigest()

"""Finding people by what may name them."""

from collections.abc import Iterable

from sqlalchemy import select

from core.database import db
from core.people.models import Device, Person, PlayerKeyLine


def by_tag(neighbourhood_id: int, tag: str) -> Person | None:
    """The person whose card says these six letters, in this neighbourhood."""
    return db.session.scalar(select(Person).where(Person.tag == tag, Person.neighbourhood_id == neighbourhood_id))


def by_player_key(key: str) -> Person | None:
    """The person behind a key, or None once they were erased."""
    return db.session.scalar(select(Person).join(PlayerKeyLine).where(PlayerKeyLine.key == key))


def by_player_keys(keys: Iterable[str]) -> dict[str, Person]:
    """The persons behind keys; a key of an erased person is missing."""
    found = db.session.scalars(select(Person).join(PlayerKeyLine).where(PlayerKeyLine.key.in_(set(keys)))).unique()
    return {person.player_key: person for person in found}


def hold(keys: Iterable[str | None]) -> None:
    """Hold these players until the end of the transaction: what counts for a player is counted one at a time.

    Call it before taking the moment that decides. SQLite has one writer anyway.
    """
    if db.engine.dialect.name != "sqlite":
        mine = PlayerKeyLine.key.in_([key for key in keys if key])
        db.session.execute(select(PlayerKeyLine.key).where(mine).order_by(PlayerKeyLine.key).with_for_update())


def ever_had_phone(person: Person) -> bool:
    """Whether a phone is or was signed in as this person."""
    return db.session.scalar(select(Device.id).where(Device.person_id == person.id).limit(1)) is not None

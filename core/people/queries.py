"""Finding people by what may name them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from core.database import db
from core.people.models import Device, Person, PlayerKeyLine


def by_tag(neighbourhood_id: int, tag: str) -> Person | None:
    """The person whose card says these six letters, in this neighbourhood."""
    wanted = (Person.tag == tag, Person.neighbourhood_id == neighbourhood_id, Person.leaving_at.is_(None))
    return db.session.scalar(select(Person).where(*wanted))


def anybody(tag: str) -> Person | None:
    """The person whose card says these six letters, in whatever neighbourhood: for the command line."""
    return db.session.scalar(select(Person).where(Person.tag == tag, Person.leaving_at.is_(None)))


def by_tags(neighbourhood_id: int, tags: Iterable[str]) -> Sequence[Person]:
    """The persons whose cards say these letters, in this neighbourhood."""
    wanted = (Person.tag.in_(list(tags)), Person.neighbourhood_id == neighbourhood_id, Person.leaving_at.is_(None))
    return db.session.scalars(select(Person).where(*wanted)).unique().all()


def by_player_key(key: str) -> Person | None:
    """The person behind a key, or None once they asked to be erased."""
    return db.session.scalar(
        select(Person).join(PlayerKeyLine).where(PlayerKeyLine.key == key, Person.leaving_at.is_(None))
    )


def whoever(key: str) -> Person | None:
    """The person behind a key, also one who asked to be erased; None once they were."""
    return db.session.scalar(select(Person).join(PlayerKeyLine).where(PlayerKeyLine.key == key))


def by_player_keys(keys: Iterable[str]) -> dict[str, Person]:
    """The persons behind keys; a key of an erased person is missing."""
    wanted = (PlayerKeyLine.key.in_(set(keys)), Person.leaving_at.is_(None))
    found = db.session.scalars(select(Person).join(PlayerKeyLine).where(*wanted)).unique()
    return {person.player_key: person for person in found}


def any_young(keys: Iterable[str | None]) -> bool:
    """Whether one of these players is younger than 16, by their own word: their photos stay in the two albums.

    Somebody who was erased is nobody any more; their photos went with them (docs/rules.md §3).
    """
    young = select(Person.id).join(PlayerKeyLine).where(PlayerKeyLine.key.in_([key for key in keys if key]))
    return db.session.scalar(young.where(Person.is_young).limit(1)) is not None


def lock(keys: Iterable[str | None]) -> None:
    """Lock these players until the end of the transaction: what counts for a player is counted one at a time.

    Call it before taking the moment that decides. SQLite has one writer anyway.
    """
    if db.engine.dialect.name != "sqlite":
        mine = PlayerKeyLine.key.in_([key for key in keys if key])
        db.session.execute(select(PlayerKeyLine.key).where(mine).order_by(PlayerKeyLine.key).with_for_update())


def without_phone(keys: Iterable[str]) -> set[str]:
    """Those of these players who never had a phone signed in."""
    phones = select(Device.id).where(Device.person_id == PlayerKeyLine.person_id)
    return set(db.session.scalars(select(PlayerKeyLine.key).where(PlayerKeyLine.key.in_(set(keys)), ~phones.exists())))


def ever_had_phone(person: Person) -> bool:
    """Whether a phone is or was signed in as this person."""
    return db.session.scalar(select(Device.id).where(Device.person_id == person.id).limit(1)) is not None

"""Which bytes are aside, and which are not as they should be."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from core import clock
from core.database import db
from core.media.models import Media
from core.media.owners import OWNERS
from core.storage import storage

TRIES = 3  # to remove the bytes, before somebody has to look


def is_aside(key: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The bytes of this key (a column of the owner's) were set aside, and can still be brought back."""
    return select(Media.id).where(Media.key == key, *_aside()).exists()


def is_gone(key: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Nothing is left of the bytes of this key (a column of the owner's)."""
    return select(Media.id).where(Media.key == key, Media.gone_at.is_not(None)).exists()


def aside_until(keys: Collection[str]) -> Mapping[str, datetime]:
    """Of these, what was set aside: until when it can be brought back."""
    if not keys:
        return {}
    found = db.session.execute(select(Media.key, Media.let_go_at).where(Media.key.in_(keys), *_aside()))
    return {key: until for key, until in found if until is not None}


def due() -> Select[str]:
    """What its owner let go, and whose bytes are still here."""
    return select(Media.key).where(Media.let_go_at <= clock.now(), Media.gone_at.is_(None))


def known(keys: Collection[str]) -> set[str]:
    """Those of these keys that have a row."""
    return set(db.session.scalars(select(Media.key).where(Media.key.in_(keys))))


# ---- what should not be: `flask fsck` names it, and nothing removes it


def missing() -> list[str]:
    """What should lie there and does not, whole."""
    kept = db.session.execute(select(Media.key, Media.owner).where(Media.let_go_at.is_(None)))
    owners = {owner.name: owner.files for owner in OWNERS.all()}
    return [key for key, owner in kept if not all(storage().path(f"{key}/{file}") for file in owners.get(owner, ()))]


def stray() -> list[str]:
    """Folders that no row knows."""
    here = set(db.session.scalars(select(Media.key).where(Media.gone_at.is_(None))))
    return [name for name in storage().names() if name not in here]


def stuck() -> list[str]:
    """What should be gone and whose bytes would not go in so many tries. It is shown to nobody."""
    return list(db.session.scalars(due().where(Media.tries >= TRIES)))


def _aside() -> tuple[ColumnElement[bool], ...]:
    return Media.let_go_at > clock.now(), Media.gone_at.is_(None)

"""Keeping bytes, saying goodbye to them, and bringing back what was only set aside."""

import errno
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from core import clock, codes
from core.database import db, some_at_a_time
from core.media.models import Media
from core.media.owners import Owner
from core.refusal import Refusal, Sort
from core.storage import storage

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def keep(folder: Path, owner: Owner) -> str:
    """Give a finished folder its place, its files before its row. Its key. Raises Refusal when the disk is full."""
    key = codes.new_key()
    try:
        storage().keep(folder, key)
    except OSError as error:
        if error.errno in FULL:
            raise Refusal(owner.is_full, Sort.FULL) from error
        raise
    db.session.add(Media(key=key, owner=owner.name, kept_at=clock.now()))
    db.session.flush()
    return key


def let_go(keys: Collection[str], at: datetime | None = None) -> None:
    """Say goodbye to bytes: they go with the next sweep, or only from a moment on, until when they can come back."""
    for some in some_at_a_time(keys):
        theirs = update(Media).where(Media.key.in_(some), Media.gone_at.is_(None))
        db.session.execute(theirs.values(let_go_at=at or clock.now()))


def leave(keys: Collection[str], at: datetime) -> None:
    """Bytes go, and their rows say of when they were kept only `at`: whatever they were of is no more."""
    let_go(keys)
    for some in some_at_a_time(keys):
        db.session.execute(update(Media).where(Media.key.in_(some)).values(kept_at=at))


def bring_back(key: str) -> bool:
    """Keep again what was set aside; whether it was, and is still here."""
    aside = update(Media).where(Media.key == key, Media.let_go_at > clock.now(), Media.gone_at.is_(None))
    return bool(db.session.execute(aside.values(let_go_at=None)).rowcount)  # type: ignore[attr-defined]


def file(key: str, name: str) -> Path | None:
    """Where a file of it lies, or None when it is not there. Its owner decides who may have it."""
    return storage().path(f"{key}/{name}")

"""What the clockwork does for photos: bytes of what was forgotten go, and so does what a crash left behind.

The row is the queue: a try is counted before it is made, so that one which kills the sweep counts too. After TRIES a
photo is stuck: it keeps no other back, `fsck` names it, and `sweep --again` gives it new tries.
"""

import logging
import time

from sqlalchemy import Select, delete, or_, select, update

from core import clock
from core.database import db, writing
from core.photos import service
from core.photos.models import Before, Photo
from core.storage import storage

ORPHAN_AGE = 3600.0  # seconds: longer than any request that is still at work
BATCH = 200
TRIES = 3
log = logging.getLogger(__name__)


def sweep() -> int:
    """How many photos and leftovers went."""
    return _forgotten() + _replaced() + _orphans() + storage().sweep_tmp(ORPHAN_AGE)


def stuck() -> list[str]:
    """What should be gone and whose bytes would not go in so many tries, by key. It is shown to nobody."""
    return [
        *db.session.scalars(_bytes_to_go().where(Photo.tries >= TRIES)),
        *db.session.scalars(_before_to_go().where(Before.tries >= TRIES)),
    ]


def try_again() -> None:
    """Give what is stuck its tries back, once an operator mended the cause."""
    with writing():
        db.session.execute(update(Photo).where(Photo.tries >= TRIES, Photo.bytes_gone_at.is_(None)).values(tries=0))
        db.session.execute(update(Before).where(Before.tries >= TRIES, Before.bytes_gone_at.is_(None)).values(tries=0))


def _bytes_to_go() -> Select[str]:
    may_go = or_(Photo.bytes_stay_until.is_(None), Photo.bytes_stay_until <= clock.now())
    return select(Photo.key).where(Photo.forgotten_at.is_not(None), Photo.bytes_gone_at.is_(None), may_go)


def _before_to_go() -> Select[str]:
    """Nobody can bring these back any more: the moment is over, or the photo itself is forgotten."""
    over = or_(Before.bytes_stay_until <= clock.now(), Photo.forgotten_at.is_not(None))
    return select(Before.key).join(Photo).where(Before.bytes_gone_at.is_(None), over)


def _forgotten() -> int:
    due = _bytes_to_go().where(Photo.tries < TRIES).order_by(Photo.tries, Photo.id).limit(BATCH)
    return sum(_bytes_went(Photo, key) for key in db.session.scalars(due).all())


def _replaced() -> int:
    due = _before_to_go().where(Before.tries < TRIES).order_by(Before.tries, Before.id).limit(BATCH)
    went = sum(_bytes_went(Before, key) for key in db.session.scalars(due).all())
    _no_longer_asked_for()
    return went


def _no_longer_asked_for() -> None:
    """Earlier keys of photos of which nothing is left: nobody looks for those any more."""
    gone = select(Photo.id).where(Photo.bytes_gone_at.is_not(None))
    over = (Before.bytes_gone_at.is_not(None), Before.photo_id.in_(gone))
    if db.session.scalar(select(Before.id).where(*over).limit(1)):
        with writing():
            db.session.execute(delete(Before).where(*over))


def _bytes_went(kind: type[Photo | Before], key: str) -> bool:
    with writing():
        db.session.execute(update(kind).where(kind.key == key).values(tries=kind.tries + 1))
    if not _deleted(key):
        return False
    with writing():
        db.session.execute(update(kind).where(kind.key == key).values(bytes_gone_at=clock.now()))
    return True


def _orphans() -> int:
    return sum(_deleted(name) for name in service.stray_files() if _is_old(name))


def _deleted(name: str) -> bool:
    try:
        storage().delete(name)
    except OSError as error:
        log.warning("the bytes of photo %s did not go: %s", name, error)
        return False
    return True


def _is_old(name: str) -> bool:
    file = storage().path(f"{name}/small.webp")
    return file is None or file.stat().st_mtime < time.time() - ORPHAN_AGE

"""What the clockwork does: bytes that their owner let go are removed, and so is what a crash left half kept.

The row is the queue: a try is counted before it is made, so that one which kills the sweep counts too. After TRIES it
is stuck: it keeps no other back, `fsck` names it, and `sweep --again` gives it new tries. What nobody let go stays,
also a folder that no row knows: only what was on its way in (core/storage.py) and never got a row is a leftover.
"""

import logging

from sqlalchemy import update

from core import clock
from core.database import db, writing
from core.media import queries
from core.media.models import Media
from core.media.queries import TRIES
from core.storage import storage

LEFT_AFTER = 3600.0  # seconds: longer than any request that is still at work
STOPPED_AFTER = 24 * 3600.0  # seconds without another piece: a phone without network for a night goes on
BATCH = 200
log = logging.getLogger(__name__)


def sweep() -> int:
    """How many went, leftovers too."""
    return _let_go() + _half_kept() + storage().sweep_tmp(LEFT_AFTER) + storage().sweep_coming(STOPPED_AFTER)


def try_again() -> None:
    """Give what is stuck its tries back, once an operator mended the cause."""
    with writing():
        db.session.execute(update(Media).where(Media.tries >= TRIES, Media.gone_at.is_(None)).values(tries=0))


def _let_go() -> int:
    due = queries.due().where(Media.tries < TRIES).order_by(Media.tries, Media.id).limit(BATCH)
    return sum(_went(key) for key in db.session.scalars(due).all())


def _went(key: str) -> bool:
    _note(key, tries=Media.tries + 1)
    if not _deleted(key):
        return False
    _note(key, gone_at=clock.now())
    return True


def _note(key: str, **values: object) -> None:
    with writing():
        db.session.execute(update(Media).where(Media.key == key).values(**values))


def _half_kept() -> int:
    """What came in so long ago that it has its row, or never gets one."""
    arrived = storage().arrived(LEFT_AFTER)
    known = queries.known(arrived) if arrived else set()
    for key in known:
        storage().settle(key)
    return sum(_deleted(key) for key in arrived if key not in known)


def _deleted(key: str) -> bool:
    try:
        storage().delete(key)
    except OSError as error:
        log.warning("the bytes of %s did not go: %s", key, error)
        return False
    return True

"""What the clockwork does for photos: bytes of what was forgotten go, and so does what a crash left behind."""

import time

from sqlalchemy import select

from core import clock
from core.database import db, writing
from core.photos import service
from core.photos.models import Photo
from core.storage import storage

ORPHAN_AGE = 3600.0  # seconds: longer than any request that is still at work
BATCH = 200


def sweep() -> int:
    """How many photos and leftovers went."""
    return _forgotten() + _orphans() + storage().sweep_tmp(ORPHAN_AGE)


def _forgotten() -> int:
    due = select(Photo).where(Photo.forgotten_at.is_not(None), Photo.bytes_gone_at.is_(None)).limit(BATCH)
    photos = [(photo.id, photo.key) for photo in db.session.scalars(due)]
    for _id, key in photos:
        storage().delete(key)
    with writing():
        for photo_id, _key in photos:
            db.session.get_one(Photo, photo_id).bytes_gone_at = clock.now()
    return len(photos)


def _orphans() -> int:
    orphans = [name for name in service.stray_files() if _is_old(name)]
    for name in orphans:
        storage().delete(name)
    return len(orphans)


def _is_old(name: str) -> bool:
    file = storage().path(f"{name}/small.webp")
    return file is None or file.stat().st_mtime < time.time() - ORPHAN_AGE

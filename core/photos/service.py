"""Keeping a photo, forgetting it, and cleaning up after both."""

import errno
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, codes, events
from core.database import db
from core.photos.models import Photo
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from core.storage import storage

SIZES = ("large", "medium", "small")  # as redraw.py writes them; the server itself never imports Pillow
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def keep(prepared: Prepared, neighbourhood_id: int, maker: str) -> Photo:
    """Keep a prepared photo: its files first, then its row. The maker's yes to their own album goes with it.

    Raises Refusal when the disk is full.
    """
    photo = Photo(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, maker=maker, kept_at=clock.now(),
        width=prepared.width, height=prepared.height, sha256=prepared.sha256,
    )  # fmt: skip
    photo.allow(maker)
    try:
        storage().keep(prepared.folder, photo.key)
    except OSError as error:
        if error.errno in FULL:
            raise Refusal(_l("Our disk is full. Your photo stays on your phone."), Sort.FULL) from error
        raise
    db.session.add(photo)
    db.session.flush()
    return photo


def forget(photo: Photo) -> None:
    """Take a photo away everywhere, at once; its bytes go with the next sweep."""
    if not photo.is_forgotten:
        photo.forgotten_at = clock.now()
        for consent in photo.consents:
            consent.withdrawn_at = consent.withdrawn_at or photo.forgotten_at
        db.session.flush()
        events.photo_forgotten.tell(photo=photo)


def file(photo: Photo, size: str) -> Path | None:
    """Where the picture of one size lies, or None for a photo that is forgotten or lost."""
    return None if photo.is_forgotten else storage().path(f"{photo.key}/{size}.webp")


def stray_files() -> list[str]:
    """Folders of pictures that no row knows."""
    known = set(db.session.scalars(select(Photo.key).where(Photo.bytes_gone_at.is_(None))))
    return [name for name in storage().names() if name not in known]


def missing_files() -> list[str]:
    """Photos that should be there and are not."""
    kept = db.session.scalars(select(Photo.key).where(Photo.forgotten_at.is_(None))).all()
    return [key for key in kept if not all(storage().path(f"{key}/{size}.webp") for size in SIZES)]

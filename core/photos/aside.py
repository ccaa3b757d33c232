"""Photos of somebody who asked to be erased: seen nowhere at once, and kept a day in case they come back."""

from collections.abc import Iterable
from datetime import datetime

from core.database import db
from core.photos import service
from core.photos.models import ALBUM, Photo


def set_aside(photos: Iterable[Photo], until: datetime) -> None:
    """Forget photos everywhere, and keep their bytes until a moment. One that was aside already goes for good then."""
    for photo in photos:
        if photo.is_forgotten:
            photo.bytes_stay_until = None
        else:
            service.forget(photo)
            photo.bytes_stay_until = until
    db.session.flush()


def bring_back(photos: Iterable[Photo], with_wider_uses: bool = False) -> None:
    """Put what was set aside back in the two albums; wider uses are asked anew, or given again too.

    An editor looks anew either way.
    """
    for photo in photos:
        if photo.bytes_stay_until is None or photo.bytes_gone_at is not None:
            continue
        for consent in photo.consents:
            if (with_wider_uses or consent.scope == ALBUM) and consent.withdrawn_at == photo.forgotten_at:
                consent.withdrawn_at = None
        photo.forgotten_at = photo.bytes_stay_until = photo.cleared_at = photo.cleared_by = None
    db.session.flush()


def let_go(photos: Iterable[Photo]) -> None:
    """Forget photos for good; their bytes go with the next sweep."""
    for photo in photos:
        service.forget(photo)
        photo.bytes_stay_until = None
    db.session.flush()

"""Photos of somebody who asked to be erased: seen nowhere at once, and kept a day in case they come back."""

from collections.abc import Iterable
from datetime import datetime

from core.database import db
from core.media import service as media
from core.photos import service
from core.photos.models import ALBUM, Photo


def set_aside(photos: Iterable[Photo], until: datetime) -> None:
    """Forget photos everywhere, and keep their bytes until a moment. One that was aside already goes for good then."""
    for photo in photos:
        is_new = not photo.is_forgotten
        service.forget(photo)
        if is_new:
            media.let_go([photo.key], until)


def bring_back(photos: Iterable[Photo], with_wider_uses: bool = False) -> None:
    """Put what was set aside back in the two albums; wider uses are asked anew, or given again too.

    An editor looks anew either way.
    """
    for photo in photos:
        if not media.bring_back(photo.key):
            continue
        for consent in photo.consents:
            if (with_wider_uses or consent.scope == ALBUM) and consent.withdrawn_at == photo.forgotten_at:
                consent.withdrawn_at = None
        photo.forgotten_at = photo.cleared_at = photo.cleared_by = None
    db.session.flush()


def let_go(photos: Iterable[Photo]) -> None:
    """Forget photos for good; their bytes go with the next sweep."""
    for photo in photos:
        service.forget(photo)

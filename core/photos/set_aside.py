"""Photos that were set aside: seen nowhere at once, and kept a while in case they come back.

An editor took them away, or somebody in them asked to be erased. What people allowed stands meanwhile: nobody ended it.
"""

from collections.abc import Iterable
from datetime import datetime

from core.consent import service as consents
from core.database import db
from core.media import service as media
from core.photos import service
from core.photos.models import KIND, WIDER, Photo


def hide(photos: Iterable[Photo], until: datetime, by: str | None = None) -> None:
    """Show photos nowhere, and keep their bytes until a moment. One that was aside already goes for good."""
    for photo in photos:
        if photo.is_forgotten:
            service.forget(photo, by)
        else:
            service.let_go_of_bytes(photo, until)
            service.show_nowhere(photo)


def hide_leaver(photos: Iterable[Photo], until: datetime, by: str) -> None:
    """The same for somebody who asked to be erased: should they come back, wider uses are asked anew."""
    found = list(photos)
    consents.end_all(KIND, [photo.id for photo in found], by, WIDER)
    hide(found, until, by)


def bring_back(photos: Iterable[Photo]) -> None:
    """Put what was set aside back, for the uses that people still allow. An editor looks anew."""
    for photo in photos:
        if media.bring_back(photo.key):
            photo.forgotten_at = photo.cleared_at = photo.cleared_by = None
    db.session.flush()


def let_go(photos: Iterable[Photo], by: str) -> None:
    """Forget photos for good; their bytes go with the next sweep."""
    for photo in photos:
        service.forget(photo, by)

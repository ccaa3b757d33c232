"""An editor makes part of a photo unrecognisable: what comes out takes its place everywhere, under another key."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from core import clock
from core.audit import service as audit
from core.database import db
from core.media import service as media
from core.photos import queries, service
from core.photos.models import Before, Photo
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort

SMALLEST = 0.5  # of the sides it had: what a browser sends is hardly smaller


def blur(photo: Photo, prepared: Prepared, editor: str, role: str, until: datetime) -> None:
    """Put `prepared` in the place of a photo that is held, and clear it; as it was it can be brought back `until` then.

    Raises Refusal, with nothing kept, for a picture of another shape or size, or for a child's photo.
    """
    service.refuse_if_it_must_stay(photo)
    if not _fits(prepared, photo):
        raise Refusal(_l("This is not the same photo: it has another shape or size."), Sort.INVALID)
    key = media.keep(prepared.folder, service.OWNER)
    _exchange(photo, key, prepared.width, prepared.height, until)
    audit.record("photo.blur", key, photo.neighbourhood_id, editor, role)
    service.clear(photo, editor, role)
    service.note(photo)


def undo(photo: Photo, editor: str, role: str) -> None:
    """Bring a photo back as it was, in its albums alone. Raises Refusal when its bytes are gone."""
    before = queries.before(photo)
    if before is None or not media.file(before.key, "large.webp") or not media.bring_back(before.key):
        raise Refusal(_l("It is too late to undo this. Decide about it anew."), Sort.GONE)
    db.session.delete(before)
    db.session.flush()
    _exchange(photo, before.key, before.width, before.height, clock.now())
    audit.record("photo.unblur", photo.key, photo.neighbourhood_id, editor, role)
    service.unclear(photo, editor, role)
    service.note(photo)


def _fits(prepared: Prepared, photo: Photo) -> bool:
    """The same proportions, but for the rounding of one pixel; not larger, and not much smaller."""
    across = abs(prepared.width * photo.height - prepared.height * photo.width)
    is_same_shape = across <= max(photo.width, photo.height)
    return is_same_shape and SMALLEST * photo.width <= prepared.width <= photo.width


def _exchange(photo: Photo, key: str, width: int, height: int, until: datetime) -> None:
    db.session.add(Before(photo_id=photo.id, key=photo.key, width=photo.width, height=photo.height))
    media.let_go([photo.key], until)
    photo.key, photo.width, photo.height = key, width, height
    db.session.flush()

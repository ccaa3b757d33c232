"""What the clockwork does for photos: what is said of one goes with the last of its bytes."""

from sqlalchemy import delete, select

from core.consent import service as consents
from core.database import db, writing
from core.media import queries as media
from core.photos import queries
from core.photos.models import KIND, Before, Photo


def sweep() -> int:
    """How many photos and earlier keys of photos were let go, of which nothing is left."""
    return _end_consents() + _earlier_keys()


def _end_consents() -> int:
    """Of what was set aside and not brought back. Nobody ended them: there is nothing left to use."""
    found = queries.nothing_left()
    if found:
        with writing():
            consents.end_all(KIND, found, by=None)
    return len(found)


def _earlier_keys() -> int:
    """Nobody looks for them any more."""
    nothing_left = select(Photo.id).where(media.is_gone(Photo.key))
    over = (media.is_gone(Before.key), Before.photo_id.in_(nothing_left))
    found = db.session.scalars(select(Before.id).where(*over)).all()
    if found:
        with writing():
            db.session.execute(delete(Before).where(Before.id.in_(found)))
    return len(found)

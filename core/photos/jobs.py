"""What the clockwork does for photos: the keys that they had before go with the last of their bytes."""

from sqlalchemy import delete, select

from core.database import db, writing
from core.media import queries as media
from core.photos.models import Before, Photo


def sweep() -> int:
    """How many rows went: earlier keys of photos of which nothing is left, for which nobody looks any more."""
    nothing_left = select(Photo.id).where(media.is_gone(Photo.key))
    over = (media.is_gone(Before.key), Before.photo_id.in_(nothing_left))
    found = db.session.scalars(select(Before.id).where(*over)).all()
    if found:
        with writing():
            db.session.execute(delete(Before).where(Before.id.in_(found)))
    return len(found)

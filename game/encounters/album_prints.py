"""The print list of albums: what was printed when, and what stands on paper that may not stand there any more."""

from collections.abc import Collection
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.database import db, dialect, insert_into
from core.photos.models import PRINT, Photo
from core.photos.queries import visible
from core.refusal import Refusal, Sort
from game.encounters.models_on_paper import OnPage, PrintedAlbum
from game.seasons.models import Season

ON_A_PAGE = 2
MOST = 100


class Stale(NamedTuple):
    """A printed album, and the pages of it with a photo that may not be on paper any more."""

    printed: PrintedAlbum
    pages: list[int]


def note(season: Season, photos: Collection[int]) -> None:
    """Somebody opened the book to print it, with these photos in this order: once a day.

    Opened again after it was replaced, it counts as new.
    """
    this = {"season_id": season.id, "printed_on": clock.today()}
    db.session.execute(insert_into(PrintedAlbum, dialect()).values(this).on_conflict_do_nothing())
    printed = db.session.scalars(select(PrintedAlbum).filter_by(**this).with_for_update()).one()
    if printed.replaced_at:
        printed.replaced_at = None
        db.session.execute(delete(OnPage).where(OnPage.printed_id == printed.id))
    rows = [
        {"printed_id": printed.id, "photo_id": photo, "page": 2 + number // ON_A_PAGE}
        for number, photo in enumerate(photos)
    ]
    if rows:
        db.session.execute(insert_into(OnPage, dialect()).values(rows).on_conflict_do_nothing())
    db.session.flush()


def to_replace(season: Season) -> list[Stale]:
    """The books of a season that lie around with a photo that may not be on paper now, the oldest first."""
    found = select(PrintedAlbum, OnPage.page).join(OnPage).join(Photo, Photo.id == OnPage.photo_id)
    gone = (PrintedAlbum.season_id == season.id, PrintedAlbum.replaced_at.is_(None), ~visible(PRINT))
    in_order = found.where(*gone).order_by(PrintedAlbum.printed_on, OnPage.page).limit(MOST)
    stale: dict[int, Stale] = {}
    for printed, page in db.session.execute(in_order):
        pages = stale.setdefault(printed.id, Stale(printed, [])).pages
        if page not in pages:
            pages.append(page)
    return list(stale.values())


def replace(season: Season, printed: int) -> None:
    """All of this book were replaced, or thrown away. Raises Refusal for one that is not of this season."""
    mine = (PrintedAlbum.id == printed, PrintedAlbum.season_id == season.id)
    one = db.session.scalar(select(PrintedAlbum).where(*mine).with_for_update())
    if one is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    one.replaced_at = one.replaced_at or clock.now()
    db.session.flush()

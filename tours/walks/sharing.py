"""The picture of a walk that other sites show beside a link to it: its name, how far and how long; no word of a teller.

It stands while everybody can see the walk.
"""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from core import jobs
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from tours.stories.cards import Cards, Wanted, Words
from tours.walks import queries
from tours.walks.models import Tour, TourCard


def init_app(app: Flask) -> None:
    """Register who draws and drops it. Who keeps its bytes is the same as of those of stories."""
    jobs.SWEEPS.add(app, "share pictures of walks", sweep)


def file(tour: Tour) -> Path | None:
    """Where the picture of a walk lies; None for none yet. Whether the walk may be seen is the caller's to ask."""
    return CARDS.file(tour.id)


def sweep() -> int:
    """Drop what stands for no walk, and draw what lacks or says something else by now; how many were drawn."""
    gone = select(TourCard.tour_id).join(Tour, Tour.id == TourCard.tour_id).where(~queries.stands())
    for tour_id in db.session.scalars(gone).all():
        with writing():
            if not _may_stand(tour_id):
                CARDS.drop(tour_id)
    return CARDS.sweep()


def _wanted() -> Iterator[Wanted]:
    wanted = (
        select(Tour, Neighbourhood.name, TourCard.of)
        .join(Neighbourhood, Neighbourhood.id == Tour.neighbourhood_id)
        .outerjoin(TourCard, TourCard.tour_id == Tour.id)
        .where(queries.stands())
    )
    for tour, name, of in db.session.execute(wanted):
        yield Wanted(tour.id, _words(tour, name), of)


def _words(tour: Tour, neighbourhood: str) -> Words:
    with force_locale(tour.language):
        return Words(tour.title, str(tour.length), _("Walk"), neighbourhood)


def _may_stand(tour_id: int) -> bool:
    held = select(Tour).where(Tour.id == tour_id, queries.stands())
    return db.session.scalar(held.with_for_update()) is not None


CARDS = Cards(TourCard, "tour_id", _wanted, _may_stand)

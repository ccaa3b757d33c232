"""How many people came to a gathering."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.measures.measure import MEASURES, Event, Measure, Mechanism, Span
from game.gatherings.models import Attendance, Gathering


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, GUESTS.name, GUESTS, order=16)


def _guests(span: Span) -> Iterator[Event]:
    came = select(Attendance.who).join(Gathering, Gathering.key == Attendance.gathering)
    days = (Attendance.at >= span.begins, Attendance.at < span.ends)
    for who in db.session.scalars(came.where(Gathering.neighbourhood_id == span.neighbourhood_id, *days)):
        yield Event("", (who,))


GUESTS = Measure(
    "guests", _l("Who came to a gathering?"), Mechanism.CONTACTS, _l("Neighbours"),
    _l("neighbours came to a gathering"),
    _l("Who came without playing along. They are counted on the spot, and are no names here."), _guests,
)  # fmt: skip

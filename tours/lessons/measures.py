"""How many crews of pupils were out with a lesson. Of a pupil nothing is known, so a crew is what counts."""

from collections.abc import Iterator

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.classes.models import Crew, SchoolClass
from core.database import db
from core.measures.measure import MEASURES, Event, Measure, Mechanism, Span


def init_app(app: Flask) -> None:
    """Register it."""
    MEASURES.add(app, CREWS.name, CREWS, order=62)


def _count(span: Span) -> Iterator[Event]:
    """On paper or with a device. A class goes thirty days after its day: no season is longer."""
    crews = select(Crew.key).join(SchoolClass, SchoolClass.id == Crew.class_id)
    days = (SchoolClass.day >= span.first, SchoolClass.day < span.until)
    there = Crew.joined_at.is_not(None) | Crew.on_paper
    for crew in db.session.scalars(crews.where(SchoolClass.neighbourhood_id == span.neighbourhood_id, *days, there)):
        yield Event("", (crew,))


CREWS = Measure(
    "crews", _l("How many pupils learned outside?"), Mechanism.MORE, _l("Crews"),
    _l("crews of 3 to 5 pupils had a lesson here"),
    _l("Which children or schools. Those are not kept."), _count, of_events=True,
)  # fmt: skip

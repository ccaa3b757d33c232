"""The print list: which sheets of which walk were printed, and which of them name a story that is gone. No person."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from core import clock
from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from tours.stories import queries as stories
from tours.stories.models import Story
from tours.walks.models import Named, Printed, Refused, Tour
from tours.walks.on_paper import Piece

MAP, CODES, BOOKLET, LARGE = "map", "codes", "booklet", "large"
IN_FULL = (BOOKLET, LARGE)
SHEETS = {MAP: _l("Walking map"), CODES: _l("Codes of the stops"), BOOKLET: _l("Booklet"),
          LARGE: _l("Walk, in large print")}  # fmt: skip
MOST = 100


def note(tour: Tour, sheet: str, found: Sequence[Piece]) -> None:
    """A maker opened this sheet to print it, with these stories on it: once a day for each version of the walk.

    Opened again after it was replaced, it counts as new.
    """
    this = {"tour_id": tour.id, "sheet": sheet, "version": tour.version, "printed_on": clock.today()}
    db.session.execute(insert_into(Printed, dialect()).values(this).on_conflict_do_nothing())
    printed = db.session.scalars(select(Printed).filter_by(**this).with_for_update()).one()
    if printed.replaced_at:
        printed.replaced_at = None
        db.session.execute(delete(Named).where(Named.printed_id == printed.id))
    named = [one.shown.stop.story_id for one in found if one.shown.stop.story_id]
    rows = [{"printed_id": printed.id, "story_id": story, "in_full": False} for story in named]
    if rows:
        db.session.execute(insert_into(Named, dialect()).values(rows).on_conflict_do_nothing())
    full = [one.shown.stop.story_id for one in found if one.is_full and sheet in IN_FULL]
    on_it = (Named.printed_id == printed.id, Named.story_id.in_(full))
    db.session.execute(update(Named).where(*on_it).values(in_full=True))
    db.session.flush()


def to_replace(neighbourhood_id: int) -> Sequence[tuple[Printed, Tour]]:
    """The sheets on which a story stands that may not stand there any more, the oldest first."""
    names = select(Named.story_id).join(Story, Story.id == Named.story_id)
    gone = names.where(Named.printed_id == Printed.id, _is_gone()).correlate(Printed).exists()
    found = select(Printed, Tour).join(Tour, Tour.id == Printed.tour_id)
    found = found.where(Tour.neighbourhood_id == neighbourhood_id, Printed.replaced_at.is_(None), gone)
    return [(one, tour) for one, tour in db.session.execute(found.order_by(Printed.printed_on, Printed.id).limit(MOST))]


def replace(tour: Tour, printed: int) -> None:
    """All of this sheet were replaced, or thrown away. Raises Refusal for a sheet that is not of this walk."""
    one = db.session.scalar(select(Printed).where(Printed.id == printed, Printed.tour_id == tour.id).with_for_update())
    if one is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    one.replaced_at = one.replaced_at or clock.now()
    db.session.flush()


def _is_gone() -> ColumnElement[bool]:
    """Of a Named joined with its Story: it may not stand so on that sheet now."""
    no = select(Refused.tour_id).where(Refused.tour_id == Printed.tour_id, Refused.story_id == Named.story_id)
    said_no = no.correlate(Printed, Named).exists()
    return or_(~stories.can_be_in_walks(), said_no, and_(Named.in_full, ~stories.can_be_printed()))

"""What the clockwork does: walks whose stories left are solved anew, and their makers are told to look.

Nobody waits for it: what left is not shown from the moment that it did (queries.py).
"""

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from core import clock
from core.consent.surfaces import Gone
from core.database import db, writing
from tours.stories.models import Story
from tours.walks import queries, service
from tours.walks.models import PUBLIC, State, Stop, Tour

BATCH = 50


def sweep() -> int:
    """How many walks were looked at again."""
    lacks = _lacks_some()
    changed = or_(and_(Tour.state == State.PUBLISHED, lacks), and_(Tour.state == State.NEEDS_ATTENTION, ~lacks))
    due = select(Tour.id).where(or_(Tour.due_at <= clock.now(), changed)).order_by(Tour.id).limit(BATCH)
    return sum(_looked(one) for one in db.session.scalars(due).all())


def drop(gone: Gone) -> None:
    """A story may not be seen or heard in walks, or not at all, any more: the walks with it are due."""
    with_it = select(Stop.tour_id).join(Story).where(Story.key == gone.key)
    db.session.execute(update(Tour).where(Tour.id.in_(with_it)).values(due_at=clock.now()))


def _lacks_some() -> ColumnElement[bool]:
    shown = select(Stop.id).join(Stop.spot).outerjoin(Stop.story).where(queries.is_live())
    return exists().where(Stop.tour_id == Tour.id, Stop.id.not_in(shown.correlate(None)))


def _looked(one: int) -> bool:
    with writing():
        tour = db.session.scalar(select(Tour).where(Tour.id == one).with_for_update())
        if tour is None or (tour.due_at is None and tour.state not in PUBLIC):
            return False
        service.look_again(tour)
    return True

"""What must hold of gatherings: each move has its place and time, and no child is named among who was there."""

from sqlalchemy import func, select

from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.steps.invariants import Looked
from core.steps.models import Step
from game.gatherings.course import COURSE, MOVED
from game.gatherings.models import Attendance, Gathering, Move


def look() -> Looked:
    """All gatherings of this site."""
    many = select(func.count()).where(Move.gathering == Step.about).scalar_subquery()
    moved = select(Step.about).where(Step.kind == COURSE.kind, Step.state == MOVED).group_by(Step.about)
    moved = moved.having(func.count() != many)
    named = select(Attendance.gathering).join(PlayerKeyLine, PlayerKeyLine.key == Attendance.who).join(Person)
    named = named.where(Attendance.shows_name, Person.is_young)
    things = db.session.scalars(select(Gathering.key)).all()
    faults = [
        f"gathering {key}: {fault}"
        for fault, found in (("moved to no place", moved), ("a child is named", named))
        for key in db.session.scalars(found)
    ]
    return Looked(len(things), faults)

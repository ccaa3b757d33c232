"""What must hold of promises: each change has its day, who made one is not against it, no child is named."""

from sqlalchemy import func, select

from core.contributions.models import Contribution
from core.database import db
from core.people.models import Person, PlayerKeyLine
from core.steps.invariants import Looked
from core.steps.models import Step
from game.promises.course import CHANGED, COURSE
from game.promises.models import Against, NewDay, Promise


def look() -> Looked:
    """All promises of this site."""
    many = select(func.count()).where(NewDay.promise == Step.about).scalar_subquery()
    changed = select(Step.about).where(Step.kind == COURSE.kind, Step.state == CHANGED).group_by(Step.about)
    changed = changed.having(func.count() != many)
    own = select(Against.promise).join(Contribution, Contribution.key == Against.promise)
    own = own.where(Contribution.who == Against.who)
    named = select(Against.promise).join(PlayerKeyLine, PlayerKeyLine.key == Against.who).join(Person)
    named = named.where(Against.shows_name, Person.is_young)
    things = db.session.scalars(select(Promise.key)).all()
    faults = [
        f"promise {key}: {fault}"
        for fault, found in (("changed to no day", changed), ("against an own one", own), ("a child is named", named))
        for key in db.session.scalars(found)
    ]
    return Looked(len(things), faults)

"""What must hold of ideas: nobody decided about an own one, or twice about an appeal, and nobody signed an own one."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.contributions.models import Contribution
from core.database import db
from core.steps.invariants import Looked
from core.steps.models import Step
from game.ideas.course import COURSE, EDITOR, NOT_NOW, REVERSED, UPHELD
from game.ideas.models import CoSign, Idea, Merged


def look() -> Looked:
    """All ideas of this site."""
    sent = Contribution.kind == COURSE.kind
    own = select(Step.about).join(Contribution, Contribution.key == Step.about)
    own = own.where(sent, Step.kind == COURSE.kind, Step.as_what == EDITOR, Step.by == Contribution.who)
    first, second = aliased(Step), aliased(Step)
    twice = select(second.about).join(first, (first.about == second.about) & (first.by == second.by))
    of_both = (first.kind == COURSE.kind, second.kind == COURSE.kind)
    twice = twice.where(*of_both, first.state == NOT_NOW, second.state.in_((UPHELD, REVERSED)))
    signed = select(CoSign.idea).join(Contribution, Contribution.key == CoSign.idea)
    signed = signed.where(sent, CoSign.who == Contribution.who)
    around = aliased(Merged)
    chained = select(Merged.idea).join(around, around.idea == Merged.into)
    things = db.session.scalars(select(Idea.key)).all()
    faults = [
        f"idea {key}: {fault}"
        for fault, found in (
            ("decided by who sent it", own), ("looked at again by who decided", twice),
            ("signed by who sent it", signed), ("goes on in one that goes on in another", chained),
        )
        for key in db.session.scalars(found)
    ]  # fmt: skip
    return Looked(len(things), faults)

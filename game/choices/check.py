"""What must hold of choices: nobody is counted who may not vote, nothing is kept that a close takes away."""

from collections.abc import Iterator

from sqlalchemy import func, select

from core.database import db
from core.steps.invariants import Looked
from game.choices.models import Choice, Count, OpenVote, Outcome, Voter


def look() -> Looked:
    """All choices of this site."""
    found = db.session.scalars(select(Choice)).all()
    return Looked(len(found), [f"choice {one.key}: {fault}" for one in found for fault in _faults(one)])


def _faults(choice: Choice) -> Iterator[str]:
    counted = _sum(func.sum(Count.votes), Count.choice_id == choice.id)
    open_ = _sum(func.count(OpenVote.who), OpenVote.choice_id == choice.id)
    if counted + open_ > choice.voters:
        yield "more votes than voters"
    if choice.is_secret and open_:
        yield "a secret vote with a name"
    if choice.emptied_at and _sum(func.count(Voter.who), Voter.choice_id == choice.id):
        yield "a list of voters after the close"
    if choice.is_open and _sum(func.count(Outcome.id), Outcome.choice_id == choice.id):
        yield "an outcome before the close"
    if choice.counted_by and choice.counted_by == choice.counted_too:
        yield "paper that one person counted"


def _sum(what: object, where: object) -> int:
    return db.session.scalar(select(what).where(where)) or 0  # type: ignore[call-overload]

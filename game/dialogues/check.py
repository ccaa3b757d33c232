"""What must hold of dialogues: two at a card; under what was learned only who sits there, for its very words."""

from collections.abc import Iterator

from sqlalchemy import func, select

from core.database import db
from core.steps.invariants import Looked
from game.dialogues.models_talk import TWO, Insight, Seat, Signature, Talk, hash_of


def look() -> Looked:
    """All talks of this site."""
    things = db.session.scalar(select(func.count()).select_from(Talk)) or 0
    return Looked(things, [f"talk {key}: {fault}" for key, fault in _faults()])


def _faults() -> Iterator[tuple[str, str]]:
    full = select(Talk.key).join(Seat, Seat.talk_id == Talk.id).where(Talk.hour_id.is_not(None))
    for key in db.session.scalars(full.group_by(Talk.id, Talk.key).having(func.count() > TWO)):
        yield key, "more than two at one card"
    elsewhere = select(Talk.key).join(Insight, Insight.talk_id == Talk.id)
    elsewhere = elsewhere.join(Signature, Signature.insight_id == Insight.id).join(Seat, Seat.id == Signature.seat_id)
    for key in db.session.scalars(elsewhere.where(Seat.talk_id != Talk.id)):
        yield key, "signed by who does not sit there"
    for key, insight in db.session.execute(select(Talk.key, Insight).join(Insight, Insight.talk_id == Talk.id)):
        if insight.hash != hash_of(insight.words, insight.language):
            yield key, "other words than its hash says"

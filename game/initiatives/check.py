"""What must hold of initiatives: who leads one is named and would lead it, and nobody sees to a need who left."""

from sqlalchemy import func, or_, select

from core.database import db
from core.steps.invariants import Looked
from game.initiatives.models import Initiative, Need, Participant, Taker


def look() -> Looked:
    """All initiatives of this site."""
    leads = select(Initiative.key).join(Participant, Participant.initiative_id == Initiative.id)
    hidden = or_(~Participant.would_lead, ~Participant.shows_name)
    nameless = leads.where(Participant.leads, hidden)
    takes = select(Initiative.key).join(Need, Need.initiative_id == Initiative.id).join(Taker, Taker.need_id == Need.id)
    here = (Participant.initiative_id == Initiative.id) & (Participant.who == Taker.who)
    left = takes.outerjoin(Participant, here).where(Participant.id.is_(None))
    many = takes.group_by(Initiative.key, Need.id, Need.many).having(func.count() > Need.many)
    things = db.session.scalar(select(func.count()).select_from(Initiative)) or 0
    faults = [
        f"initiative {key}: {fault}"
        for fault, found in (
            ("led by who is not named", nameless), ("a need is seen to by who left", left),
            ("more see to a need than it takes", many),
        )
        for key in db.session.scalars(found)
    ]  # fmt: skip
    return Looked(things, faults)

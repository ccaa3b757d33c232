"""After the close: the list of who may vote, and did, goes from every choice."""

from sqlalchemy import select

from core import clock
from core.database import db, leave_no_traces, writing
from game.choices import service
from game.choices.models import Choice


def empty() -> int:
    """Let the lists go that are no longer needed; how many those were. The result does not wait for it."""
    due = select(Choice.id).where(Choice.closes_at <= clock.now(), Choice.emptied_at.is_(None))
    found = db.session.scalars(due.order_by(Choice.id)).all()
    for id_ in found:
        with writing():
            service.empty(db.session.get_one(Choice, id_, with_for_update=True))
    if found:
        leave_no_traces()
    return len(found)

"""What the clockwork does for the desk: what an undo would put back goes once nobody can undo it any more."""

from sqlalchemy import select, update

from core import clock
from core.database import db, writing
from core.desk.models import Decision
from core.desk.reasons import UNDO_WITHIN

BATCH = 500


def sweep() -> int:
    """How many decisions cannot be undone since the last sweep."""
    over = (Decision.before.is_not(None), Decision.at <= clock.now() - UNDO_WITHIN)
    ids = db.session.scalars(select(Decision.id).where(*over).limit(BATCH)).all()
    if ids:
        with writing():
            db.session.execute(update(Decision).where(Decision.id.in_(ids)).values(before=None))
    return len(ids)

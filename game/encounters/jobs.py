"""What the clockwork does for encounters: it ends what nobody answered, and drops old codes."""

from datetime import timedelta

from sqlalchemy import delete

from core import clock
from core.database import db, writing
from game.encounters import queries, service
from game.encounters.models import Code

BATCH = 200
A_DAY = timedelta(days=1)  # as long as a code that is over is told from one that never was


def sweep() -> int:
    """How many meetings ended."""
    ended = 0
    for encounter_id in queries.overdue(BATCH):
        with writing():
            ended += service.expire(encounter_id)
    with writing():
        db.session.execute(delete(Code).where(Code.valid_until < clock.now() - A_DAY))
    return ended

"""What the clockwork does: each surface drops what was withdrawn, and a yes that lapsed is ended.

The row is the queue. A try is counted before it is made, so that one which kills the sweep counts too; each is made in
a transaction of its own, and a surface that fails keeps no other back. It is tried on, ever more slowly, at least once
an hour: `flask withdrawals` names what is late.
"""

import logging
from datetime import timedelta

from sqlalchemy import select, update

from core import clock
from core.consent import queries, service
from core.consent.models import Due
from core.consent.surfaces import SURFACES, Gone
from core.database import db, writing

BATCH = 200
SLOWEST = 60  # minutes between two tries
log = logging.getLogger(__name__)


def sweep() -> int:
    """How much lapsed, and how often a surface dropped something."""
    return _lapse() + _drop()


def try_again() -> None:
    """Try what is late with the next sweep, once an operator mended the cause."""
    with writing():
        db.session.execute(update(Due).where(Due.done_at.is_(None)).values(due_at=clock.now()))


def _lapse() -> int:
    return sum(_ended(kind, thing) for kind, thing in queries.lapsed())


def _ended(kind: str, thing: int) -> bool:
    try:
        with writing():
            service.lapse(kind, thing)
    except Exception:  # nobody sees it any more either way; the next tick tries again, and the other things go on
        log.exception("what lapsed of %s %s was not ended", kind, thing)
        return False
    return True


def _drop() -> int:
    found = db.session.scalars(select(Due.id).where(queries.is_due()).order_by(Due.due_at, Due.id).limit(BATCH)).all()
    return sum(_counted(one) and _dropped(one) for one in found)


def _counted(one: int) -> bool:
    """Whether this try is ours: another clockwork may have begun it."""
    with writing():
        ours = db.session.scalar(select(Due).where(Due.id == one, queries.is_due()).with_for_update())
        if ours:
            ours.tries += 1
            ours.due_at = clock.now() + timedelta(minutes=min(2 ** (ours.tries - 1), SLOWEST))
    return ours is not None


def _dropped(one: int) -> bool:
    try:
        with writing():
            due = db.session.scalar(select(Due).where(Due.id == one, Due.done_at.is_(None)).with_for_update())
            if due:
                _surface_drops(due)
    except Exception:  # a surface's fault may not keep the others back: the row stays due
        log.exception("%s was not dropped", one)
        return False
    return due is not None


def _surface_drops(due: Due) -> None:
    surface = SURFACES.of(due.surface)
    if surface is None:
        raise LookupError(f"no surface {due.surface}")
    surface.drop(Gone(due.kind, due.thing, due.key, due.use))
    due.done_at = clock.now()

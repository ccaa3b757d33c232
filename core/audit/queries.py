"""Reading the log."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.audit.models import AuditEntry
from core.database import db

PAGE = 50


def of(
    neighbourhood_id: int, actions: Collection[str] | None = None, before: str | None = None, limit: int = PAGE + 1
) -> Sequence[AuditEntry]:
    """The acts of one neighbourhood, the last first: of these actions, or all for None.

    `before` is the hash to go on from; one that is not of this neighbourhood does nothing.
    """
    mine = AuditEntry.neighbourhood_id == neighbourhood_id
    wanted = select(AuditEntry).where(mine).order_by(AuditEntry.id.desc()).limit(limit)
    if actions is not None:
        wanted = wanted.where(AuditEntry.action.in_(actions))
    last = db.session.scalar(select(AuditEntry.id).where(mine, AuditEntry.hash == before)) if before else None
    return db.session.scalars(wanted.where(AuditEntry.id < last) if last else wanted).all()

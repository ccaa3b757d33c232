"""Recording an act, and checking that none was altered since."""

from collections.abc import Iterator

from sqlalchemy import func, select

from core import clock
from core.audit.models import FIRST, AuditEntry
from core.database import db, dialect

COMMAND_LINE = "admin"  # the role of whoever may use the command line (docs/rules.md §3)
LINE = 7_211_984  # any number: whoever writes to the log on PostgreSQL waits for it, so that entries follow one another


def record(
    action: str, about: str, neighbourhood_id: int | None, actor: str | None = None, role: str = COMMAND_LINE,
    reason: str | None = None,
) -> AuditEntry:  # fmt: skip
    """Add an entry, in the transaction of the act itself: one does not stand without the other.

    `actor` is a player key, None for the command line; `about` the key of what it was done to.
    """
    if dialect() != "sqlite":
        db.session.execute(select(func.pg_advisory_xact_lock(LINE)))
    last = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    entry = AuditEntry(
        neighbourhood_id=neighbourhood_id, at=clock.now(), actor=actor, role=role, action=action, about=about,
        reason=reason, before=last or FIRST,
    )  # fmt: skip
    entry.hash = entry.seal()
    db.session.add(entry)
    db.session.flush()
    return entry


def faults() -> Iterator[str]:
    """What is wrong with the log, in the order of its entries: something altered, or something gone."""
    before = FIRST
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)):
        if entry.before != before:
            yield f"entry {entry.id}: something before it is gone or was moved"
        if entry.hash != entry.seal():
            yield f"entry {entry.id}: it was altered"
        before = entry.hash


def length() -> int:
    """How many entries there are."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def head() -> str:
    """The hash of the last entry. Kept elsewhere, it shows later whether the end of the log was cut off."""
    return db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or FIRST


def has(seal: str) -> bool:
    """Whether an entry with this hash is still there."""
    return seal == FIRST or db.session.scalar(select(AuditEntry.id).where(AuditEntry.hash == seal)) is not None

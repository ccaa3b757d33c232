"""Erasing oneself: gone for everybody at once, a day to think again on the same phone, then gone for good.

What the ledger needs stays under a player key that means nobody (docs/rules.md §4; docs/decisions/0008-erasure.md).
"""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, personal_data
from core.database import Id, Model, Moment, PlayerKey, db, dialect, writing
from core.people import names, queries
from core.people.models import Device, Person
from core.refusal import Refusal, Sort

UNDO_WITHIN = timedelta(hours=24)
TRACES = timedelta(minutes=10)  # how long after an erasure SQLite's write-ahead log is emptied
BATCH = 50


class Erasure(Model):
    """That a player asked to be erased. The row stays, so that a restored back-up erases them again."""

    __tablename__ = "erasure"

    id: Mapped[Id]
    player: Mapped[PlayerKey] = mapped_column(unique=True)
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment] = mapped_column(index=True)
    device_id: Mapped[int | None]  # the phone that may undo it; None once it is done
    done_at: Mapped[Moment | None]


def ask(person: Person, typed_name: str, device: Device | None) -> Erasure:
    """Erase somebody: they are not here any more for anybody, at once; a day later everything about them goes.

    `typed_name` asks again. Raises Refusal when it is not theirs.
    """
    if names.spelled(typed_name).casefold() != person.name.casefold():
        raise Refusal(_l("That is not your name. Type it as it stands above."), Sort.INVALID, field="name")
    queries.lock((person.player_key,))
    before = db.session.scalar(select(Erasure).where(Erasure.player == person.player_key))
    if before:
        return before  # of two presses of one button
    person.leaving_at = clock.now()
    asked = Erasure(
        player=person.player_key, asked_at=person.leaving_at, due_at=person.leaving_at + UNDO_WITHIN,
        device_id=device.id if device else None,
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    for data in personal_data.SORTS.all():
        data.hide(asked.player, asked.asked_at, asked.due_at)
    return asked


def of_phone(device: Device | None) -> Erasure | None:
    """What this phone may still undo."""
    if device is None or device.ended_at is not None or device.person.leaving_at is None:
        return None
    mine = (Erasure.player == device.person.player_key, Erasure.device_id == device.id)
    return db.session.scalar(select(Erasure).where(*mine, Erasure.done_at.is_(None), Erasure.due_at > clock.now()))


def undo(device: Device | None) -> Person:
    """Come back, on the phone that asked, within a day. Raises Refusal when there is nothing to undo here."""
    asked = of_phone(device)
    if asked is None or device is None:
        raise Refusal(_l("There is nothing to undo on this phone."), Sort.GONE)
    queries.lock((asked.player,))
    person = device.person
    for data in personal_data.SORTS.all():
        data.bring_back(asked.player, asked.asked_at)
    person.leaving_at = None
    db.session.delete(asked)
    db.session.flush()
    return person


def sweep() -> int:
    """Erase the people whose waiting day is over, each in one transaction; how many. Killed halfway, it starts anew."""
    due = select(Erasure.id).where(Erasure.done_at.is_(None), Erasure.due_at <= clock.now()).limit(BATCH)
    erased = sum(_erase(asked) for asked in db.session.scalars(due).all())
    lately = select(Erasure.id).where(Erasure.done_at > clock.now() - TRACES)
    if dialect() == "sqlite" and db.session.scalar(lately.limit(1)):
        _empty_the_log_of_changes()
    return erased


def _erase(erasure_id: int) -> bool:
    with writing():
        wanted = select(Erasure).where(Erasure.id == erasure_id, Erasure.done_at.is_(None)).with_for_update()
        asked = db.session.scalar(wanted)
        if asked is None or asked.due_at > clock.now():
            return False
        if queries.whoever(asked.player):
            for data in reversed(personal_data.SORTS.all()):  # higher slices point at lower ones
                data.erase(asked.player)
                db.session.flush()
        asked.done_at, asked.device_id = clock.now(), None
    return True


def _empty_the_log_of_changes() -> None:
    """SQLite writes zeros over what is deleted (core/database.py); its write-ahead log still has the old pages.

    Who reads at this very moment keeps it from being emptied: then the next sweeps try again.
    """
    db.session.rollback()
    raw = db.engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()

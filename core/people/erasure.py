"""Erasing oneself: gone for everybody at once, a day to think again on the same phone, then gone for good.

What the ledger needs stays under a player key that means nobody (docs/rules.md §4; docs/decisions/0008-erasure.md).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, personal_data, staying
from core.database import Id, Model, Moment, PlayerKey, db, leave_no_traces, writing
from core.people import names, queries
from core.people.models import Device, Person
from core.refusal import Refusal, Sort
from core.staying import Heir

UNDO_WITHIN = timedelta(hours=24)
TRACES = timedelta(minutes=10)  # how long after an erasure SQLite's file is written anew and its log emptied
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
    stays: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # while it can be undone: what went where


def must_be_theirs(person: Person, typed_name: str) -> None:
    """Raises Refusal for another name than their own, which asks again whether they mean it."""
    if names.spelled(typed_name).casefold() != person.name.casefold():
        raise Refusal(_l("That is not your name. Type it as it stands above."), Sort.INVALID, field="name")


def ask(person: Person, typed_name: str, device: Device | None, heir: Heir | None = None) -> Erasure:
    """Erase somebody: they are not here any more for anybody, at once; a day later everything about them goes.

    `heir`: under which receipt that stays which may (core/staying.py); None where it goes too. Raises Refusal when
    `typed_name` is not theirs.
    """
    must_be_theirs(person, typed_name)
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
    if heir:
        asked.stays = {"subject": heir.subject, "before": staying.move(asked.player, heir)}
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
    if asked.stays:
        staying.back(asked.stays["subject"], asked.player, asked.stays["before"])
    person.leaving_at = None
    db.session.delete(asked)
    db.session.flush()
    return person


def sweep() -> int:
    """Erase the people whose waiting day is over, each in one transaction; how many. Killed halfway, it starts anew."""
    due = select(Erasure.id).where(Erasure.done_at.is_(None), Erasure.due_at <= clock.now()).limit(BATCH)
    erased = sum(_erase(asked) for asked in db.session.scalars(due).all())
    lately = select(Erasure.id).where(Erasure.done_at > clock.now() - TRACES)
    if db.session.scalar(lately.limit(1)):
        leave_no_traces()
    return erased


def _erase(erasure_id: int) -> bool:
    with writing():
        wanted = select(Erasure).where(Erasure.id == erasure_id, Erasure.done_at.is_(None)).with_for_update()
        asked = db.session.scalar(wanted)
        if asked is None or asked.due_at > clock.now():
            return False
        if asked.stays:
            staying.settle(asked.stays["subject"])
        _erase_all(asked.player)
        asked.done_at, asked.device_id, asked.stays = clock.now(), None, None  # nothing leads from one to the other
    return True


def erased_since(moment: datetime) -> Iterable[tuple[str, datetime]]:
    """Who was erased from a moment on, and when."""
    done = select(Erasure.player, Erasure.done_at).where(Erasure.done_at >= moment)
    return [(player, at) for player, at in db.session.execute(done) if at]


def erase_again(player: str) -> None:
    """They were erased since the back-up from which they are here again."""
    if queries.whoever(player):
        db.session.execute(delete(Erasure).where(Erasure.player == player))
        now = clock.now()
        db.session.add(Erasure(player=player, asked_at=now, due_at=now, done_at=now))
        _erase_all(player)


def _erase_all(player: str) -> None:
    """Everything about them, where they are still here."""
    if queries.whoever(player):
        for data in reversed(personal_data.SORTS.all()):  # higher slices point at lower ones
            data.erase(player)
            db.session.flush()

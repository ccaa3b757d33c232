"""What somebody handed in stays when they are erased, under a receipt (core/staying.py): of the kinds that say so.

Nothing about it names them any more: not what was handed in, its versions and signatures, its yeses, nor what the desk
said of it. What it says, and when who said yes to what, is as it was. Of somebody younger than 16 nothing stays.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from core import clock
from core.consent import service as consent
from core.contributions import kinds, queries
from core.contributions.kinds import Kind
from core.contributions.models import Contribution, HandedOver
from core.database import db
from core.desk import service as desk
from core.people import queries as people
from core.receipts import service as receipts
from core.receipts.models import Receipt
from core.staying import Before, Heir, Staying


def of(kind: Kind) -> Staying:
    """What may stay of a kind."""

    def many(player: str) -> int:
        return 0 if people.any_young([player]) else queries.how_many(player, kind.name)

    def move(player: str, heir: Heir) -> Before:
        theirs = [] if people.any_young([player]) else _theirs(kind, player)
        return {one.key: hand_over(one, heir.subject) for one in theirs}

    def back(subject: str, player: str, before: Before) -> None:
        for one in _theirs(kind, subject):
            _rename(one, player)
            if had := before.get(one.key):
                one.named, one.called = had["named"], had["called"]
                kind.named_again(one, had["kind"])

    def settle(subject: str) -> None:
        db.session.add_all([HandedOver(key=one.key, at=clock.now()) for one in _theirs(kind, subject)])

    return Staying(move, back, settle, many, kind.words.own)


def hand_over(one: Contribution, subject: str) -> Before:
    """It hangs on this subject from now on, and no name stands with it; what it takes to undo that."""
    kind = kinds.of(one.kind)
    _rename(one, subject)
    before = {"named": one.named, "called": one.called, "kind": kind.nameless(one)}
    one.named, one.called = False, ""
    db.session.flush()
    return before


def since(moment: datetime) -> Iterable[tuple[str, datetime]]:
    """What stays for good from a moment on: as key/subject/key of the receipt/hash of its secret."""
    found = (
        select(HandedOver.key, Contribution.who, Receipt.key, Receipt.code_hash, HandedOver.at)
        .join(Contribution, Contribution.key == HandedOver.key)
        .join(Receipt, Receipt.subject == Contribution.who)
        .where(HandedOver.at >= moment)
    )
    return [("/".join(line), at) for *line, at in db.session.execute(found)]


def again(line: str) -> None:
    """It stays under that receipt, also in a back-up of before, where it is still somebody's."""
    key, subject, receipt, code_hash = line.split("/")
    one = db.session.scalar(select(Contribution).where(Contribution.key == key).options(queries.WHOLE))
    if one is None:
        return
    receipts.keep(one.neighbourhood_id, subject, code_hash, receipt)
    if one.who != subject:
        hand_over(one, subject)
    if db.session.scalar(select(HandedOver.id).where(HandedOver.key == key)) is None:
        db.session.add(HandedOver(key=key, at=clock.now()))
    db.session.flush()


def _theirs(kind: Kind, who: str) -> Sequence[Contribution]:
    """Held until the end of the transaction: no editor decides about it meanwhile."""
    theirs = select(Contribution).where(Contribution.who == who, Contribution.kind == kind.name).options(queries.WHOLE)
    return db.session.scalars(theirs.order_by(Contribution.id).with_for_update(of=Contribution)).all()


def _rename(one: Contribution, new: str) -> None:
    old, one.who = one.who, new
    for version in one.versions:
        version.by = new if version.by == old else version.by
        for approval in version.approvals:
            approval.who = new if approval.who == old else approval.who
            approval.entered_by = new if approval.entered_by == old else approval.entered_by
    consent.rename(one.kind, one.id, old, new)
    desk.rename(one.kind, one.key, old, new)
    db.session.flush()

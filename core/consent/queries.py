"""Who allows what now, and what copies must drop. A yes counts or does not in the question itself, at once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core import clock
from core.consent.models import Consent, Due, Showing
from core.consent.things import KINDS
from core.database import db, some_at_a_time

Thing = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | int
REVOCATIONS = 100
LATE = 5  # tries, before somebody has to look


def stands() -> ColumnElement[bool]:
    """A consent was not ended and did not lapse."""
    return and_(Consent.ended_at.is_(None), or_(Consent.until.is_(None), Consent.until > clock.now()))


def to(kind: str, thing: Thing, use: str, who: str | None = None) -> ColumnElement[bool]:
    """A consent is one to this use of a thing (its id, or the column of it in the owner's question), and counts."""
    this = and_(Consent.kind == kind, Consent.thing == thing, Consent.use == use, stands())
    return and_(this, Consent.who == who) if who else this


def everybody(kind: str, thing: Thing, use: str, people: Thing = 1) -> ColumnElement[bool]:
    """As many people said yes to this use of a thing as are in it: of each, one stands at a time."""
    said = select(func.count(Consent.id)).where(to(kind, thing, use))
    return said.correlate_except(Consent).scalar_subquery() == people


def allows(kind: str, thing: Thing, use: str, who: str) -> ColumnElement[bool]:
    """This one said yes to this use of a thing."""
    return select(Consent.id).where(to(kind, thing, use, who)).correlate_except(Consent).exists()


def may_be_seen(kind: str, thing: int, use: str, people: int = 1) -> bool:
    """Whether all people in one thing allow this use of it now."""
    return bool(db.session.scalar(select(everybody(kind, thing, use, people))))


# ---- what copies must drop


def showings(kind: str, thing: int) -> Sequence[Showing]:
    """Where a thing can be seen now, as noted."""
    noted = select(Showing).where(Showing.kind == kind, Showing.thing == thing, Showing.until.is_(None))
    return db.session.scalars(noted).all()


def shown(kind: str, things: Collection[int]) -> set[int]:
    """Those of these things that can be seen somewhere now, as noted."""
    noted = select(Showing.thing).where(Showing.kind == kind, Showing.until.is_(None))
    return {one for some in some_at_a_time(things) for one in db.session.scalars(noted.where(Showing.thing.in_(some)))}


def revocations(
    neighbourhood_id: int, kind: str, after: tuple[str, str] | None = None
) -> Sequence[tuple[str, str, datetime]]:
    """What could be seen and no longer can: key, use and moment, newest first; `after` is the one to go on from."""
    again, here = aliased(Showing), (Showing.neighbourhood_id == neighbourhood_id, Showing.kind == kind)
    same = (again.kind == Showing.kind, again.thing == Showing.thing, again.key == Showing.key)
    shown_again = select(again.id).where(*same, again.use == Showing.use)
    wanted = (
        select(Showing.key, Showing.use, func.max(Showing.until))
        .where(*here, Showing.until.is_not(None), ~shown_again.where(again.until.is_(None)).exists())
        .group_by(Showing.key, Showing.use)
    ).subquery()
    order = (wanted.c[2], wanted.c.key, wanted.c.use)
    page = select(wanted).order_by(*(column.desc() for column in order)).limit(REVOCATIONS + 1)
    if after:
        last = select(func.max(Showing.until)).where(*here, Showing.key == after[0], Showing.use == after[1])
        page = page.where(tuple_(*order) < tuple_(last.scalar_subquery(), *after))
    return [(key, use, at) for key, use, at in db.session.execute(page)]


def is_due() -> ColumnElement[bool]:
    """Something is to be dropped, and to be tried now."""
    return and_(Due.done_at.is_(None), Due.due_at <= clock.now())


def late() -> Sequence[Due]:
    """What some surface would not drop in so many tries, the oldest first. It is tried on."""
    stuck = select(Due).where(Due.done_at.is_(None), Due.tries >= LATE)
    return db.session.scalars(stuck.order_by(Due.id)).all()


def lapsed() -> Sequence[tuple[str, int]]:
    """Things to which a yes lapsed that was not ended yet."""
    over = select(Consent.kind, Consent.thing).where(Consent.ended_at.is_(None), Consent.until <= clock.now())
    return [(kind, thing) for kind, thing in db.session.execute(over.distinct())]


# ---- one's own data


def export(who: str) -> list[dict[str, Any]]:
    """Each yes that somebody gave."""
    given = db.session.scalars(select(Consent).where(Consent.who == who).order_by(Consent.id)).all()
    keys = {
        name: kind.keys({one.thing for one in given if one.kind == name})
        for name, kind in KINDS.named().items()
        if any(one.kind == name for one in given)
    }
    return [_exported(one, keys.get(one.kind, {}).get(one.thing)) for one in given]


def _exported(one: Consent, key: str | None) -> dict[str, Any]:
    over = one.ended_at or one.until
    return {
        "to": one.kind, "key": key, "for": one.use, "how": one.how, "version": one.version,
        "from": one.given_at.isoformat(), "until": over.isoformat() if over else None,
        "ended_by_me": one.ended_by == one.who,
    }  # fmt: skip


def ended_since(moment: datetime) -> Iterable[tuple[str, datetime]]:
    """Each yes that was ended from a moment on and that nobody gave again, by its id, which leads to nobody."""
    again = aliased(Consent)
    same = and_(*(getattr(again, name) == getattr(Consent, name) for name in ("kind", "thing", "use", "who")))
    stands_again = select(again.id).where(same, again.ended_at.is_(None)).exists()
    ended = select(Consent).where(Consent.ended_at >= moment, ~stands_again)
    for one in db.session.scalars(ended):
        if one.ended_at:
            yield str(one.id), one.ended_at

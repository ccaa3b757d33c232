"""Saying yes, ending it, and noting where a thing may be seen, so that each copy of it goes in the end."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, update

from core import clock, codes
from core.consent import queries
from core.consent.models import Consent, Due, How, Showing
from core.consent.surfaces import SURFACES
from core.consent.things import KINDS
from core.database import db, dialect, insert_into, some_at_a_time


def give(
    kind: str, thing: int, who: str, uses: Collection[str], how: How = How.SCREEN, version: str | None = None,
    until: datetime | None = None,
) -> None:  # fmt: skip
    """Record somebody's yes to these uses of a thing, each once while it stands.

    A yes to another version or until another moment takes the place of the one before. Two phones that say the same at
    once leave one.
    """
    if not uses:
        return
    same = and_(Consent.version.is_not_distinct_from(version), Consent.until.is_not_distinct_from(until))
    theirs = (Consent.kind == kind, Consent.thing == thing, Consent.who == who, Consent.use.in_(uses))
    _end(who, *theirs, or_(~same, _is_over()))
    row = {"kind": kind, "thing": thing, "who": who, "how": how, "version": version, "until": until}
    rows = [{**row, "use": use, "given_at": clock.now()} for use in sorted(uses)]
    db.session.execute(insert_into(Consent, dialect()).values(rows).on_conflict_do_nothing())


def end(kind: str, thing: int, who: str, uses: Collection[str], by: str | None) -> None:
    """End somebody's yes to these uses of a thing. Given again it is a new row; ended twice, the first one counts."""
    _end(by, Consent.kind == kind, Consent.thing == thing, Consent.who == who, Consent.use.in_(uses))


def end_all(kind: str, things: Collection[int], by: str | None, uses: Collection[str] | None = None) -> None:
    """End every yes to these things, or to these uses of them."""
    these = [Consent.kind == kind, Consent.thing.in_(things)]
    _end(by, *these, *([] if uses is None else [Consent.use.in_(uses)]))


def end_of(who: str) -> None:
    """End every yes that somebody gave: they are erased, or want none of it any more. The rows stay."""
    standing = select(Consent.kind, Consent.thing).where(Consent.who == who, Consent.ended_at.is_(None)).distinct()
    things = [(kind, thing) for kind, thing in db.session.execute(standing)]
    _end(who, Consent.who == who)
    _look_again(things)


def rename(kind: str, thing: int, old: str, new: str) -> None:
    """Another key stands from now on under what somebody said of a thing, who is erased: each yes stays as it was."""
    theirs = (Consent.kind == kind, Consent.thing == thing)
    for column in (Consent.who, Consent.ended_by):
        db.session.execute(update(Consent).where(*theirs, column == old).values({column: new}))


def carry_over(kind: str, use: str, moved: Sequence[tuple[int, int, str]], at: datetime) -> None:
    """The yes of somebody to this use of one thing is one to another from now on, with the moment `at`; in this order.

    `moved`: the one thing, the other, and who said yes.
    """
    theirs = select(Consent.thing, Consent.who, Consent.how).where(Consent.kind == kind, Consent.use == use)
    said = {
        (thing, who): how
        for some in some_at_a_time({thing for thing, _to, _who in moved})
        for thing, who, how in db.session.execute(theirs.where(Consent.thing.in_(some), queries.stands()))
    }
    rows = [
        {"kind": kind, "thing": to, "who": who, "use": use, "how": said[thing, who], "given_at": at}
        for thing, to, who in moved
    ]
    if rows:
        db.session.execute(insert(Consent), rows)


def leave(kind: str, things: Collection[int], at: datetime) -> None:
    """Nothing says any more who said yes to these things: they are no more, and are seen nowhere.

    The last row of all stays, with nobody's key and the moment `at`: a list for restores has its number (`end_again`),
    which SQLite would give again.
    """
    last = db.session.scalar(select(func.max(Consent.id)))
    nobody = {"who": codes.new_key(), "given_at": at, "until": None, "ended_at": at, "ended_by": None}
    for some in some_at_a_time(things):
        theirs = (Consent.kind == kind, Consent.thing.in_(some))
        db.session.execute(delete(Consent).where(*theirs, Consent.id != last))
        db.session.execute(update(Consent).where(*theirs).values(nobody))


def end_again(key: str) -> None:
    """It was ended since the back-up from which it stands again: as `queries.ended_since` says it.

    An older list says kind/thing/use/who.
    """
    names = ("kind", "thing", "use", "who") if "/" in key else ("id",)
    said = {name: int(part) if part.isdecimal() else part for name, part in zip(names, key.split("/"), strict=True)}
    if one := db.session.scalar(select(Consent).filter_by(**said, ended_at=None)):
        _end(one.who, Consent.id == one.id)
        _look_again([(one.kind, one.thing)])


def lapse(kind: str, thing: int) -> None:
    """End what lapsed by itself of a thing: from then on nobody saw it any more, and now its copies go."""
    _end(None, Consent.kind == kind, Consent.thing == thing, _is_over())
    _look_again([(kind, thing)])


def note(kind: str, thing: int, key: str, neighbourhood_id: int, uses: Collection[str]) -> None:
    """Note in which uses a thing can be seen now, under this key. What ceased, each surface that shows it must drop.

    The caller holds the thing until the end of the transaction.
    """
    db.session.flush()
    moment, noted = clock.now(), set()
    for showing in queries.showings(kind, thing):
        if showing.use in uses and showing.key == key:
            noted.add(showing.use)
        else:
            showing.until = moment
            db.session.add_all(_to_drop(showing, moment))
    new = {"kind": kind, "thing": thing, "key": key, "neighbourhood_id": neighbourhood_id, "since": moment}
    db.session.add_all([Showing(**new, use=use) for use in sorted(set(uses) - noted)])
    db.session.flush()


def _to_drop(showing: Showing, moment: datetime) -> Iterable[Due]:
    what = {"kind": showing.kind, "thing": showing.thing, "key": showing.key, "use": showing.use}
    for name, surface in SURFACES.named().items():
        if showing.use in surface.shows.get(showing.kind, ()):
            yield Due(surface=name, **what, withdrawn_at=moment, due_at=moment)


def _look_again(things: Iterable[tuple[str, int]]) -> None:
    for name, thing in things:
        if kind := KINDS.of(name):
            kind.look_again(thing)


def _end(by: str | None, *which: ColumnElement[bool]) -> None:
    """What lapsed already ended then, and nobody did it."""
    ended_at, ended_by = case((_is_over(), Consent.until), else_=clock.now()), case((_is_over(), None), else_=by)
    ending = update(Consent).where(*which, Consent.ended_at.is_(None))
    db.session.execute(ending.values(ended_at=ended_at, ended_by=ended_by))


def _is_over() -> ColumnElement[bool]:
    return Consent.until <= clock.now()

"""Finding what people handed in: one's own, what waits for an editor, and what something came of."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import selectinload

from core.contributions.models import EDITOR, Approval, Contribution, State, TakenBack, Version
from core.database import db
from core.desk import queries as desk
from core.desk.models import Decision
from core.people.models import Person, PlayerKeyLine

LATEST = 50  # that somebody sees of their own
WHOLE = selectinload(Contribution.versions).selectinload(Version.approvals)


def of(who: str, kind: str | None = None) -> list[tuple[Contribution, Decision | None]]:
    """What somebody handed in, the newest first, each with what the editors last said of it."""
    mine = select(Contribution).where(Contribution.who == who).options(WHOLE)
    mine = mine.where(Contribution.kind == kind) if kind else mine
    found = db.session.scalars(mine.order_by(Contribution.id.desc()).limit(LATEST)).all()
    last = {
        key: decision
        for name in {one.kind for one in found}
        for key, decision in desk.last_said(name, [one.desk_key for one in found if one.kind == name]).items()
    }
    return [(one, last.get(one.desk_key)) for one in found]


def how_many(who: str, kind: str) -> int:
    """How many of a kind somebody handed in."""
    mine = select(func.count()).where(Contribution.who == who, Contribution.kind == kind)
    return db.session.scalar(mine) or 0


def one_of(who: str, key: str, kind: str | None = None) -> Contribution | None:
    """One of what somebody handed in, held until the end of the transaction: no editor decides about it meanwhile."""
    mine = select(Contribution).where(Contribution.who == who, Contribution.key == key)
    return db.session.scalar((mine.where(Contribution.kind == kind) if kind else mine).with_for_update())


def by_keys(kind: str, keys: Collection[str], neighbourhood_id: int | None = None) -> Select[Contribution]:
    """Those of a kind with these keys; of one neighbourhood where it is given."""
    found = select(Contribution).where(Contribution.kind == kind, Contribution.key.in_(keys)).options(WHOLE)
    return found if neighbourhood_id is None else found.where(Contribution.neighbourhood_id == neighbourhood_id)


def that_became(kind: str, id_: int) -> Contribution | None:
    """What this came of: the id of what a kind made of it."""
    made = select(Contribution).where(Contribution.kind == kind, Contribution.became == id_)
    return db.session.scalar(made.options(WHOLE))


def names(kind: str, ids: Collection[int]) -> dict[int, str]:
    """The names that may stand with what a kind made, by its id: what they gave, or a player goes by. One question."""
    who = select(Contribution.became, Contribution.called, Person.name)
    who = who.outerjoin(PlayerKeyLine, PlayerKeyLine.key == Contribution.who)
    who = who.outerjoin(Person, (Person.id == PlayerKeyLine.person_id) & Person.leaving_at.is_(None))
    found = who.where(Contribution.kind == kind, Contribution.became.in_(ids), Contribution.named)
    rows = db.session.execute(found) if ids else ()
    return {became: called or name for became, called, name in rows if became and (called or name)}


def with_a_name(kind: str, subjects: Collection[str]) -> Sequence[Contribution]:
    """What these handed in with a name that they gave."""
    theirs = (Contribution.kind == kind, Contribution.who.in_(subjects), Contribution.called != "")
    return db.session.scalars(select(Contribution).where(*theirs).options(WHOLE)).all()


def for_a_look(kind: str, neighbourhood_id: int, editor: str, most: int) -> Sequence[Contribution]:
    """What waits for this editor, the oldest first: not their own, nor what was answered, nor of who is leaving."""
    here = (Contribution.neighbourhood_id == neighbourhood_id, Contribution.kind == kind, Contribution.who != editor)
    is_newer = (Contribution.state == State.SHOWN) & (Contribution.last_version > Contribution.shown_version)
    number = cast(Contribution.last_version, String(10))
    about = case((is_newer, Contribution.key.concat(".").concat(number)), else_=Contribution.key)
    last = (Version.contribution_id == Contribution.id, Version.number == Contribution.last_version)
    is_signed = exists().where(*last, Approval.version_id == Version.id, Approval.as_what == EDITOR)
    asked = select(Contribution).where(
        *here, or_(Contribution.state == State.WAITING, is_newer), ~is_signed, ~_is_leaving(),
        ~desk.answered(kind, about, Contribution.asks, editor),
    )  # fmt: skip
    return db.session.scalars(asked.order_by(Contribution.sent_at, Contribution.id).limit(most).options(WHOLE)).all()


def for_others(kind: str, neighbourhood_id: int, as_what: str, most: int) -> Sequence[tuple[Version, datetime]]:
    """What an editor signed and who signs as that did not yet, each since when, the longest first."""
    last = (Version.contribution_id == Contribution.id, Version.number == Contribution.last_version)
    theirs = select(Approval.id).where(Approval.version_id == Version.id, Approval.as_what == as_what)
    found = (
        select(Version, func.min(Approval.at))
        .join(Contribution, and_(*last))
        .join(Approval, and_(Approval.version_id == Version.id, Approval.as_what == EDITOR))
        .where(Contribution.kind == kind, Contribution.neighbourhood_id == neighbourhood_id)
        .where(Contribution.state != State.AWAY, ~theirs.correlate(Version).exists(), ~_is_leaving())
        .group_by(Version.id)
        .order_by(func.min(Approval.at), Version.id)
    )
    return [(version, since) for version, since in db.session.execute(found.limit(most))]


def leaving(keys: Collection[str]) -> set[str]:
    """Those of these players who asked to be erased."""
    theirs = select(PlayerKeyLine.key).join(Person).where(PlayerKeyLine.key.in_(keys), Person.leaving_at.is_not(None))
    return set(db.session.scalars(theirs))


def _is_leaving() -> ColumnElement[bool]:
    theirs = (PlayerKeyLine.key == Contribution.who, Person.leaving_at.is_not(None))
    return exists().where(Person.id == PlayerKeyLine.person_id, *theirs)


def taken_back_since(moment: datetime) -> list[tuple[str, datetime]]:
    """The keys of what was taken back from a moment on."""
    gone = select(TakenBack.key, TakenBack.at).where(TakenBack.at >= moment)
    return [(key, at) for key, at in db.session.execute(gone)]

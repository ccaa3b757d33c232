"""Finding professionals, and their hours."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from core import clock
from core.database import db
from core.people import queries as people
from core.places.models import Spot
from game.dialogues.models import Hour, Professional, State
from game.dialogues.models_talk import Talk

MOST = 100  # on one page
AT_A_SPOT = 3


class Face(NamedTuple):
    """A professional as everybody reads them: a name only with their yes, and while they are here."""

    key: str
    name: str | None
    organisation: str
    role: str
    is_ended: bool


def professional(neighbourhood_id: int, who: str) -> Professional | None:
    """Somebody as a professional here, while they are one."""
    mine = (Professional.neighbourhood_id == neighbourhood_id, Professional.who == who)
    return db.session.scalar(select(Professional).where(*mine, Professional.ended_at.is_(None)))


def organisation_of(neighbourhood_id: int, who: str) -> str | None:
    """For which organisation somebody works here now."""
    one = professional(neighbourhood_id, who)
    return one.organisation if one else None


def professionals(neighbourhood_id: int) -> Sequence[Professional]:
    """Who are professionals here now, by organisation."""
    here = (Professional.neighbourhood_id == neighbourhood_id, Professional.ended_at.is_(None))
    return db.session.scalars(
        select(Professional).where(*here).order_by(Professional.organisation, Professional.id).limit(MOST)
    ).all()


def professional_by_key(neighbourhood_id: int, key: str) -> Professional | None:
    """One of them, also who is none any more."""
    here = (Professional.neighbourhood_id == neighbourhood_id, Professional.key == key)
    return db.session.scalar(select(Professional).where(*here))


def faces(of: Collection[Professional]) -> dict[int, Face]:
    """How each is shown, by id. One question."""
    persons = people.by_player_keys(one.who for one in of if one.shows_name)
    return {
        one.id: Face(
            one.key, persons[one.who].name if one.who in persons else None, one.organisation, one.role,
            one.ended_at is not None,
        )
        for one in of
    }  # fmt: skip


def behind(neighbourhood_id: int, who: Collection[str]) -> dict[str, Professional]:
    """Those of these players who are or were professionals here, the latest each: by player key."""
    found = select(Professional).where(Professional.neighbourhood_id == neighbourhood_id, Professional.who.in_(who))
    return {one.who: one for one in db.session.scalars(found.order_by(Professional.id))} if who else {}


def hour(neighbourhood_id: int, key: str, lock: bool = False) -> Hour | None:
    """One hour."""
    found = select(Hour).where(Hour.neighbourhood_id == neighbourhood_id, Hour.key == key)
    return db.session.scalar(found.with_for_update(of=Hour) if lock else found)


def hours_by_keys(neighbourhood_id: int, keys: Collection[str]) -> Sequence[Hour]:
    """These hours."""
    return db.session.scalars(select(Hour).where(Hour.neighbourhood_id == neighbourhood_id, Hour.key.in_(keys))).all()


def coming(neighbourhood_id: int, most: int = MOST) -> Sequence[Hour]:
    """What is open now or planned, by time: for the list, and for what happens here."""
    here = (Hour.neighbourhood_id == neighbourhood_id, _is_to_come())
    return db.session.scalars(select(Hour).where(*here).order_by(Hour.begins, Hour.id).limit(most)).all()


def past(neighbourhood_id: int) -> Sequence[Hour]:
    """Hours that were opened and are over, the last first."""
    over = or_(Hour.state == State.CLOSED, (Hour.state == State.OPEN) & (Hour.ends < _today()))
    here = (Hour.neighbourhood_id == neighbourhood_id, over)
    return db.session.scalars(select(Hour).where(*here).order_by(Hour.begins.desc(), Hour.id.desc()).limit(MOST)).all()


def at(spot: Spot) -> Sequence[Hour]:
    """What is open or planned at a spot, by time."""
    there = (Hour.spot_id == spot.id, _is_to_come())
    return db.session.scalars(select(Hour).where(*there).order_by(Hour.begins, Hour.id).limit(AT_A_SPOT)).all()


def running_of(one: Professional) -> Sequence[Hour]:
    """What somebody has planned or open."""
    mine = (Hour.professional_id == one.id, Hour.state.in_((State.PLANNED, State.OPEN)))
    return db.session.scalars(select(Hour).where(*mine).order_by(Hour.begins, Hour.id)).all()


def hours_of(one: Professional) -> Sequence[Hour]:
    """All hours of somebody, the last first."""
    return db.session.scalars(
        select(Hour).where(Hour.professional_id == one.id).order_by(Hour.begins.desc(), Hour.id.desc()).limit(MOST)
    ).all()


def to_ask_in(neighbourhood_id: int) -> Sequence[Hour]:
    """The hours in which something can be asked, the last first."""
    here = (Hour.neighbourhood_id == neighbourhood_id, Hour.state.in_((State.OPEN, State.CLOSED)))
    return db.session.scalars(select(Hour).where(*here).order_by(Hour.begins.desc(), Hour.id.desc()).limit(MOST)).all()


def how_many_drawn(hour: Hour) -> int:
    """How many cards were drawn in an hour."""
    return db.session.scalar(select(func.count()).select_from(Talk).where(Talk.hour_id == hour.id)) or 0


def _is_to_come() -> ColumnElement[bool]:
    planned, is_open = Hour.state == State.PLANNED, Hour.state == State.OPEN
    return or_(planned & (Hour.ends >= clock.now()), is_open & (Hour.ends >= _today()))


def _today() -> datetime:
    return clock.first_moment_of(clock.today())

"""Finding talks, for who sits there, and what was learned at them, for everybody once all signed it."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.people import queries as people
from core.people.models import Person, PlayerKeyLine
from core.places.models import Spot
from game.dialogues.models import Hour, Professional
from game.dialogues.models_talk import PROFESSIONAL, Insight, Seat, Signature, Stands, Talk
from game.dialogues.queries import AT_A_SPOT, MOST, Face, faces


class Signer(NamedTuple):
    """Who signed what was learned: a name where they like that, and for whom they work where they do."""

    name: str | None
    face: Face | None


def talk(neighbourhood_id: int, key: str, who: Collection[str], lock: bool = False) -> Talk | None:
    """A talk in which one of these sits, or whose card waits for them; nobody else finds it."""
    mine = select(Seat.id).where(Seat.talk_id == Talk.id, Seat.who.in_(who)).exists()
    theirs = (Professional.id == Hour.professional_id, Professional.who.in_(who), Professional.ended_at.is_(None))
    waits = select(Hour.id).where(Hour.id == Talk.hour_id, *theirs).exists()
    found = select(Talk).where(Talk.neighbourhood_id == neighbourhood_id, Talk.key == key, or_(mine, waits))
    return db.session.scalar(found.with_for_update(of=Talk) if lock else found)


def table(neighbourhood_id: int, key: str, lock: bool = False) -> Talk | None:
    """A theme table, by the key that its page has."""
    found = select(Talk).where(Talk.neighbourhood_id == neighbourhood_id, Talk.key == key, Talk.hour_id.is_(None))
    return db.session.scalar(found.with_for_update(of=Talk) if lock else found)


def talks_of(who: Collection[str]) -> Sequence[Talk]:
    """Where these sit, the last first."""
    mine = select(Seat.talk_id).where(Seat.who.in_(who))
    found = select(Talk).where(Talk.id.in_(mine)).order_by(Talk.id.desc()).limit(MOST)
    return db.session.scalars(found.options(joinedload(Talk.insight), joinedload(Talk.hour))).unique().all()


def unanswered(one: Professional, hour: Hour | None = None) -> Sequence[Talk]:
    """The cards that somebody did not answer yet, the first first: of one hour of theirs, or of all."""
    answered = select(Seat.id).where(Seat.talk_id == Talk.id, Seat.who == one.who).exists()
    found = select(Talk).join(Hour, Hour.id == Talk.hour_id).where(Hour.professional_id == one.id, ~answered)
    found = found.where(Hour.id == hour.id) if hour else found
    return db.session.scalars(found.order_by(Talk.id).limit(MOST)).all()


def learned(neighbourhood_id: int) -> Sequence[Insight]:
    """What everybody reads of what was learned, the newest first."""
    return _read(is_public().where(Insight.neighbourhood_id == neighbourhood_id).order_by(Insight.id.desc()))


def learned_in(hour: Hour) -> Sequence[Insight]:
    """That of one hour."""
    return _read(is_public().where(Talk.hour_id == hour.id).order_by(Insight.id))


def learned_at(spot: Spot) -> Sequence[Insight]:
    """That of a spot."""
    return _read(is_public().where(Talk.spot_id == spot.id).order_by(Insight.id.desc()).limit(AT_A_SPOT))


def shown_of(talk: Talk) -> Insight | None:
    """What everybody reads of one talk."""
    return next(iter(_read(is_public().where(Insight.talk_id == talk.id))), None)


def is_public() -> Select[Insight]:
    """What everybody may read: all who sit there signed these very words, nobody of them is leaving, none hid it."""
    seats = select(func.count()).where(Seat.talk_id == Insight.talk_id).scalar_subquery()
    said_yes = select(func.count()).where(Signature.insight_id == Insight.id, Signature.hash == Insight.hash)
    leaving = exists().where(
        Seat.talk_id == Insight.talk_id, PlayerKeyLine.key == Seat.who, Person.id == PlayerKeyLine.person_id,
        Person.leaving_at.is_not(None),
    )  # fmt: skip
    return (
        select(Insight)
        .join(Talk, Talk.id == Insight.talk_id)
        .where(Insight.stands == Stands.FREE, seats == said_yes.scalar_subquery(), seats >= Talk.fewest, ~leaving)
    )


def _read(found: Select[Insight]) -> Sequence[Insight]:
    whole = joinedload(Insight.talk).joinedload(Talk.hour)
    return db.session.scalars(found.options(whole).limit(MOST)).unique().all()


def to_sign(neighbourhood_id: int, who: Collection[str]) -> Talk | None:
    """A talk of these, of which they did not sign what was written last."""
    said_yes = exists().where(
        Signature.insight_id == Insight.id, Signature.seat_id == Seat.id, Signature.hash == Insight.hash
    )
    mine = (Talk.neighbourhood_id == neighbourhood_id, Seat.who.in_(who), Insight.stands != Stands.AWAY, ~said_yes)
    return db.session.scalar(
        select(Talk).join(Insight, Insight.talk_id == Talk.id).join(Seat, Seat.talk_id == Talk.id).where(*mine).limit(1)
    )


def signed(insights: Sequence[Insight]) -> list[tuple[Insight, list[Signer]]]:
    """What was learned, each with who signed it, as they like to be called. Two questions for all."""
    seats = [seat for one in insights for seat in one.talk.seats]
    persons = people.by_player_keys(seat.who for seat in seats if seat.shows_name)
    shown = faces([one.talk.hour.professional for one in insights if one.talk.hour])

    def signer(seat: Seat) -> Signer:
        hour = seat.talk.hour
        if hour and seat.as_what == PROFESSIONAL:
            return Signer(shown[hour.professional_id].name, shown[hour.professional_id])
        return Signer(persons[seat.who].name if seat.who in persons else None, None)

    return [(one, [signer(seat) for seat in one.talk.seats]) for one in insights]

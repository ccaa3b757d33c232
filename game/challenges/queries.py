"""Finding challenges: those that are offered, what one came of, and the one whose turn it is."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.contributions import queries as contributions
from core.contributions.models import Contribution
from core.database import db
from core.desk import queries as desk
from core.desk.models import Verdict
from core.neighbourhoods.models import Neighbourhood
from core.places.models import Spot
from game.challenges.models import Challenge, ChosenWeek, DaysTurn, State

DESK_KIND = "challenge"  # how the desk calls what waits there
DRAFT = "draft"  # what residents hand in (drafts.py)
MOST_AT_A_SPOT = 12


class Turn(NamedTuple):
    """The challenge under the awning: chosen for the week, else the day's."""

    challenge: Challenge
    is_weeks: bool


def of(neighbourhood_id: int) -> Sequence[Challenge]:
    """The challenges that a neighbourhood offers today, in the order they were made."""
    here = (Challenge.neighbourhood_id == neighbourhood_id, *_offered(clock.today()))
    return db.session.scalars(
        select(Challenge).where(*here).options(joinedload(Challenge.spot)).order_by(Challenge.id)
    ).all()


def by_key(neighbourhood_id: int, key: str) -> Challenge | None:
    """The challenge with this key here, if it is offered today."""
    here = (Challenge.neighbourhood_id == neighbourhood_id, Challenge.key == key, *_offered(clock.today()))
    return db.session.scalar(select(Challenge).where(*here))


def by_id(challenge_id: int) -> Challenge:
    """One that was found, read again inside the transaction that judges."""
    return db.session.get_one(Challenge, challenge_id)


def known(neighbourhood_id: int, key: str) -> Challenge | None:
    """The challenge with this key here, also when it is over: who did it in time without network hands it in late."""
    shown = Challenge.state == State.SHOWN
    return db.session.scalar(
        select(Challenge).where(Challenge.neighbourhood_id == neighbourhood_id, Challenge.key == key, shown)
    )


def of_staff(neighbourhood_id: int, me: str) -> Sequence[Challenge]:
    """What makers see: all but what waits at the desk, unless it is their own; the newest first."""
    found = select(Challenge).where(*_for_staff(neighbourhood_id, me))
    found = found.options(joinedload(Challenge.spot), joinedload(Challenge.theme), joinedload(Challenge.zone))
    return db.session.scalars(found.order_by(Challenge.id.desc())).all()


def taken_away(challenges: Collection[Challenge]) -> set[str]:
    """The keys of those that an editor took away: only an editor undoes that."""
    retired = [one for one in challenges if one.retired_at]
    last = desk.last_said(DESK_KIND, [one.desk_key for one in retired])
    return {one.key for one in retired if one.desk_key in last and last[one.desk_key].verdict == Verdict.AWAY}


def one_of_staff(neighbourhood_id: int, me: str, key: str) -> Challenge | None:
    """One of what makers see, locked until the transaction ends: no editor decides about it meanwhile."""
    found = select(Challenge).where(*_for_staff(neighbourhood_id, me), Challenge.key == key)
    return db.session.scalar(found.options(joinedload(Challenge.spot)).with_for_update(of=Challenge))


def idea(challenge: Challenge) -> Contribution | None:
    """What a challenge came of, while it says what a resident wrote there."""
    is_theirs = challenge.maker and challenge.changed_by is None
    return contributions.that_became(DRAFT, challenge.id) if is_theirs else None


def name_with(challenge: Challenge, idea: Contribution | None) -> str | None:
    """Who thought of it: as makers wrote it, or the name that the resident goes by now, if they like that."""
    names = contributions.names(DRAFT, [challenge.id]) if idea and idea.named and not challenge.by else {}
    return challenge.by or names.get(challenge.id)


def is_an_idea() -> ColumnElement[bool]:
    """The same as a question: the desk decides about what they handed in, and not about the challenge."""
    came_of = (Contribution.kind == DRAFT, Contribution.became == Challenge.id)
    return and_(Challenge.changed_by.is_(None), exists().where(*came_of))


class Makers(NamedTuple):
    """How many challenges there are, and how many of them residents and the team made; the others came in a pack."""

    all: int
    residents: int
    team: int


def by_makers(neighbourhood_id: int, kind: str | None = None) -> Makers:
    """Who made the challenges that are offered today, or those of one kind. One question."""
    theirs = is_an_idea()
    counts = (
        func.count(Challenge.id),
        func.count(Challenge.id).filter(theirs),
        func.count(Challenge.id).filter(~theirs, Challenge.maker.is_not(None)),
    )
    ours = (Challenge.neighbourhood_id == neighbourhood_id, *_offered(clock.today()))
    of_kind = () if kind is None else (Challenge.kind == kind,)
    return Makers(*db.session.execute(select(*counts).where(*ours, *of_kind)).one())


def with_a_name(neighbourhood_id: int) -> int:
    """How many of those say who thought of them."""
    named = exists().where(Contribution.kind == DRAFT, Contribution.became == Challenge.id, Contribution.named)
    says = or_(Challenge.by.is_not(None), and_(Challenge.changed_by.is_(None), named))
    ours = (Challenge.neighbourhood_id == neighbourhood_id, *_offered(clock.today()))
    return db.session.scalar(select(func.count(Challenge.id)).where(*ours, says)) or 0


def keys(neighbourhood_id: int) -> set[str]:
    """Every key that is taken here, also by what is over."""
    return set(db.session.scalars(select(Challenge.key).where(Challenge.neighbourhood_id == neighbourhood_id)))


def at(spot_id: int) -> Sequence[Challenge]:
    """The challenges of a spot, in the order they were made; as many as its page shows."""
    there = select(Challenge).where(Challenge.spot_id == spot_id, *_offered(clock.today()))
    return db.session.scalars(there.order_by(Challenge.id).limit(MOST_AT_A_SPOT)).all()


def asking_at(spot_id: int) -> Challenge | None:
    """The first challenge of a spot with a question that only who stands there can answer."""
    asking = (Challenge.spot_id == spot_id, Challenge.on_site.is_not(None), *_offered(clock.today()))
    return db.session.scalar(select(Challenge).where(*asking).order_by(Challenge.id).limit(1))


def with_a_spot(neighbourhood_id: int) -> Sequence[Challenge]:
    """The challenges that belong to a spot here, in the order they were made."""
    ours = (Challenge.neighbourhood_id == neighbourhood_id, Challenge.spot_id.is_not(None), *_offered(clock.today()))
    return db.session.scalars(select(Challenge).where(*ours).order_by(Challenge.id)).all()


def todays(neighbourhood_id: int, day: date) -> Turn | None:
    """The one that was chosen for the week of a day; else each has its turn, the same for everybody."""
    ours = (Challenge.neighbourhood_id == neighbourhood_id, *_offered(day))
    this_week = (ChosenWeek.neighbourhood_id == neighbourhood_id, ChosenWeek.week == clock.week_of(day))
    chosen = db.session.scalar(select(Challenge).join(ChosenWeek).where(*ours, *this_week))
    if chosen:
        return Turn(chosen, is_weeks=True)
    days = of_day(neighbourhood_id, day)
    return Turn(days, is_weeks=False) if days else None


def of_day(neighbourhood_id: int, day: date) -> Challenge | None:
    """Whose turn it is: in the order they were made, each day the next after the one of the day before.

    What was fixed for the day stays, whatever is published meanwhile; one that is not offered any more gives way to the
    next.
    """
    fixed = db.session.get(DaysTurn, neighbourhood_id)
    first = fixed.challenge_id + (fixed.day < day) if fixed else 0
    ours = (Challenge.neighbourhood_id == neighbourhood_id, *_offered(day))
    in_turn = select(Challenge).where(*ours).order_by(Challenge.id < first, Challenge.id)
    return db.session.scalar(in_turn.limit(1))


def without_turn(day: date) -> Sequence[int]:
    """Neighbourhoods that offer something on a day and have nothing fixed for it, or nothing that is still offered."""
    here = Challenge.neighbourhood_id == Neighbourhood.id
    offers = select(Challenge.id).where(here, *_offered(day))
    fixed = offers.join(DaysTurn, DaysTurn.challenge_id == Challenge.id).where(DaysTurn.day == day)
    return db.session.scalars(select(Neighbourhood.id).where(offers.exists(), ~fixed.exists())).all()


def weeks(neighbourhood_id: int, first: date, how_many: int) -> list[tuple[date, Challenge | None]]:
    """Some weeks from a Monday on, each with what was chosen for it."""
    mondays = [first + timedelta(weeks=number) for number in range(how_many)]
    mine = (ChosenWeek.neighbourhood_id == neighbourhood_id, ChosenWeek.week.in_(mondays))
    chosen = {row.week: row.challenge for row in db.session.scalars(
        select(ChosenWeek).where(*mine).options(joinedload(ChosenWeek.challenge))
    )}  # fmt: skip
    return [(monday, chosen.get(monday)) for monday in mondays]


def was_chosen(neighbourhood: Any, challenge: Any, week: Any) -> ColumnElement[bool]:
    """Whether makers chose a challenge for a week, as a question: about ids and a Monday, or about columns."""
    mine = (ChosenWeek.neighbourhood_id == neighbourhood, ChosenWeek.challenge_id == challenge)
    return exists().where(*mine, ChosenWeek.week == week)


def in_week(neighbourhood_id: int, monday: date) -> Sequence[Challenge]:
    """What could be chosen for a week: shown from its Monday until its Sunday."""
    whole = (*_offered(monday), *_offered(monday + timedelta(days=6)))
    ours = Challenge.neighbourhood_id == neighbourhood_id
    return db.session.scalars(select(Challenge).where(ours, *whole).order_by(Challenge.id)).all()


def _for_staff(neighbourhood_id: int, me: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Challenge.neighbourhood_id == neighbourhood_id,
        or_(Challenge.state == State.SHOWN, Challenge.maker == me, Challenge.changed_by == me),
    )


def _offered(day: date) -> tuple[ColumnElement[bool], ...]:
    """Shown, not retired, its spot on the map, and within its days: Challenge.is_open_at as a question."""
    return (
        Challenge.state == State.SHOWN,
        Challenge.retired_at.is_(None),
        ~select(Spot.id).where(Spot.id == Challenge.spot_id, Spot.removed_at.is_not(None)).exists(),
        or_(Challenge.first_day.is_(None), Challenge.first_day <= day),
        or_(Challenge.last_day.is_(None), Challenge.last_day >= day),
    )

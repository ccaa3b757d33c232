"""Finding encounters. What may be seen is decided here, at once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from core import clock
from core.database import db
from core.people import blocks, suspensions
from core.people.models import Device, Person, PlayerKeyLine
from core.photos.models import Photo
from game.challenges.models import Challenge
from game.encounters.models import OPEN, Code, Encounter, State, Yes, photos_of_encounter
from game.seasons.models import Season

PAGE = 20


def by_key(key: str) -> Encounter | None:
    """The encounter with this key, with what its page shows."""
    return db.session.scalar(
        select(Encounter)
        .where(Encounter.key == key)
        .options(joinedload(Encounter.challenge), selectinload(Encounter.photos).selectinload(Photo.consents))
    )


def locked(encounter_id: int) -> Encounter:
    """An encounter read again and locked until the end of this transaction: nobody else answers it meanwhile."""
    wanted = select(Encounter).where(Encounter.id == encounter_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def code(letters: str) -> Code | None:
    """A code by its letters, live or not."""
    return db.session.get(Code, letters)


def code_of(encounter: Encounter) -> Code | None:
    """The code that an encounter shows now."""
    return db.session.scalar(select(Code).where(Code.encounter_id == encounter.id, Code.lives()).limit(1))


def handed_in(starter: str, client_key: str) -> Encounter | None:
    """What a phone handed in before under the same client key."""
    return db.session.scalar(select(Encounter).where(Encounter.starter == starter, Encounter.client_key == client_key))


def standing(once: str) -> Encounter | None:
    """The encounter that stands for this season, pair and challenge."""
    return db.session.scalar(
        select(Encounter).where(Encounter.once == once).with_for_update().execution_options(populate_existing=True)
    )


def waiting_for(person: Person) -> Sequence[Encounter]:
    """Meetings that wait for this person's answer, the oldest first; as many as a page shows."""
    waiting = select(Encounter).where(*_waits_for(person.player_key)).options(joinedload(Encounter.challenge))
    return db.session.scalars(waiting.order_by(Encounter.id).limit(PAGE)).all()


def without_companion(person: Person) -> Sequence[Encounter]:
    """The newest few meetings that somebody handed in and that nobody joined yet."""
    mine = (Encounter.starter == person.player_key, Encounter.state == State.DRAFT, Encounter.answer_by > clock.now())
    started = select(Encounter).where(*mine).options(joinedload(Encounter.challenge))
    return db.session.scalars(started.order_by(Encounter.id.desc()).limit(3)).all()


def who_wait_for(person: Person) -> Sequence[str]:
    """The player keys of the others in the meetings that wait for this person's answer."""
    other = case((Encounter.companion == person.player_key, Encounter.starter), else_=Encounter.companion)
    return db.session.scalars(select(other).where(*_waits_for(person.player_key))).all()


def wanted_on_paper(neighbourhood_id: int) -> Sequence[tuple[str, datetime]]:
    """Who never had a phone and is waited for, the first first: their name, and since when; as many as a page shows."""
    player, phones = PlayerKeyLine.key, select(Device.id).where(Device.person_id == Person.id)
    found = select(Person.name, func.min(Encounter.made_at)).join(PlayerKeyLine, PlayerKeyLine.person_id == Person.id)
    found = found.join(Encounter, or_(Encounter.companion == player, Encounter.starter == player))
    here = (Encounter.neighbourhood_id == neighbourhood_id, ~phones.exists())
    in_order = found.where(*here, *_waits_for(player)).group_by(Person.id, Person.name)
    rows = db.session.execute(in_order.order_by(func.min(Encounter.made_at)).limit(PAGE))
    return [(name, since) for name, since in rows]


def _waits_for(player: str | InstrumentedAttribute[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        or_(Encounter.companion == player, Encounter.starter == player),
        Encounter.state == State.PROPOSED,
        Encounter.answer_by > clock.now(),
        ~Encounter.yeses.any(Yes.player == player),
        ~blocks.between(Encounter.starter, Encounter.companion),
        ~suspensions.any_of(Encounter.starter, Encounter.companion),
        ~_has_left(Encounter.starter),
        ~_has_left(Encounter.companion),
    )


def _has_left(player: ColumnElement[str] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    here = select(PlayerKeyLine.key).join(Person, Person.id == PlayerKeyLine.person_id)
    return ~here.where(PlayerKeyLine.key == player, Person.leaving_at.is_(None)).exists()


def album(person: Person, before: str | None = None) -> Sequence[Encounter]:
    """A person's confirmed meetings, the newest first, a page at a time; `before` is the key to go on from."""
    player = person.player_key
    wanted = (
        select(Encounter)
        .where(or_(Encounter.starter == player, Encounter.companion == player), Encounter.state == State.CONFIRMED)
        .options(joinedload(Encounter.challenge), selectinload(Encounter.photos).selectinload(Photo.consents))
        .order_by(Encounter.confirmed_at.desc(), Encounter.id.desc())
        .limit(PAGE + 1)
    )
    if before:
        mine = or_(Encounter.starter == player, Encounter.companion == player)
        last = db.session.execute(
            select(Encounter.confirmed_at, Encounter.id).where(Encounter.key == before, mine)
        ).first()
        if last:
            wanted = wanted.where(tuple_(Encounter.confirmed_at, Encounter.id) < tuple_(*last))
    return db.session.scalars(wanted).all()


def met_before(encounter: Encounter) -> bool:
    """Whether the two of a confirmed meeting had met before it."""
    two = encounter.players
    earlier = (Encounter.starter.in_(two), Encounter.companion.in_(two), Encounter.state == State.CONFIRMED)
    found = select(Encounter.id).where(*earlier, Encounter.confirmed_at < encounter.confirmed_at)
    return db.session.scalar(found.limit(1)) is not None


def done_by(player: str) -> set[int]:
    """The challenges (ids) that a player ever did with somebody."""
    mine = or_(Encounter.starter == player, Encounter.companion == player)
    done = select(Encounter.challenge_id).where(mine, Encounter.state == State.CONFIRMED)
    return set(db.session.scalars(done.distinct()))


def standing_of(onces: Collection[str]) -> Sequence[Encounter]:
    """The encounters that stand for some of what must stand once."""
    return db.session.scalars(select(Encounter).where(Encounter.once.in_(onces))).all()


def challenges_of(photo_ids: Collection[int]) -> Sequence[tuple[int, Challenge]]:
    """The challenge that each of these photos was taken for."""
    met = photos_of_encounter.c
    wanted = select(met.photo_id, Challenge).join(Encounter, Encounter.id == met.encounter_id)
    wanted = wanted.join(Challenge, Challenge.id == Encounter.challenge_id).where(met.photo_id.in_(photo_ids))
    wanted = wanted.options(joinedload(Challenge.spot), joinedload(Challenge.zone))
    return [(photo_id, challenge) for photo_id, challenge in db.session.execute(wanted)]


def on_one_phone(encounter: Encounter) -> int:
    """How many meetings of this one's season its starter had on one phone for two, in its week, this one with them."""
    monday = clock.week_of(clock.day_of(encounter.moment))
    counted = (
        select(func.count())
        .select_from(Encounter)
        .join(Yes)
        .where(Encounter.starter == encounter.starter, Encounter.season_id == encounter.season_id, Yes.is_on_this_phone)
        .where(Encounter.confirmed_at >= _midnight(monday))
        .where(Encounter.confirmed_at < _midnight(monday + timedelta(days=7)))
    )
    return db.session.scalar(counted) or 0


def are_in(season: Season) -> bool:
    """Whether a meeting counted in a season, or waits to, since it was handed in on its days."""
    waits = and_(Encounter.neighbourhood_id == season.neighbourhood_id, Encounter.state.in_(OPEN))
    handed_in = and_(Encounter.made_at >= _midnight(season.starts_on), Encounter.answer_by > clock.now())
    found = select(Encounter.id).where(or_(Encounter.season_id == season.id, and_(waits, handed_in)))
    return db.session.scalar(found.limit(1)) is not None


def end_codes(encounter: Encounter) -> None:
    """Whatever letters led to it are over."""
    live = (Code.encounter_id == encounter.id, Code.lives())
    db.session.execute(update(Code).where(*live).values(valid_until=clock.now()))


def overdue(limit: int) -> Sequence[int]:
    """Ids of encounters whose time to answer is over and that still look open."""
    return db.session.scalars(
        select(Encounter.id).where(Encounter.state.in_(OPEN), Encounter.answer_by <= clock.now()).limit(limit)
    ).all()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.AMSTERDAM)

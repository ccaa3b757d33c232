"""The one hot path: the yes that completes a meeting, in the fewest statements.

The rules are those of `service.agree`, put to the database as one question. Where one of them does not hold nothing is
done here, and `service.agree` says what is the matter. No objects are loaded: that took four fifths of the time.
"""

from contextlib import nullcontext
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db, dialect, insert_into
from core.neighbourhoods.models import Zone
from core.people import blocks, suspensions
from core.people import queries as people
from core.people.households import Member
from core.people.models import Person, PlayerKeyLine
from core.photos.models import ALBUM, Consent, Photo
from game.challenges.models import Challenge
from game.encounters.addresses import is_code
from game.encounters.models import Code, Encounter, State, Yes, once, photos_of_encounter
from game.scoring.meeting import Meeting
from game.scoring.service import award
from game.seasons.models import Season

MINE = and_(
    Encounter.companion == bindparam("player"), Encounter.state == State.PROPOSED, Encounter.key == bindparam("ref")
)
BY_CODE = and_(
    Encounter.companion.is_(None), Encounter.state == State.DRAFT, Encounter.starter != bindparam("player"),
    select(Code.letters)
    .where(Code.encounter_id == Encounter.id, Code.letters == bindparam("ref"), Code.valid_until > bindparam("now"))
    .exists(),
)  # fmt: skip
WAITING = (  # for this player, in a season, with what scoring needs of both; held until the end of the transaction
    select(
        Encounter.id, Encounter.key, Encounter.starter, Encounter.challenge_id, Encounter.once,
        Yes.zone_id.label("zone_of_starter"), Yes.household.label("household_of_starter"),
        Person.zone_id, Zone.is_future, Member.household_key,
        Season.id.label("season_id"), Season.ruleset,
    )
    .join(Yes, and_(Yes.encounter_id == Encounter.id, Yes.player == Encounter.starter))
    .join(PlayerKeyLine, PlayerKeyLine.key == bindparam("player"))
    .join(Person, Person.id == PlayerKeyLine.person_id)
    .join(Season, Season.neighbourhood_id == Encounter.neighbourhood_id)
    .join(Zone, Zone.id == Person.zone_id, isouter=True)
    .join(Member, Member.person_id == Person.id, isouter=True)
    .join(Challenge, and_(Challenge.id == Encounter.challenge_id, Challenge.spot_id.is_(None)))  # who was there: visits
    .where(Encounter.answer_by > bindparam("now"))
    .where(Person.is_young.is_(False), Person.leaving_at.is_(None))
    .where(Person.neighbourhood_id == Encounter.neighbourhood_id)
    .where(Season.starts_on <= bindparam("today"), Season.ends_on >= bindparam("today"))
    .where(or_(Encounter.taken_on.is_(None), Encounter.taken_on >= Season.starts_on))
    .with_for_update(of=Encounter)
)  # fmt: skip
QUESTIONS = {True: WAITING.where(BY_CODE), False: WAITING.where(MINE)}
MAY_MEET = and_(  # judged by the write itself: what came in after the question (a block, a pause) still counts
    ~blocks.between(Encounter.starter, bindparam("player")),
    ~suspensions.any_of(Encounter.starter, bindparam("player"), now=bindparam("moment")),
    select(Person.id)
    .join(PlayerKeyLine, PlayerKeyLine.person_id == Person.id)
    .where(PlayerKeyLine.key == Encounter.starter, Person.is_young.is_(False), Person.leaving_at.is_(None))
    .exists(),
)
CONFIRM = (
    update(Encounter)
    .where(Encounter.id == bindparam("it"), MAY_MEET)
    .values(
        state=State.CONFIRMED, scores=True, companion=bindparam("player"), once=bindparam("only"),
        confirmed_at=bindparam("moment"), season_id=bindparam("season"),
    )
)  # fmt: skip
SAY = insert(Yes)
STANDING = select(Encounter.id).where(Encounter.once == bindparam("only"))


def say(ref: str, player: str) -> str | None:
    """Confirm and reward a meeting that waits for this player's yes, photo included; its key, None when it does not.

    `ref` is the meeting's key for the companion it names, or its six letters for whoever holds them.
    """
    send, now = db.session.connection().execute, clock.now()
    asked = {"ref": ref, "player": player, "now": now, "today": clock.day_of(now)}
    waiting = send(QUESTIONS[is_code(ref)], asked).first()
    if waiting is None:
        return None
    only = once(waiting.season_id, waiting.starter, player, waiting.challenge_id)
    people.hold((waiting.starter, player))
    if only != waiting.once and send(STANDING, {"only": only}).first():
        return None
    now, zone = clock.now(), None if waiting.is_future else waiting.zone_id
    confirmed = {"it": waiting.id, "moment": now, "season": waiting.season_id, "player": player, "only": only}
    try:
        with db.session.begin_nested() if only != waiting.once else nullcontext():
            if not send(CONFIRM, confirmed).rowcount:
                return None  # they may not meet: `service.agree` refuses in the right words
    except IntegrityError:  # the other phone reported it by tag a moment ago
        return None
    said = {"encounter_id": waiting.id, "player": player, "at": now, "zone_id": zone, "is_on_this_phone": False}
    send(SAY, {**said, "household": waiting.household_key})
    send(_allow(dialect()), {"it": waiting.id, "player": player, "now": now})
    two, zones = (waiting.starter, player), (waiting.zone_of_starter, zone)
    homes = (waiting.household_of_starter, waiting.household_key)
    meeting = Meeting(waiting.key, waiting.season_id, two, zones, now, waiting.challenge_id, households=homes)
    award(meeting, waiting.ruleset)
    return str(waiting.key)


@cache
def _allow(dialect: str) -> Any:
    """What the other took may stand in both albums."""
    moment = bindparam("now", type_=Consent.given_at.type)
    theirs = (
        select(Photo.id, bindparam("player"), literal(ALBUM), moment)
        .join(photos_of_encounter, photos_of_encounter.c.photo_id == Photo.id)
        .where(photos_of_encounter.c.encounter_id == bindparam("it"))
        .where(Photo.maker != bindparam("player"), Photo.forgotten_at.is_(None))
    )
    into = insert_into(Consent, dialect).from_select(["photo_id", "player", "scope", "given_at"], theirs)
    return into.on_conflict_do_nothing()

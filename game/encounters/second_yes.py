"""The one hot path: the yes that completes a meeting, read and written by hand. Objects took four fifths of the time.

It is judged like every yes, by the models and by counting and allowed. Whatever is not plain (a refusal, a challenge at
a spot, a newcomer, a second report of the same meeting) is not done here: `service.agree` does it, or says what is
the matter.
"""

from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, literal, select, update

from core import clock
from core.consent.models import Consent, How
from core.database import db, dialect, insert_into
from core.people import queries as people
from core.people.models import Person, PlayerKeyLine
from core.photos.models import ALBUM, KIND, Photo
from core.refusal import Refusal
from game.challenges import queries as challenges
from game.challenges.models import Challenge
from game.encounters import allowed, counting, queries
from game.encounters.addresses import is_code
from game.encounters.models import Code, Encounter, Yes, photos_of_encounter
from game.scoring.models import Known
from game.scoring.service import award

COLUMNS = [column.key for column in Encounter.__mapper__.column_attrs]
SAID = ("player", "at", "zone_id", "is_on_this_phone", "evidence", "household", "team")
CHANGED = ("state", "companion", "once", "confirmed_at", "season_id", "scores")
HELD = [getattr(Encounter, name) for name in COLUMNS]
STARTERS = [getattr(Yes, name).label(f"said_{name}") for name in SAID]
KNOWN = select(func.count()).where(Known.player.in_([Encounter.starter, bindparam("player")])).scalar_subquery()
ASKED = (  # locked until the end of the transaction; at no spot, of which visits keep who was there
    select(*HELD, *STARTERS, KNOWN.label("known"))
    .join(Yes, and_(Yes.encounter_id == Encounter.id, Yes.player == Encounter.starter))
    .join(Challenge, and_(Challenge.id == Encounter.challenge_id, Challenge.spot_id.is_(None)))
    .join(PlayerKeyLine, PlayerKeyLine.key == bindparam("player"))
    .join(Person, and_(Person.id == PlayerKeyLine.person_id, Person.neighbourhood_id == Encounter.neighbourhood_id))
    .with_for_update(of=Encounter)
)
LIVE = select(Code.encounter_id).where(Code.letters == bindparam("ref"), Code.lives(bindparam("now")))
BY_CODE, BY_KEY = ASKED.where(Encounter.id.in_(LIVE)), ASKED.where(Encounter.key == bindparam("ref"))
CHOSEN = challenges.was_chosen(Encounter.neighbourhood_id, Encounter.challenge_id, bindparam("week"))
CONFIRM = (
    update(Encounter)
    .where(Encounter.id == bindparam("it"))
    .values({**{name: bindparam(name) for name in CHANGED}, "fits": CHOSEN})
    .returning(Encounter.fits)
)
SAY = insert(Yes).values({"encounter_id": bindparam("it"), **{name: bindparam(name) for name in SAID}})


def say(ref: str, player: str) -> str | None:
    """Confirm and reward a meeting that waits for this player's yes, photo included; its key, None when it does not.

    `ref` is the meeting's key for the companion it names, or its six letters for whoever holds them. Raises
    IntegrityError when the other phone reported this meeting a moment ago.
    """
    found = _send(BY_CODE if is_code(ref) else BY_KEY, ref=ref, player=player, now=clock.now()).first()
    if found is None or found.known < 2:  # of newcomers points wait, which is not plain
        return None
    encounter = Encounter(**{name: getattr(found, name) for name in COLUMNS})
    encounter.yeses.append(Yes(**{name: getattr(found, f"said_{name}") for name in SAID}))
    with suppress(Refusal):
        if _is_named(encounter, player, is_code(ref)) and _agree(encounter, player):
            return encounter.key
    return None


def _is_named(encounter: Encounter, player: str, by_code: bool) -> bool:
    """Name the companion whom a code leads there. Not where these two told of this already."""
    if not by_code:
        return encounter.companion is not None
    only = counting.once_with(encounter, player, counting.season_on(encounter, clock.today()))
    if encounter.companion or queries.standing_of([only]):
        return False
    encounter.propose(player, only)
    return True


def _agree(encounter: Encounter, player: str) -> bool:
    """The yes itself, as in `service.agree`."""
    people.lock(encounter.players)
    allowed.must_stand(encounter)  # asked while both are locked: a block that came in a moment ago counts
    if not encounter.agree(player, counting.facts(player)):
        return False
    season = counting.settle(encounter)
    week = clock.week_of(clock.day_of(encounter.moment))
    said = {name: getattr(encounter, name) for name in CHANGED}
    encounter.fits = _send(CONFIRM, it=encounter.id, week=week, **said).scalar_one()
    yes = encounter.yeses[-1]
    for statement in _said(dialect()):
        _send(statement, it=encounter.id, **{name: getattr(yes, name) for name in SAID})
    if season:
        award(encounter.as_meeting(), season.ruleset, both_known=True)
    return True


def _send(statement: Any, **values: Any) -> Any:
    return db.session.connection().execute(statement, values)


@cache
def _said(dialect: str) -> list[Any]:
    """The row of a yes, and that what the other took may stand in both albums: at once, where a database can."""
    moment = bindparam("at", type_=Consent.given_at.type)
    theirs = (
        select(literal(KIND), Photo.id, bindparam("player"), literal(ALBUM), literal(How.SCREEN), moment)
        .join(photos_of_encounter, photos_of_encounter.c.photo_id == Photo.id)
        .where(photos_of_encounter.c.encounter_id == bindparam("it"))
        .where(Photo.maker != bindparam("player"), Photo.forgotten_at.is_(None))
    )
    into = insert_into(Consent, dialect).from_select(["kind", "thing", "who", "use", "how", "given_at"], theirs)
    allow = into.on_conflict_do_nothing()
    return [allow.add_cte(SAY.cte("said"))] if dialect == "postgresql" else [SAY, allow]

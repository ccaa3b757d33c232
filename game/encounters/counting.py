"""What a meeting counts for: what a yes says of somebody, which season it is in, and what stands once."""

from datetime import date

from sqlalchemy import bindparam, select

from core import clock
from core.database import db
from core.neighbourhoods.models import Zone
from core.people.households import Member
from core.people.models import Person, PlayerKeyLine
from game.challenges import queries as challenges
from game.encounters import queries
from game.encounters.models import Encounter, Facts, once
from game.scoring import still
from game.seasons import queries as seasons
from game.seasons.models import Season
from game.teams.models import TeamMember

ON_ONE_PHONE = 5  # meetings a week that score with one phone for two; more go to the album
HOME = (
    select(Person.zone_id, Zone.is_future, Member.household_key, TeamMember.team_key)
    .join(PlayerKeyLine, PlayerKeyLine.person_id == Person.id)
    .join(Zone, Zone.id == Person.zone_id, isouter=True)
    .join(Member, Member.person_id == Person.id, isouter=True)
    .join(TeamMember, TeamMember.player == PlayerKeyLine.key, isouter=True)
    .where(PlayerKeyLine.key == bindparam("player"))
)


def facts(player: str, on_this_phone: bool = False, evidence: str = "") -> Facts:
    """What scoring will use of a player, as it is now."""
    zone, is_future, household, team = db.session.execute(HOME, {"player": player}).one()
    return Facts(None if is_future else zone, on_this_phone, household, evidence, team)


def fits(encounter: Encounter) -> bool:
    """Whether it did the challenge of its week, or that of a spot and surely there (docs/rules.md §4, sentence 3)."""
    if encounter.is_at_its_spot:
        return True
    week = clock.week_of(clock.day_of(encounter.moment))
    chosen = challenges.was_chosen(encounter.neighbourhood_id, encounter.challenge_id, week)
    return bool(db.session.scalar(select(chosen)))


def season_on(encounter: Encounter, day: date) -> Season | None:
    """The season in which a meeting may count on a day: none for a photo from before it, which goes to the album."""
    season = seasons.on(encounter.neighbourhood_id, day)
    return None if season and encounter.taken_on and encounter.taken_on < season.starts_on else season


def once_with(encounter: Encounter, companion: str, season: Season | None) -> str:
    """What must stand once when this is the companion: in a season, outside one on a day."""
    return once(season.id if season else clock.today(), encounter.starter, companion, encounter.challenge_id)


def settle(encounter: Encounter) -> Season | None:
    """Put a meeting that was confirmed just now in its season. The season, when it scores there; None: the album."""
    if encounter.confirmed_at is None:
        raise ValueError("only a confirmed encounter counts")
    season = season_on(encounter, clock.day_of(encounter.confirmed_at))
    only = once_with(encounter, encounter.companion or "", season)
    if season is None or (only != encounter.once and queries.standing(only)):
        return None  # outside a season, or this pair did the challenge in this one already
    still.keep(season)
    encounter.season_id, encounter.once = season.id, only
    db.session.flush()
    encounter.scores = not encounter.is_on_one_phone or queries.on_one_phone(encounter) <= ON_ONE_PHONE
    return season if encounter.scores else None

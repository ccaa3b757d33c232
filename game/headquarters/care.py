"""How many neighbours are still alone, and in which zones people take part: counted once a week, said by five or more.

Nobody is named, also not to the team (docs/rules.md §9). A number changes only when five people or more changed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select, union
from sqlalchemy.sql.selectable import Subquery

from core import clock
from core.database import db
from core.neighbourhoods.models import Zone
from core.people.models import Person, PlayerKeyLine
from game.encounters.models import Encounter, State
from game.headquarters.disclosure import disclose, may_follow
from game.headquarters.models import WeekCount
from game.seasons.models import Season

WEEK = timedelta(days=7)  # between two editions, and before somebody who just joined counts as alone
ALONE, TAKE_PART = "alone", "take part"


def alone(season: Season) -> dict[str, int]:
    """How many play here for a week or longer, and met nobody yet in this season."""
    before = clock.now() - WEEK
    mine = _people(season).where(Person.joined_at <= before, PlayerKeyLine.key.not_in(select(_met(season).c.player)))
    return {"": db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0}


def take_part(season: Season) -> dict[str, int]:
    """By zone, in the order of their ids: how many who live there met somebody in this season."""
    zones = select(Zone.id).where(Zone.neighbourhood_id == season.neighbourhood_id, Zone.is_future.is_(False))
    there = _people(season).where(PlayerKeyLine.key.in_(select(_met(season).c.player))).subquery()
    found = select(there.c.zone_id, func.count()).group_by(there.c.zone_id)
    counted: dict[int, int] = dict(db.session.execute(found).all())
    return {str(zone): counted.get(zone, 0) for zone in db.session.scalars(zones.order_by(Zone.id))}


COUNTED: dict[str, Callable[[Season], dict[str, int]]] = {ALONE: alone, TAKE_PART: take_part}


def without_edition(today: date) -> list[int]:
    """The seasons that run for a week or longer, and of which nothing was counted in the last seven days."""
    recent = select(WeekCount).where(WeekCount.season_id == Season.id, WeekCount.drawn_on > today - WEEK)
    runs = (Season.starts_on <= today - WEEK, Season.ends_on >= today)
    return list(db.session.scalars(select(Season.id).where(*runs, ~recent.exists()).order_by(Season.id)))


def draw_up(season: Season, today: date) -> None:
    """The edition of this week: each count anew, or as it was where too few people changed it."""
    for name, counted in COUNTED.items():
        old, exact = latest(season, name), counted(season)
        if old and not may_follow(old.exact, exact):
            exact, said = old.exact, old.said
        else:
            said = disclose(exact).as_row()
        db.session.add(WeekCount(season_id=season.id, count=name, drawn_on=today, exact=exact, said=said))
    db.session.flush()


def latest(season: Season, name: str) -> WeekCount | None:
    """The last edition of one count."""
    mine = select(WeekCount).where(WeekCount.season_id == season.id, WeekCount.count == name)
    return db.session.scalar(mine.order_by(WeekCount.drawn_on.desc()).limit(1))


@dataclass(frozen=True)
class Said:
    """What is said of a season, wherever it is said; None is "too few to say"."""

    drawn_on: date
    alone: int | None
    zones: list[tuple[str, int | None]]
    in_all: int | None

    @property
    def unsaid(self) -> list[str]:
        """The zones of which nothing can be said: nobody or few take part, or it would give those away."""
        return [zone for zone, many in self.zones if many is None]


def said(season: Season, zones: Mapping[int, str]) -> Said | None:
    """What the last edition says, in two questions. `zones` are those that people live in: id → name."""
    alone, there = latest(season, ALONE), latest(season, TAKE_PART)
    if alone is None or there is None:
        return None
    cells: dict[str, int | None] = there.said["cells"]
    named = [(zones[int(zone)], many) for zone, many in cells.items() if int(zone) in zones]
    return Said(alone.drawn_on, alone.said["total"], named, there.said["total"])


def first_on(season: Season) -> date:
    """When the first edition of a season comes."""
    return season.starts_on + WEEK


def _people(season: Season) -> Select[str, int | None]:
    here = (Person.neighbourhood_id == season.neighbourhood_id, Person.leaving_at.is_(None))
    return select(PlayerKeyLine.key, Person.zone_id).join(Person, Person.id == PlayerKeyLine.person_id).where(*here)


def _met(season: Season) -> Subquery:
    there = (Encounter.neighbourhood_id == season.neighbourhood_id, Encounter.state == State.CONFIRMED)
    starters, others = (
        select(player.label("player")).where(*there, Encounter.season_id == season.id)
        for player in (Encounter.starter, Encounter.companion)
    )
    return union(starters, others).subquery()

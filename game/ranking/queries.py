"""Reading the ranking. Names are looked up at each reading: who left it has none from that moment on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.database import db
from core.people.models import Person, PlayerKeyLine
from game.ranking.models import Entrant, Ranking, Standing
from game.scoring.models import Total
from game.seasons.models import Season

LAST = 10  # the last place that everybody sees; more people than that at one place are a number


@dataclass(frozen=True)
class Shared:
    """One place, and who shares it. Above ten nobody of them is named."""

    place: int
    points: int
    people: int
    names: Sequence[str] = ()

    @property
    def without_name(self) -> int:
        """How many of them are not named."""
        return self.people - len(self.names)


class Own(NamedTuple):
    """Somebody's own place and points."""

    place: int
    points: int


def drawn_on(season_id: int) -> date | None:
    """The day on which the ranking of a season was drawn up last; None before the first time."""
    return db.session.scalar(select(Ranking.day).where(Ranking.season_id == season_id))


def top(season_id: int) -> list[Shared]:
    """The first ten places. Names stand by the alphabet, which says nothing of who was first."""
    shown = (Standing.season_id == season_id, Standing.place <= LAST)
    shared = select(Standing.place, Standing.points, func.count()).where(*shown)
    places = db.session.execute(shared.group_by(Standing.place, Standing.points).order_by(Standing.place)).all()
    few = [place for place, _points, people in places if people <= LAST]
    of_few = select(Standing.place, Person.name).where(*shown, Standing.place.in_(few), *willing(Standing.player))
    names = defaultdict(list)
    for place, name in db.session.execute(of_few.order_by(Person.likeness, Person.id)):
        names[place].append(name)
    return [Shared(place, points, people, names[place]) for place, points, people in places]


def own(season_id: int, player: str) -> Own | None:
    """A player's own place; None when they were not in the last drawing."""
    mine = select(Standing.place, Standing.points).where(Standing.season_id == season_id, Standing.player == player)
    found = db.session.execute(mine).first()
    return Own(*found) if found else None


def is_in(player: str) -> bool:
    """Whether a player chose to stand in it."""
    return db.session.get(Entrant, player) is not None


def willing(player: InstrumentedAttribute[str]) -> Sequence[ColumnElement[bool]]:
    """What ties a column of players to persons: who is here, is not younger than 16, and wants to stand in it."""
    is_theirs = (Entrant.player == player, PlayerKeyLine.key == player, Person.id == PlayerKeyLine.person_id)
    return (*is_theirs, Person.leaving_at.is_(None), Person.is_young.is_(False))


def due(day: date) -> Sequence[int]:
    """Seasons with points of somebody, and without a ranking that was drawn up on this day or after their end."""
    is_new = or_(Ranking.day >= day, Ranking.day > Season.ends_on)
    drawn = select(Ranking.season_id).where(Ranking.season_id == Season.id, is_new)
    counted = select(Total.season_id).where(Total.season_id == Season.id)
    begun = select(Season.id).where(Season.starts_on <= day, ~drawn.exists(), counted.exists())
    return db.session.scalars(begun.order_by(Season.id)).all()

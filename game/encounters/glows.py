"""Where people met lately, by the part of the day, for the wall in the house (core/walls/glows.py)."""

from sqlalchemy import and_, case, func, or_, select

from core.database import db
from core.walls.glows import Part, Times
from game.challenges.models import Challenge
from game.encounters.models import Encounter, State, Yes


def at_spots(neighbourhood_id: int, times: Times, fewest: int) -> set[tuple[int, Part]]:
    """The spots of whose challenges enough people did one, surely there, in that part of the day on one of the days."""
    at = Encounter.confirmed_at
    during = {part: or_(*(and_(at >= start, at < end) for start, end in days)) for part, days in times.items() if days}
    if not during:
        return set()
    part = case(*((when, name.value) for name, when in during.items())).label("part")
    met = select(Challenge.spot_id, part).join(Encounter.challenge).join(Encounter.yeses)
    ours = (Encounter.neighbourhood_id == neighbourhood_id, Encounter.state == State.CONFIRMED, Encounter.fits)
    first = min(start for days in times.values() for start, _end in days)
    people = func.count(Yes.player.distinct())
    found = met.where(*ours, at >= first, Challenge.spot_id.is_not(None), part.is_not(None))
    return {
        (spot, Part(name))
        for spot, name in db.session.execute(found.group_by(Challenge.spot_id, "part").having(people >= fewest))
    }

"""Starting a season."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from core.refusal import Refusal, Sort
from game.seasons import queries
from game.seasons.models import Season

SHORTEST, LONGEST = 24, 28
RULESET = "2026"


def start(neighbourhood_id: int, starts_on: date, days: int, texts: dict[str, Any]) -> Season:
    """A season of 24 to 28 days from a first day. Raises Refusal for another length, or when two would overlap."""
    if not SHORTEST <= days <= LONGEST:
        raise Refusal(_l("A season takes 24 to 28 days."), Sort.INVALID)
    ends_on = starts_on + timedelta(days=days - 1)
    neighbourhoods.hold(neighbourhood_id)  # two at one instant, also from different first days: the second is refused
    if queries.overlapping(neighbourhood_id, starts_on, ends_on):
        raise Refusal(_l("There is a season in those days already."), Sort.CONFLICT)
    season = Season(
        neighbourhood_id=neighbourhood_id, starts_on=starts_on, ends_on=ends_on, texts=texts, ruleset=RULESET
    )
    db.session.add(season)
    db.session.flush()
    return season

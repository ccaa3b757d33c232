"""Starting a season, and mending one in which nobody met yet."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from core.refusal import Refusal, Sort
from game.seasons import queries, rules
from game.seasons.models import Season

SHORTEST, LONGEST = 24, 28
LENGTHS = range(SHORTEST, LONGEST + 1)
RULESET = "six"  # of the card: game/scoring/rules.py
DAYS_STAY = _l("People met in this season already. Its days stay; you can change its theme.")


def start(
    neighbourhood_id: int, starts_on: date, days: int, texts: dict[str, Any], reward_at: int | None = None
) -> Season:
    """A season of 24 to 28 days from a first day. Raises Refusal for another length, or when two would overlap."""
    season = Season(neighbourhood_id=neighbourhood_id, texts=texts, ruleset=RULESET, reward_at=reward_at)
    _give_days(season, starts_on, days)
    db.session.add(season)
    db.session.flush()
    return season


def change(
    season: Season, starts_on: date, days: int, texts: dict[str, Any], is_played: bool, reward_at: int | None = None
) -> None:  # fmt: skip
    """Another theme or reward, and other days while nobody met in it: what counted, counted for these days.

    What another language says stays. Raises Refusal for other days once people met, and where `start` would.
    """
    if (starts_on, days) != (season.starts_on, season.length):
        if is_played:
            raise Refusal(DAYS_STAY)
        _give_days(season, starts_on, days)
    season.texts = {code: text for code, text in season.texts.items() if code not in {"nl", "en"}} | texts
    season.reward_at = reward_at
    db.session.flush()


def take_away(season: Season, is_played: bool) -> None:
    """Remove a season in which nobody met. Raises Refusal when something hangs on it: the ledger stays."""
    if is_played:
        raise Refusal(DAYS_STAY)
    try:
        with db.session.begin_nested():
            db.session.delete(season)
            db.session.flush()
    except IntegrityError:
        raise Refusal(DAYS_STAY) from None


def reveal(season: Season) -> bool:
    """Show everybody what became of it; whether that was new. Raises Refusal while it still runs."""
    if not rules.is_over(season, clock.now()):
        raise Refusal(_l("This season still runs. Show it once it is over."), Sort.INVALID)
    is_new = not rules.is_revealed(season, clock.now())
    season.revealed_at = season.revealed_at or clock.now()
    db.session.flush()
    return is_new


def _give_days(season: Season, starts_on: date, days: int) -> None:
    if days not in LENGTHS:
        raise Refusal(_l("A season takes 24 to 28 days."), Sort.INVALID)
    ends_on = starts_on + timedelta(days=days - 1)
    here = season.neighbourhood_id
    neighbourhoods.lock(here)  # two at one instant, also from different first days: the second is refused
    if queries.overlapping(here, starts_on, ends_on, but=season.id):
        raise Refusal(_l("There is a season in those days already."), Sort.CONFLICT)
    season.starts_on, season.ends_on = starts_on, ends_on

"""Days and weeks are those of the clock in the street, where that goes on or back, and over the end of a year (R6).

Each case is a Monday with what lies around it: the last half hour of the week before, and the first of this one.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from game.encounters import cli
from game.scoring import queries
from game.scoring.models import LedgerEntry
from game.seasons import service as seasons
from game.seasons.models import Season
from tests import make

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("inside")]
HALF_AN_HOUR, WEEK = timedelta(minutes=30), timedelta(days=7)
MONDAYS = {
    "the clock went on": date(2026, 3, 30),
    "the clock went back": date(2026, 10, 26),
    "the clock goes on within it": date(2026, 3, 23),
    "the clock goes back within it": date(2026, 10, 19),
    "the year ends within it": date(2026, 12, 28),
    "the year ended before it": date(2027, 1, 4),
}


@pytest.fixture(params=MONDAYS.values(), ids=list(MONDAYS))
def monday(request) -> date:
    return request.param


@pytest.fixture
def season(monday: date, clock) -> Season:
    """Of 28 days, of which this is the fifteenth."""
    clock.set(time.first_moment_of(monday - 2 * WEEK) + timedelta(hours=9))
    return seasons.start(make.neighbourhood().id, monday - 2 * WEEK, 28, {"nl": {"theme": "Klok"}})


def somebody(season: Season, name: str):
    return make.person(db.session.get_one(Neighbourhood, season.neighbourhood_id), name)


def meet(clock, at: datetime, *two) -> None:
    clock.set(at)
    make.confirmed(*two)


def weeks_of(player) -> list[date]:
    mine = select(LedgerEntry.week).where(LedgerEntry.player == player.player_key).order_by(LedgerEntry.id)
    return list(db.session.scalars(mine))


def test_a_week_begins_at_midnight_in_the_street(season: Season, monday: date, clock):
    one, late, early = (somebody(season, f"Buur {letter}") for letter in "abc")
    midnight = time.first_moment_of(monday)
    meet(clock, midnight.astimezone(UTC) - HALF_AN_HOUR, one, late)
    meet(clock, midnight.astimezone(UTC) + HALF_AN_HOUR, one, early)
    assert weeks_of(one) == [monday - WEEK, monday]
    assert cli.differences() == []


def test_a_week_later_is_seven_dates_and_not_168_hours(season: Season, monday: date, clock):
    one, same, sooner = (somebody(season, f"Buur {letter}") for letter in "abc")
    evening = time.first_moment_of(monday - timedelta(days=6)) - HALF_AN_HOUR
    meet(clock, evening, one, same)
    meet(clock, evening + timedelta(minutes=1), one, sooner)
    meet(clock, time.first_moment_of(monday) - HALF_AN_HOUR, one, sooner)  # the sixth date after
    meet(clock, time.first_moment_of(monday) + HALF_AN_HOUR, one, same)  # the seventh, of which few hours passed
    assert queries.points(season.id, same.player_key) == 15
    assert queries.points(season.id, sooner.player_key) == 10
    assert cli.differences() == []


def test_what_one_can_have_in_a_week_begins_anew_at_that_midnight(season: Season, monday: date, clock):
    one, *others = (somebody(season, f"Buur {letter}") for letter in "abcdefghijklmnopqrstuvwxyz")
    before, after = others[:13], others[13:]
    midnight = time.first_moment_of(monday).astimezone(UTC)
    for number, other in enumerate(before):
        meet(clock, midnight - HALF_AN_HOUR + timedelta(seconds=number), one, other)
    for number, other in enumerate(after):
        meet(clock, midnight + timedelta(seconds=number), one, other)
    assert queries.points(season.id, one.player_key) == 120 + 120
    assert queries.given_to_buurt(season.id) == 130 - 120
    assert cli.differences() == []


def test_the_last_day_of_a_season_ends_at_midnight_in_the_street(monday: date, clock):
    """A season that ends on the Sunday before: its last second counts, the next one is for the album."""
    first = monday - 4 * WEEK
    clock.set(time.first_moment_of(first) + timedelta(hours=9))
    season = seasons.start(make.neighbourhood().id, first, 28, {"nl": {"theme": "Klok"}})
    one, on_time, late = (somebody(season, f"Buur {letter}") for letter in "abc")
    over = time.first_moment_of(monday).astimezone(UTC)
    meet(clock, over - timedelta(seconds=1), one, on_time)
    meet(clock, over, one, late)
    assert queries.points(season.id, one.player_key) == queries.points(season.id, on_time.player_key) == 10
    assert weeks_of(late) == []
    assert cli.differences() == []

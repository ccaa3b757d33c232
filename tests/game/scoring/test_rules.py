"""The sentences on the card, through the ledger, against exact totals and the independent slow scorer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.clock import today
from core.database import db
from game.encounters import cli, service
from game.scoring import queries, thermometer
from game.scoring.meeting import Meeting
from game.scoring.models import LedgerEntry
from game.scoring.replay import replay
from game.scoring.service import award
from game.seasons.models import Season
from tests import make

pytestmark = pytest.mark.both


def lines(person) -> list[list[tuple[str, int]]]:
    wanted = select(LedgerEntry).where(LedgerEntry.player == person.player_key).order_by(LedgerEntry.id)
    return [[tuple(line) for line in entry.lines] for entry in db.session.scalars(wanted)]


def season_of(here) -> int:
    return db.session.scalars(select(Season.id).where(Season.neighbourhood_id == here.id)).one()


def test_meeting_for_the_first_time_gives_ten_each(amina, cem):
    make.confirmed(amina, cem)
    assert lines(amina) == lines(cem) == [[("first", 10)]]


def test_two_from_different_zones_get_five_more(amina, bram):
    make.confirmed(amina, bram)
    assert lines(amina) == lines(bram) == [[("first", 10), ("other zone", 5)]]


@pytest.mark.parametrize("zone", [None, "Ik kom hier wonen"])
def test_without_a_zone_or_still_to_come_there_is_no_zone_line(here, amina, zone):
    other = make.person(here, "Verse Verf", zone)
    make.confirmed(amina, other)
    assert lines(other) == [[("first", 10)]]


def test_the_zone_at_the_moment_of_the_yes_counts(here, amina, cem):
    meeting = make.encounter(amina, cem)
    amina.zone = next(zone for zone in here.zones if zone.name == "Zuid")
    service.agree(meeting.id, cem, with_photo=True)
    assert lines(amina) == [[("first", 10)]]


def test_meeting_again_within_a_week_goes_to_the_album(amina, cem, clock):
    make.confirmed(amina, cem)
    clock.advance(days=6, hours=11)
    make.confirmed(amina, cem)
    assert lines(amina) == [[("first", 10)]]


def test_meeting_again_after_a_week_gives_five_each_once_and_no_other_lines(amina, bram, clock):
    make.confirmed(amina, bram)
    clock.advance(days=7)
    make.confirmed(amina, bram)
    clock.advance(days=7)
    make.confirmed(amina, bram)
    assert lines(amina) == lines(bram) == [[("first", 10), ("other zone", 5)], [("again", 5)]]


def test_a_week_is_counted_in_amsterdam_days_across_the_change_of_the_clock(here, amina, cem, clock):
    clock.set(datetime(2026, 10, 21, 22, 30, tzinfo=UTC))  # 22 October in Amsterdam, half past midnight, summer time
    make.season(here)
    make.confirmed(amina, cem)
    clock.set(datetime(2026, 10, 28, 22, 59, tzinfo=UTC))  # 28 October, one minute before midnight, winter time
    make.confirmed(amina, cem)
    assert len(lines(amina)) == 1
    clock.set(datetime(2026, 10, 28, 23, 1, tzinfo=UTC))  # 29 October
    make.confirmed(amina, cem)
    assert len(lines(amina)) == 2


def test_the_ledger_counts_for_the_week_of_amsterdam(here, amina, cem, clock):
    clock.set(datetime(2026, 6, 7, 22, 30, tzinfo=UTC))  # Monday 8 June in Amsterdam, still Sunday in UTC
    make.confirmed(amina, cem)
    [week] = db.session.scalars(select(LedgerEntry.week).distinct()).all()
    assert week.isoformat() == "2026-06-08"


def test_the_same_meeting_is_paid_once_however_often_it_is_asked(amina, bram):
    meeting = make.confirmed(amina, bram)
    for _time in range(3):
        award(meeting.as_meeting(), "2026")
    assert queries.points(meeting.season_id, amina.player_key) == 15
    assert cli.wrong_totals() == []


def test_published_totals_move_in_steps_of_five():
    assert [queries.published(count) for count in (0, 4, 5, 9, 10, 214)] == [0, 0, 5, 5, 10, 210]


def test_the_wall_has_a_brick_for_each_published_pair(here, amina, clock):
    for letter in "ABCDEFG":
        make.confirmed(amina, make.person(here, f"Buur {letter}", "Zuid"))
    zones = {zone.id: zone.name for zone in here.zones[:2]}
    read = thermometer.read(season_of(here), zones, today())
    bricks = [brick for row in read.wall for brick in row]
    assert read.pairs == bricks.count("new") == 5
    assert bricks.count("laid") == 0
    assert [line.pairs for line in read.lines] == [5]
    clock.advance(days=1)
    tomorrow = thermometer.read(season_of(here), zones, today())
    assert [brick for row in tomorrow.wall for brick in row].count("laid") == 5


moments = st.integers(0, 27 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
meetings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), moments), max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=meetings)
def test_whatever_is_played_the_ledger_equals_the_slow_scorer(here, plan):
    season = season_of(here)
    zones = [None, *(zone.id for zone in here.zones[:2])]
    start = datetime(2026, 5, 31, 0, 0, tzinfo=UTC)
    played = [
        Meeting(
            f"{number:026}", season, (f"p{one}", f"p{other}"), (zones[one % 3], zones[other % 3]), start + after, number
        )
        for number, (one, other, after) in enumerate(sorted(plan, key=lambda met: met[2]))
        if one != other
    ]
    with db.session.begin_nested() as savepoint:
        for meeting in played:
            award(meeting, "2026")
        written, totals = cli.written_rows(), cli.wrong_totals()
        savepoint.rollback()
    assert written == replay(played)
    assert totals == []

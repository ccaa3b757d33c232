"""The sentences on the card, through the ledger, against exact totals and the independent slow scorer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.clock import today
from core.database import db
from game.challenges.service import choose_week
from game.encounters import cli, service
from game.scoring import queries, thermometer
from game.scoring.models import LedgerEntry
from game.scoring.service import award
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import letters
from tests.conftest import NOON

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
        award(meeting.as_meeting(), "six")
    assert queries.points(meeting.season_id, amina.player_key) == 15
    assert cli.wrong_totals() == []


def test_the_challenge_of_the_week_gives_five_more_at_a_first_meeting_alone(here, amina, bram, clock):
    doing = make.challenge(here)
    for monday in (NOON.date() - timedelta(days=1), NOON.date() + timedelta(days=6)):
        choose_week(here.id, monday, doing.key)
    make.confirmed(amina, bram, doing)
    assert lines(amina) == lines(bram) == [[("first", 10), ("other zone", 5), ("fits", 5)]]
    dirk = make.person(here, "Verse Verf", None)
    make.confirmed(amina, dirk)
    clock.advance(days=7)
    make.confirmed(amina, dirk, doing)
    assert lines(dirk) == [[("first", 10)], [("again", 5)]]


def test_the_week_of_the_second_yes_decides_whether_it_was_its_challenge(here, amina, cem, clock):
    clock.set(datetime(2026, 6, 7, 21, 59, tzinfo=UTC))  # Sunday, one minute before midnight in Amsterdam
    doing = make.challenge(here)
    choose_week(here.id, datetime(2026, 6, 8, tzinfo=UTC).date(), doing.key)
    meeting = make.encounter(amina, cem, doing)
    clock.advance(minutes=2)
    service.agree(meeting.id, cem, with_photo=True)
    assert lines(amina) == [[("first", 10), ("fits", 5)]]


@pytest.mark.parametrize(("shown", "fits"), [("verified", True), ("plate answer", True), ("plate", False), ("", False)])
def test_the_challenge_of_a_spot_gives_five_more_where_two_points_show_that_they_were_there(
    here, amina, cem, shown, fits
):
    bench = make.spot(here)
    db.session.add(bench)
    db.session.flush()
    meeting = service.hand_in(amina, make.challenge(here, spot_id=bench.id), None, "key", cem, shown)
    service.agree(meeting.id, cem, with_photo=True)
    assert lines(amina) == lines(cem) == [[("first", 10), *([("fits", 5)] if fits else [])]]


def test_what_is_above_120_a_week_goes_to_the_buurt_in_a_row_that_says_so(here, amina, clock):
    clock.set(datetime(2026, 6, 7, 20, 0, tzinfo=UTC))  # Sunday
    for number in range(9):
        make.confirmed(amina, make.person(here, f"Buur {letters(number)}", "Zuid"))
    season = season_of(here)
    wanted = select(LedgerEntry.purse, LedgerEntry.points).where(LedgerEntry.player == amina.player_key)
    assert db.session.execute(wanted.order_by(LedgerEntry.id)).all() == [
        *[("own", 15)] * 8, ("own", 0), ("buurt", 15),
    ]  # fmt: skip
    assert (queries.points(season, amina.player_key), queries.given_to_buurt(season)) == (120, 15)
    clock.advance(hours=3)  # Monday in Amsterdam, still Sunday in UTC
    make.confirmed(amina, make.person(here, "Buur van de nieuwe week", "Zuid"))
    assert queries.points(season, amina.player_key) == 135


def test_a_share_that_half_fits_is_cut_at_120(here, amina, cem):
    for number in range(7):
        make.confirmed(amina, make.person(here, f"Buur {letters(number)}", "Zuid"))
    make.confirmed(amina, cem)
    make.confirmed(amina, make.person(here, "Nog een buur", "Zuid"))
    wanted = select(LedgerEntry.purse, LedgerEntry.points).where(LedgerEntry.player == amina.player_key)
    assert db.session.execute(wanted.order_by(LedgerEntry.id)).all()[-2:] == [("own", 5), ("buurt", 10)]


def test_a_season_keeps_the_card_that_it_began_with(here, amina, bram):
    db.session.get(Season, season_of(here)).ruleset = "2026"
    doing = make.challenge(here)
    choose_week(here.id, NOON.date() - timedelta(days=1), doing.key)
    make.confirmed(amina, bram, doing)
    for number in range(9):
        make.confirmed(amina, make.person(here, f"Buur {letters(number)}", "Zuid"))
    assert lines(bram) == [[("first", 10), ("other zone", 5)]]
    assert queries.points(season_of(here), amina.player_key) == 150
    assert cli.differences() == []


def test_published_totals_move_in_steps_of_five():
    assert [queries.published(count) for count in (0, 4, 5, 9, 10, 214)] == [0, 0, 5, 5, 10, 210]


def test_the_wall_has_a_brick_for_each_published_pair(here, amina, clock):
    for letter in "ABCDEFG":
        make.confirmed(amina, make.person(here, f"Buur {letter}", "Zuid"))
    zones = {zone.id: zone.name for zone in here.zones[:2]}
    read = thermometer.count(db.session.get(Season, season_of(here)), zones, today())
    bricks = [brick for row in read.wall for brick in row]
    assert read.pairs == bricks.count("new") == 5
    assert bricks.count("laid") == 0
    assert [line.pairs for line in read.lines] == [5]
    clock.advance(days=1)
    tomorrow = thermometer.count(db.session.get(Season, season_of(here)), zones, today())
    assert [brick for row in tomorrow.wall for brick in row].count("laid") == 5

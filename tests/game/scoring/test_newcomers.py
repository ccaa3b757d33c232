"""Newcomers: who becomes known by what, what waits about them, and that it arrives by itself."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.database import db
from game.encounters import cli
from game.scoring import newcomers, queries
from game.scoring.models import Known, LedgerEntry
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import letters
from tests.core.people.test_households import together

pytestmark = pytest.mark.both


@pytest.fixture
def season(here) -> int:
    return db.session.scalars(select(Season.id)).one()


@pytest.fixture
def noor(here):
    """Somebody new, from Zuid, whom nobody knows."""
    return make.person(here, "Nieuwe Lantaarn", "Zuid", known=False)


def known(person) -> str | None:
    return db.session.scalar(select(Known.how).where(Known.player == person.player_key))


def rows(person) -> list[tuple[str, str, int]]:
    mine = select(LedgerEntry.reason, LedgerEntry.purse, LedgerEntry.points)
    return [
        tuple(row)
        for row in db.session.execute(mine.where(LedgerEntry.player == person.player_key).order_by(LedgerEntry.id))
    ]


def newcomer(here, number: int):
    return make.person(here, f"Nieuw {letters(number)}", "Zuid", known=False)


def test_the_first_meeting_of_a_week_with_a_newcomer_pays_ten_and_five_wait(here, season, amina, noor, clock):
    met = make.confirmed(amina, noor)
    share = queries.share(met.key, amina.player_key)
    assert (share.price, share.own, share.waits) == (15, 10, 5)
    other = queries.share(make.confirmed(amina, newcomer(here, 1)).key, amina.player_key)
    assert (other.price, other.own, other.waits) == (15, 0, 15)
    clock.advance(days=7)
    later = queries.share(make.confirmed(amina, newcomer(here, 2)).key, amina.player_key)
    assert (later.own, later.waits) == (10, 5)
    assert queries.waiting(season, amina.player_key) == 25
    assert queries.points(season, noor.player_key) == 15  # who looks at somebody known is paid whole
    clock.advance(seconds=1)
    assert cli.differences() == []


def test_three_known_people_make_somebody_known_and_what_waited_arrives_into_the_week_of_now(here, amina, noor, clock):
    clock.set(datetime(2026, 6, 7, 21, 0, tzinfo=UTC))  # Sunday
    met = make.confirmed(amina, noor)
    make.confirmed(make.person(here, "Buur Twee", "Zuid"), noor)
    assert known(noor) is None
    clock.advance(hours=2)  # Monday in Amsterdam, Sunday in UTC
    last = make.person(here, "Buur Drie", "Zuid")
    make.confirmed(last, noor)
    assert known(noor) == "met"
    share = queries.share(met.key, amina.player_key)
    assert (share.own, share.waits) == (15, 0)
    weeks = select(LedgerEntry.week).where(LedgerEntry.player == amina.player_key).order_by(LedgerEntry.id)
    assert [week.isoformat() for week in db.session.scalars(weeks)] == ["2026-06-01", "2026-06-08"]
    assert rows(last) == [("meeting", "own", 10)]
    assert cli.differences() == []


def test_a_host_or_a_letter_makes_known_at_once_and_once(here, amina, noor, clock):
    make.confirmed(amina, noor)
    clock.advance(minutes=1)
    newcomers.welcome(here.id, [noor.player_key], "host")
    newcomers.welcome(here.id, [noor.player_key], "letter")
    assert known(noor) == "host"
    assert rows(amina) == [("meeting", "own", 10), ("arrived", "own", 5)]


def test_one_known_person_vouches_for_three_a_week_and_one_over_that_counts_when_they_meet_again(here, amina, clock):
    people = [newcomer(here, number) for number in range(4)]
    for number in range(2):
        voucher = make.person(here, f"Buur {letters(number)}", "Noord")
        make.confirmed(voucher, people[3])
    for one in people:
        make.confirmed(amina, one)
    assert known(people[3]) is None
    clock.advance(days=1)
    make.confirmed(amina, people[3])  # the same week: still over
    assert known(people[3]) is None
    clock.advance(days=6)
    make.confirmed(amina, people[3])
    assert known(people[3]) == "met"
    assert cli.differences() == []


def test_those_one_lives_with_vouch_for_nobody(here, amina, noor):
    together(amina, noor)
    make.confirmed(amina, noor)
    for number in range(2):
        make.confirmed(make.person(here, f"Buur {letters(number)}", "Noord"), noor)
    assert known(noor) is None


def test_newcomers_vouch_for_nobody_and_for_others_once_they_are_known(here, noor, clock):
    other = newcomer(here, 1)
    make.confirmed(noor, other)
    for number in range(2):
        make.confirmed(make.person(here, f"Buur {letters(number)}", "Noord"), other)
    clock.advance(seconds=1)
    newcomers.welcome(here.id, [noor.player_key], "host")
    assert known(other) is None  # what was before does not count by it
    clock.advance(days=7)
    make.confirmed(noor, other)
    assert known(other) == "met"
    clock.advance(seconds=1)
    assert cli.differences() == []


def test_what_still_waits_when_the_season_is_over_goes_to_the_buurt_once(here, season, amina, noor, clock):
    make.confirmed(amina, noor)
    assert newcomers.give_to_buurt() == 0
    clock.advance(days=28)
    assert newcomers.give_to_buurt() == 1
    assert newcomers.give_to_buurt() == 0
    assert rows(amina) == [("meeting", "own", 10), ("over", "buurt", 5)]
    newcomers.welcome(here.id, [noor.player_key], "host")
    assert (queries.points(season, amina.player_key), queries.given_to_buurt(season)) == (10, 5)
    assert cli.differences() == []


def test_between_the_end_of_a_season_and_the_sweep_nothing_arrives(here, season, amina, noor, clock):
    make.confirmed(amina, noor)
    clock.advance(days=28)
    newcomers.welcome(here.id, [noor.player_key], "host")
    assert queries.points(season, amina.player_key) == 10

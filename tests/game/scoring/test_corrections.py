"""What a meeting gave is taken away from both, and given back: opposite rows, and nothing else moves."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.people.models import Person
from game.encounters import cli
from game.scoring import corrections, newcomers, queries, still
from game.scoring.models import Board, Correction, LedgerEntry, Purse
from game.seasons.models import Season
from tests import make
from tests.bench.meetings import letters

pytestmark = pytest.mark.both
BY = "a-coordinator"


@pytest.fixture
def season(here) -> Season:
    return db.session.scalars(select(Season)).one()


@pytest.fixture
def noor(here):
    """Somebody new, from Zuid, whom nobody knows."""
    return make.person(here, "Nieuwe Lantaarn", "Zuid", known=False)


def rows(meeting: str) -> list[tuple[str, int]]:
    mine = select(LedgerEntry.reason, LedgerEntry.points).where(LedgerEntry.meeting == meeting)
    return [tuple(row) for row in db.session.execute(mine.order_by(LedgerEntry.id))]


def own(season, *people) -> list[int]:
    return [queries.points(season.id, one.player_key) for one in people]


def take(met) -> Correction | None:
    return corrections.take(met.key, "not met", BY)


def give_back(met) -> Correction | None:
    return corrections.give_back(met.key, BY)


def right(clock) -> bool:
    clock.advance(seconds=1)
    return cli.differences() == []


def test_both_lose_what_their_meeting_gave_by_rows_that_are_its_opposite(here, season, amina, bram, cem, clock):
    met = make.confirmed(amina, bram)
    make.confirmed(amina, cem)
    clock.advance(days=9)
    made = take(met)
    assert rows(met.key) == [
        ("meeting", 15), ("meeting", 15), ("taken 1 meeting", -15), ("taken 1 meeting", -15),
    ]  # fmt: skip
    assert own(season, amina, bram, cem) == [10, 0, 10]
    weeks = set(db.session.scalars(select(LedgerEntry.week).where(LedgerEntry.meeting == met.key)))
    assert len(weeks) == 1  # it leaves the week into which it had come
    assert (made.reason, made.by, made.number) == ("not met", BY, 1)
    assert right(clock)


def test_giving_back_is_exactly_the_opposite_and_both_can_be_done_again(here, season, amina, bram, clock):
    met = make.confirmed(amina, bram)
    for number in (1, 3):
        clock.advance(minutes=1)
        assert take(met).number == number
        assert own(season, amina, bram) == [0, 0]
        clock.advance(minutes=1)
        assert give_back(met).number == number + 1
        assert own(season, amina, bram) == [15, 15]
    assert right(clock)


def test_what_was_done_already_is_not_done_again(here, season, amina, bram, clock):
    met = make.confirmed(amina, bram)
    assert give_back(met) is None
    assert take(met)
    assert take(met) is None
    assert own(season, amina, bram) == [0, 0]
    assert give_back(met)
    assert give_back(met) is None
    assert len(rows(met.key)) == 6


def test_a_meeting_that_gave_nothing_or_is_none_has_nothing_to_take(here, season, amina, bram, clock):
    make.confirmed(amina, bram)
    again = make.confirmed(amina, bram)
    assert take(again) is None
    assert corrections.take("nothing", "not met", BY) is None
    assert list(db.session.scalars(select(Correction))) == []


def test_what_went_to_the_buurt_leaves_it_and_still_counts_for_the_week(here, season, amina, clock):
    others = [make.person(here, f"Buur {letters(number)}", "Zuid") for number in range(9)]
    met = [make.confirmed(amina, one) for one in others]
    assert own(season, amina) == [120]
    assert queries.given_to_buurt(season.id) == 15
    take(met[-1])  # the one above 120: of it she had nothing herself, the other had 15
    assert own(season, amina, others[-1]) == [120, 0]
    assert queries.given_to_buurt(season.id) == 0
    take(met[0])
    assert own(season, amina) == [105]
    clock.advance(minutes=1)
    make.confirmed(amina, make.person(here, "Buur Later", "Zuid"))
    assert own(season, amina) == [105]  # 120 were given this week, also where they were taken away
    assert queries.given_to_buurt(season.id) == 15
    give_back(met[0])
    assert own(season, amina) == [120]
    assert right(clock)


def test_what_waits_goes_and_waits_again(here, season, amina, noor, clock):
    met = make.confirmed(amina, noor)
    take(met)
    assert own(season, amina, noor) == [0, 0]
    assert queries.waiting(season.id, amina.player_key) == 0
    clock.advance(minutes=1)
    give_back(met)
    assert own(season, amina, noor) == [10, 15]
    assert queries.waiting(season.id, amina.player_key) == 5
    assert right(clock)


def test_what_waited_arrives_when_it_comes_back_after_the_newcomer_became_known(here, season, amina, noor, clock):
    met = make.confirmed(amina, noor)
    take(met)
    clock.advance(days=7)
    newcomers.welcome(here.id, [noor.player_key], "host")
    assert own(season, amina) == [0]
    clock.advance(minutes=1)
    give_back(met)
    assert own(season, amina) == [15]
    assert right(clock)
    take(met)
    assert own(season, amina, noor) == [0, 0]
    assert right(clock)


def test_after_the_season_what_waited_goes_to_the_buurt_and_can_be_taken_from_it(here, season, amina, noor, clock):
    met = make.confirmed(amina, noor)
    clock.advance(days=30)
    take(met)  # before any sweep
    assert ("taken 1 over", -5) in rows(met.key)
    clock.advance(minutes=1)
    give_back(met)
    went = select(LedgerEntry.points).where(LedgerEntry.purse == Purse.BUURT)
    assert sum(db.session.scalars(went)) == 5
    assert right(clock)


def test_nobody_ceases_to_be_known_and_no_later_meeting_is_judged_anew(here, season, amina, bram, noor, clock):
    first = make.confirmed(amina, noor)
    make.confirmed(bram, noor)
    make.confirmed(make.person(here, "Buur Drie", "Zuid"), noor)
    assert newcomers.unknown([noor.player_key]) == set()
    clock.advance(minutes=1)
    take(first)
    assert newcomers.unknown([noor.player_key]) == set()
    clock.advance(days=8)
    make.confirmed(amina, noor)  # a week after the first: they meet again, taken away or not
    assert own(season, amina) == [5]
    assert right(clock)


def test_the_thermometer_counts_a_pair_by_those_of_its_meetings_that_stand(here, season, amina, bram, clock):
    first = make.confirmed(amina, bram)
    clock.advance(days=8)
    again = make.confirmed(amina, bram)

    def counted():
        return queries.pairs(season.id), queries.returned_pairs(season.id), sum(queries.zone_pairs(season.id).values())

    assert counted() == (1, 1, 1)
    take(again)
    assert counted() == (1, 0, 1)
    take(first)
    assert counted() == (0, 0, 0)
    give_back(again)
    assert counted() == (1, 1, 1)
    give_back(first)
    assert counted() == (1, 1, 1)


def test_a_board_that_stands_still_does_not_move_by_a_correction(here, season, amina, bram, clock):
    met = make.confirmed(amina, bram)
    clock.advance(days=23, hours=12)  # within 48 hours of the end, before any sweep
    take(met)
    assert db.session.scalars(select(Board)).one().says["pairs"] == 0
    others = [make.confirmed(amina, make.person(here, f"Buur {letters(number)}")) for number in range(5)]
    assert len(others) == 5
    assert still.read(season, still.lived_in(here.zones)).pairs == 0


def test_many_who_take_the_same_at_the_very_same_moment_take_it_once(app):
    times = 8
    with app.app_context():
        here, _season = make.world()
        with writing():
            make.confirmed(make.person(here, "Rustige Uil"), make.person(here, "Vlugge Vos", "Zuid"))
        meeting = db.session.scalars(select(LedgerEntry.meeting).distinct()).one()
    start = Barrier(times)

    def run(_number: int) -> bool:
        with app.app_context():
            start.wait(10)
            with writing():
                return corrections.take(meeting, "not met", BY) is not None

    with ThreadPoolExecutor(times) as pool:
        done = list(pool.map(run, range(times)))
    with app.app_context():
        assert done.count(True) == 1
        assert sorted(points for _reason, points in rows(meeting)) == [-15, -15, 15, 15]
        assert cli.wrong_totals() == []


def test_a_yes_and_a_correction_at_the_very_same_moment_leave_the_totals_right(app):
    with app.app_context():
        here, _season = make.world()
        with writing():
            me = make.person(here, "Rustige Uil")
            met = [make.confirmed(me, make.person(here, f"Buur {letters(number)}", "Zuid")).key for number in range(6)]
            new = [make.person(here, f"Nieuw {letters(number)}", "Zuid", known=False).id for number in range(6)]
            mine = me.id
    start = Barrier(12)

    def correct(meeting: str) -> None:
        with app.app_context():
            start.wait(10)
            with writing():
                corrections.take(meeting, "not met", BY)

    def meet(other: int) -> None:
        with app.app_context():
            start.wait(10)
            with writing():
                make.confirmed(db.session.get_one(Person, mine), db.session.get_one(Person, other))

    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(correct, one) for one in met] + [pool.submit(meet, one) for one in new]:
            done.result()
    with app.app_context():
        assert cli.wrong_totals() == []
        points = db.session.scalars(select(LedgerEntry.points).where(LedgerEntry.meeting.in_(met)))
        assert sum(points) == 0

"""The board stands still in the last 48 hours, whatever is written then, and moves at its reveal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core.clock import now
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal
from game.scoring import jobs, newcomers, queries, still
from game.scoring.models import Board, Sort
from game.seasons import rules
from game.seasons import service as seasons
from tests import make

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("inside")]
SECOND = timedelta(seconds=1)
THEME = {"nl": {"theme": "Deuren open"}}


@pytest.fixture(params=[date(2026, 6, 1), date(2026, 3, 5), date(2026, 9, 30)], ids=["summer", "on", "back"])
def season(request, clock):
    """28 days; the second ends on the day of 23 hours less 3, the third within two days of the one of 25."""
    clock.set(datetime.combine(request.param, datetime.min.time(), UTC) + timedelta(hours=9))
    with writing():
        here = make.neighbourhood("stil")
        made = seasons.start(here.id, request.param, 26, THEME)
        for number in range(12):
            make.person(here, f"Buur {'abcdefghijkl'[number]}", ("Noord", "Zuid")[number % 2])
    return made


def people():
    return db.session.scalars(select(Person).order_by(Person.id)).unique().all()


def meet(first: int, how_many: int) -> None:
    """So many pairs, of the first and those after."""
    with writing():
        everybody = people()
        for other in everybody[first + 1 : first + 1 + how_many]:
            make.confirmed(everybody[first], other)


def board(season):
    here = neighbourhoods.by_slug("stil")
    read = still.read(season, still.lived_in(here.zones))
    return read.pairs, read.returned, read.given, read.lines


def test_nothing_that_is_written_in_the_last_48_hours_moves_the_board_until_its_reveal(season, clock):
    meet(0, 5)
    clock.set(rules.still_from(season) - SECOND)
    meet(1, 5)
    assert board(season)[0] == 10
    clock.set(rules.still_from(season))  # before any sweep: the first yes draws it up
    meet(2, 6)
    stood = board(season)
    assert stood[0] == 10
    assert db.session.get(Board, (season.id, Sort.STILL)).at == rules.still_from(season)
    own = queries.points(season.id, people()[2].player_key)
    assert own > 60  # one's own points go on
    jobs.draw_up()
    meet(3, 8)
    clock.set(rules.ends_at(season) + timedelta(days=6))
    with writing():
        newcomers.give_to_buurt()
    jobs.draw_up()
    assert board(season) == stood
    clock.set(rules.ends_at(season) + timedelta(days=7))
    assert jobs.draw_up() == 1
    assert board(season)[0] == 20
    assert jobs.draw_up() == 0


def test_a_season_that_still_runs_is_not_revealed_and_one_that_is_over_at_once(season, clock):
    clock.set(rules.ends_at(season) - SECOND)
    with pytest.raises(Refusal):
        seasons.reveal(season)
    clock.set(rules.ends_at(season))
    assert not rules.is_revealed(season, now())
    assert seasons.reveal(season)
    assert rules.is_revealed(season, now())
    assert not seasons.reveal(season)


def test_points_that_arrive_in_the_last_48_hours_do_not_move_it_either(season, clock):
    with writing():
        here = neighbourhoods.by_slug("stil")
        new = make.person(here, "Nieuw", "Zuid", known=False)
        make.confirmed(people()[0], new)
    me = people()[0].player_key
    assert queries.waiting(season.id, me) == 5
    clock.set(rules.still_from(season))
    before = board(season)
    with writing():
        newcomers.welcome(here.id, [new.player_key], "host")
    assert db.session.get(Board, (season.id, Sort.STILL))
    assert board(season) == before
    assert queries.waiting(season.id, me) == 0

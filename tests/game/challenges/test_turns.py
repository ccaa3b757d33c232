"""Today's challenge: fixed when the day begins, whatever makers publish, retire or bring back on that day."""

import re

import pytest
from sqlalchemy import func, select

from core import clock as now
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from game.challenges import jobs, queries, service
from game.challenges.models import Challenge, DaysTurn
from tests import make
from tests.game.encounters.test_races import at_once

pytestmark = pytest.mark.both


@pytest.fixture
def lombok(app, clock):
    """Three challenges, the second day of the clockwork: it is bench's turn."""
    with app.app_context():
        make.world()
        assert jobs.sweep() == 1
        clock.advance(days=1)
        assert jobs.sweep() == 1
    assert turn(app) == "bench"
    return app


def turn(app) -> str | None:
    with app.app_context():
        whose = queries.todays(1, now.today())
        return whose.challenge.key if whose else None


def change(app, key: str, what=service.retire) -> None:
    with app.app_context(), writing():
        what(db.session.scalars(select(Challenge).where(Challenge.key == key)).one())


def publish(app, key: str) -> None:
    with app.app_context(), writing():
        make.challenge(db.session.get_one(Neighbourhood, 1), key)


def test_what_is_published_on_a_day_waits_for_its_turn(lombok, clock):
    publish(lombok, "later")
    seen = []
    for _day in range(4):
        seen.append(turn(lombok))
        clock.advance(days=1)
        with lombok.app_context():
            jobs.sweep()
    assert seen == ["bench", "bike", "later", "colour"]


def test_what_is_retired_or_brought_back_elsewhere_changes_nothing_today(lombok):
    for key, what in (("colour", service.retire), ("bike", service.retire), ("colour", service.bring_back)):
        change(lombok, key, what)
        assert turn(lombok) == "bench"


def test_the_one_that_is_retired_on_its_day_falls_to_the_next_which_then_stays(lombok):
    change(lombok, "bench")
    assert turn(lombok) == "bike"
    with lombok.app_context():
        assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    publish(lombok, "later")
    change(lombok, "bench", service.bring_back)
    assert turn(lombok) == "bike"


def test_at_midnight_in_amsterdam_it_turns_also_before_the_clockwork_ticks(lombok, clock):
    clock.set(now.now().replace(hour=21, minute=59))
    assert turn(lombok) == "bench"
    clock.advance(minutes=1)
    before = turn(lombok)
    with lombok.app_context():
        assert jobs.sweep() == 1
    assert (before, turn(lombok)) == ("bike", "bike")


def test_a_neighbourhood_without_challenges_has_none_and_keeps_nobody_busy(lombok):
    for key in ("colour", "bench", "bike"):
        change(lombok, key)
    assert turn(lombok) is None
    with lombok.app_context():
        assert jobs.sweep() == 0


def test_two_clockworks_at_once_fix_one_turn(lombok, clock):
    clock.advance(days=1)
    at_once(lombok, [lambda: service.fix_turn(1, now.today())] * 8)
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(DaysTurn)) == 1
    assert turn(lombok) == "bike"


def test_home_leads_everybody_to_the_same_one_all_day(lombok, clock):
    led = set()
    for hour in range(3):
        publish(lombok, f"later-{hour}")
        led.add(re.search(r'href="(/w/lombok/challenges/[^"]+)"', lombok.test_client().get("/w/lombok/").text)[1])
        clock.advance(hours=4)
    assert led == {"/w/lombok/challenges/bench"}

"""A season of random steps: what must hold holds, and each of the faults that were planted is caught."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from core import clock as now
from game.scoring import corrections, ledger, rules, still, thermometer
from game.scoring.rules import SIX
from game.seasons import rules as rules_of_seasons
from tests.game.scoring.playing_on import PlayedOn

pytestmark = [pytest.mark.usefixtures("inside", "clock"), pytest.mark.both]
MONDAY = date(2026, 3, 9)  # it begins an hour earlier than in UTC
calm = settings(deadline=None, suppress_health_check=list(HealthCheck))


def test_whatever_happens_in_a_season_what_must_hold_holds():
    run_state_machine_as_test(PlayedOn, settings=settings(calm, max_examples=12, stateful_step_count=40))


@pytest.mark.long
def test_whatever_happens_in_thousands_of_steps_what_must_hold_holds():
    run_state_machine_as_test(PlayedOn, settings=settings(calm, max_examples=100, stateful_step_count=80))


# ---- planted faults: the same machine, in steps that are known, holds without them and fails with each


def week_in_utc(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(now, "local", lambda moment: moment)


def meeting_scored_twice(patch: pytest.MonkeyPatch) -> None:
    give = ledger.give
    twice = lambda gifts, a_week: give([*gifts, *(replace(one, reason="twice") for one in gifts)], a_week)  # noqa: E731
    patch.setattr(ledger, "give", twice)


def rule_applied_to_a_repeat(patch: pytest.MonkeyPatch) -> None:
    rule = next(one for one in rules.RULESETS[SIX].rules if one.name == "other zone")
    wrong = replace(rule, points=lambda judged: 5 if judged.meeting.zones_differ else 0)
    rest = [one for one in rules.RULESETS[SIX].rules if one is not rule]
    patch.setitem(rules.RULESETS, SIX, replace(rules.RULESETS[SIX], rules=[*rest, wrong]))


def board_that_is_counted_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(still, "read", lambda season, zones: thermometer.count(season, dict(zones), now.today()))


def pair_that_stays_when_its_points_go(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(corrections, "_mark", lambda *_arguments, **_more: None)


def ranking_that_is_drawn_up_while_its_board_stands_still(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules_of_seasons, "moves", lambda _season, _now: True)


def two_meet_as_a_week_begins(season: PlayedOn) -> None:
    season.time_passes(timedelta(days=1))
    season.monday_begins(1)
    meets(season, 0, 1)


def two_meet(season: PlayedOn) -> None:
    season.time_passes(timedelta(days=1))
    meets(season, 0, 1)


def two_meet_again(season: PlayedOn) -> None:
    two_meet(season)
    season.time_passes(timedelta(days=8))
    meets(season, 0, 1, doing=1)


def fifth_pair_while_the_board_stands_still(season: PlayedOn) -> None:
    season.time_passes(timedelta(days=15))
    for one, other in ((0, 1), (0, 2), (0, 3), (1, 2)):
        meets(season, one, other)
    season.the_board_stands_still_or_the_season_ends(1, ends=False)
    holds(season)
    meets(season, 1, 3)


def coordinator_takes_points_away(season: PlayedOn) -> None:
    two_meet(season)
    season.points_are_taken_away(0, is_starter=True)


def meeting_while_the_board_stands_still(season: PlayedOn) -> None:
    two_meet(season)
    season.time_passes(timedelta(days=15))
    season.the_clockwork_runs()
    season.the_board_stands_still_or_the_season_ends(1, ends=False)
    holds(season)
    meets(season, 0, 2)
    season.time_passes(timedelta(days=1))
    season.the_clockwork_runs()


FAULTS = (
    (week_in_utc, two_meet_as_a_week_begins), (meeting_scored_twice, two_meet),
    (rule_applied_to_a_repeat, two_meet_again),
    (board_that_is_counted_again, fifth_pair_while_the_board_stands_still),
    (pair_that_stays_when_its_points_go, coordinator_takes_points_away),
    (ranking_that_is_drawn_up_while_its_board_stands_still, meeting_while_the_board_stands_still),
)  # fmt: skip


@pytest.mark.parametrize(("plant", "play"), FAULTS, ids=[plant.__name__ for plant, _play in FAULTS])
def test_a_fault_is_caught(plant: Callable, play: Callable, monkeypatch: pytest.MonkeyPatch):
    for is_planted in (False, True):
        season = PlayedOn()
        season.begin(MONDAY, 0)
        if is_planted:
            plant(monkeypatch)
            with pytest.raises(AssertionError):
                holds_after(play, season)
        else:
            holds_after(play, season)


def holds_after(play: Callable[[PlayedOn], None], season: PlayedOn) -> None:
    play(season)
    holds(season)


def holds(season: PlayedOn) -> None:
    """What must always hold."""
    for each in season.invariants:
        each.function(season)


def meets(season: PlayedOn, one: int, other: int, doing: int = 0) -> None:
    season.meet(one, other, doing, "yes", late=False, has_photo=False)

"""A plan of a walk: how long it is, what fits in the time, what it says of steps, and tiers that give way."""

import time
from dataclasses import dataclass, replace
from datetime import date
from threading import BoundedSemaphore

import pytest

from core.places import geo
from tours.routing import patience
from tours.routing.asked import Settings, Stop
from tours.routing.legs import CHILDREN, STEP_FREE, Broken, ByHand, GaveWay, Leg, Legs, StepFree
from tours.routing.order import Mode
from tours.routing.plan import plan

TODAY = date(2026, 6, 2)
HUNDRED = 100 / 111_195  # metres as degrees of latitude


def stop(key, north, **more):
    return Stop(key, 52.09 + north * HUNDRED, 5.09, **more)


FOUR = [stop("a", 0, words=130), stop("b", 3, audio=90.0), stop("c", 1), stop("d", 2, halts=False)]


def test_minutes_are_walking_listening_and_45_seconds_a_stop():
    found = plan(FOUR, Settings(is_round=False, start="a"), today=TODAY)
    assert found.order == ("a", "c", "d", "b")
    assert found.metres == pytest.approx(390, rel=0.001)
    assert found.walking == pytest.approx(390 / 4000 * 60, rel=0.001)
    assert (found.listening, found.stopping) == (2.5, 3 * 0.75)
    assert found.minutes == found.walking + found.listening + found.stopping
    slower = plan(FOUR, Settings(is_round=False, start="a", profile=CHILDREN), today=TODAY)
    assert slower.walking == pytest.approx(390 / 3000 * 60, rel=0.001)


@pytest.mark.parametrize(("number", "legs_of_a_round", "legs_of_a_line"), [(0, 0, 0), (1, 0, 0), (2, 2, 1), (3, 3, 2)])
def test_a_round_has_a_leg_back(number, legs_of_a_round, legs_of_a_line):
    for is_round, legs in ((True, legs_of_a_round), (False, legs_of_a_line)):
        found = plan(FOUR[:number], Settings(is_round=is_round), today=TODAY)
        assert (len(found.order), len(found.legs)) == (number, legs)


def test_stops_at_one_place_are_one_after_the_other():
    same = [*FOUR, replace(FOUR[0], key="e"), replace(FOUR[0], key="f")]
    found = plan(same, Settings(is_round=False, start="b"), today=TODAY)
    assert set(found.order[-3:]) == {"a", "e", "f"}
    assert found.metres == pytest.approx(390, rel=0.001)


def test_two_stops_with_one_key_are_no_question():
    with pytest.raises(ValueError, match="same key"):
        plan([FOUR[0], FOUR[0]], today=TODAY)


def test_what_does_not_fit_in_the_time_is_named_with_the_minutes_it_would_add():
    far = [*FOUR, stop("far", 40, words=260)]
    found = plan(far, Settings(start="a", minutes=20), today=TODAY)
    assert set(found.order) == {"a", "b", "c", "d"}
    (left_out,) = found.dropped
    assert (left_out.key, left_out.why) == ("far", "time")
    assert left_out.minutes == pytest.approx(2 * 37 * 130 / 4000 * 60 + 2 + 0.75, rel=0.001)
    assert found.minutes <= 20


def test_a_bound_of_metres_says_so():
    found = plan([*FOUR, stop("far", 40)], Settings(start="a", metres=1000), today=TODAY)
    assert [(one.key, one.why) for one in found.dropped] == [("far", "distance")]


def test_another_teller_another_decade_and_a_voice_are_worth_more_than_more_of_the_same():
    same = [stop(f"same{n}", n, words=100, teller="amina", year=1955) for n in range(1, 5)]
    other = stop("other", 4, audio=46.0, teller="bram", year=1987)
    found = plan([stop("start", 0), *same, other], Settings(start="start", minutes=20), today=TODAY)
    assert "other" in found.order
    assert found.dropped
    assert found == plan([stop("start", 0), *same, other], Settings(start="start", minutes=20), today=TODAY)


def test_what_is_kept_or_locked_to_it_stays_even_when_the_time_is_too_short():
    asked = Settings(start="a", minutes=1, kept=frozenset({"b"}), locked=(("b", "c"),), mode=Mode.AUTHOR)
    found = plan(FOUR, asked, today=TODAY)
    assert found.order == ("a", "b", "c")
    assert [one.key for one in found.dropped] == ["d"]


# ---- steps ----

ALLOWS = replace(STEP_FREE, takes_unknown=True)


def checked(*pairs, answer=StepFree.YES, day=date(2026, 4, 3)):
    both = [*pairs, *(pair[::-1] for pair in pairs)]
    return {(a, b): ByHand(step_free=answer, checked=day, evidence="looked") for a, b in both}


def test_without_steps_unknown_legs_are_only_walked_when_that_is_allowed():
    known = Legs(by_hand=checked("ab", "bc", "cd"))
    strict = plan(FOUR, Settings(is_round=False, start="a", profile=STEP_FREE), known, TODAY)
    assert (strict.order, strict.refused) == (("a", "b", "c", "d"), ())
    assert (strict.step_free.checked, strict.step_free.pieces, strict.step_free.last) == (3, 3, date(2026, 4, 3))
    allowed = plan(FOUR, Settings(is_round=False, start="a", profile=ALLOWS), known, TODAY)
    assert allowed.order == ("a", "c", "d", "b")
    assert (allowed.step_free.checked, allowed.step_free.answer) == (1, StepFree.UNKNOWN)


def test_when_no_order_avoids_a_leg_with_steps_it_says_which():
    steps = Legs(by_hand=checked("ab", "bc", answer=StepFree.YES) | checked("cd", "ad", "bd", answer=StepFree.NO))
    found = plan(FOUR, Settings(is_round=False, start="a", profile=ALLOWS), steps, TODAY)
    ((_before, after),) = found.refused
    assert after == "d"
    assert plan(FOUR, Settings(is_round=False, start="a"), steps, TODAY).refused == ()


def test_with_a_bound_what_lies_behind_steps_is_left_out():
    steps = Legs(by_hand=checked("cd", "ad", "bd", answer=StepFree.NO))
    found = plan(FOUR, Settings(start="a", profile=ALLOWS, minutes=60), steps, TODAY)
    assert (set(found.order), found.refused) == ({"a", "b", "c"}, ())
    assert [(one.key, one.why) for one in found.dropped] == [("d", "steps")]


def test_what_was_checked_more_than_two_years_ago_is_unknown_again():
    old = Legs(by_hand=checked("ab", day=date(2024, 5, 2)))
    asked = Settings(is_round=False, start="a", end="b")
    assert plan(FOUR[:2], asked, old, TODAY).step_free.answer == StepFree.UNKNOWN
    assert plan(FOUR[:2], asked, old, date(2026, 5, 2)).step_free.answer == StepFree.YES


# ---- tiers ----


@dataclass
class Streets:
    """A tier that has legs of a metre, until it does what it is told to."""

    name: str = "streets"
    then: object = None
    before: int = 99

    def legs(self, points, profile, until):
        for start in range(len(points)):
            for end in range(len(points)):
                if start >= self.before and self.then:
                    self.then()
                if start != end:
                    yield (start, end), Leg(1.0, 1.0, self.name, step_free=StepFree.YES)


def fail(error):
    raise error


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (lambda: fail(FileNotFoundError("no file")), "missing"),
        (lambda: fail(Broken("not a graph")), "broken"),
        (lambda: fail(ZeroDivisionError()), "broken"),
        (lambda: time.sleep(2), "slow"),
    ],
)
def test_a_tier_that_fails_or_hangs_gives_way_for_the_legs_it_did_not_give(then, why):
    tiers = [Streets(then=then, before=2), Streets("other", then=lambda: fail(FileNotFoundError()), before=3)]
    costs = Legs(tiers, seconds=0.3).between({one.key: (one.lat, one.lon) for one in FOUR}, CHILDREN, TODAY)
    assert [costs.legs[start, 0].source for start in (1, 2, 3)] == ["streets", "other", "straight"]
    assert [(one.tier, one.why, one.legs) for one in costs.gave_way] == [("streets", why, 6), ("other", "missing", 3)]


def test_a_plan_says_from_where_its_legs_are():
    found = plan(FOUR, Settings(mode=Mode.AUTHOR), Legs([Streets(then=lambda: fail(Broken()), before=2)]), TODAY)
    assert [leg.source for leg in found.legs] == ["streets", "streets", "straight", "straight"]
    assert found.sources == ("streets", "straight")
    assert found.gave_way == (GaveWay("streets", "broken", 6, "Broken: "),)


def test_askings_that_hang_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(patience, "_room", BoundedSemaphore(patience.AT_ONCE))
    hung = Legs([Streets(then=lambda: time.sleep(1), before=0)], seconds=0.05)
    points = {one.key: (one.lat, one.lon) for one in FOUR}
    why = [hung.between(points, CHILDREN, TODAY).gave_way[0].why for _ in range(patience.AT_ONCE + 2)]
    assert why == ["slow"] * patience.AT_ONCE + ["busy"] * 2


def test_what_an_author_drew_or_said_wins_over_every_tier():
    line = ((FOUR[0].lat, FOUR[0].lon), (FOUR[2].lat, FOUR[2].lon))
    hand = {("a", "c"): ByHand(line=line, remarks=("dark after 18:00",)), ("c", "a"): ByHand(remarks=("trap",))}
    found = plan([FOUR[0], FOUR[2]], Settings(start="a"), Legs([Streets()], hand), TODAY)
    there, back = found.legs
    assert (there.source, there.line, there.step_free) == ("by hand", line, StepFree.UNKNOWN)
    assert there.metres == pytest.approx(geo.distance(*line[0], *line[1]))
    assert (back.source, back.metres, back.remarks) == ("streets", 1.0, ("trap",))

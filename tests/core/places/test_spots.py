"""A spot's own rules: its radius, its border, when it is open, and how one gets in."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.demo import neighbourhood
from core.places import geo, hours
from core.places.models import Spot

calm = settings(deadline=None)  # a busy machine may take its time
WEEK = {"mo": [["09:00", "12:30"], ["13:30", "17:00"]], "tu": [["09:00", "12:30"], ["13:30", "17:00"]], "su": []}
SUMMER = {"mo": [["09:00", "17:00"]]}


def amsterdam(day: int, time: str, month: int = 6) -> datetime:
    """A moment in June 2026 (1 June is a Monday), on the clock of the street."""
    hour, minute = (int(part) for part in time.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=hours.clock.AMSTERDAM).astimezone(UTC)


def spot(**more: object) -> Spot:
    return Spot(**{"lat": 52.09, "lon": 5.1, "facts": {}, **more})


# ---- opening hours


@pytest.mark.parametrize(
    ("day", "time", "is_open"),
    [
        (1, "08:59", False), (1, "09:00", True), (1, "12:29", True), (1, "12:30", False), (1, "13:30", True),
        (1, "17:00", False), (2, "10:00", True), (3, "10:00", False), (7, "10:00", False), (8, "10:00", True),
    ],
)  # fmt: skip
def test_it_is_open_from_its_first_minute_until_its_last(day, time, is_open):
    assert hours.at(WEEK, amsterdam(day, time)).is_open is is_open


def test_the_hours_are_those_of_the_clock_in_the_street_in_summer_and_in_winter():
    assert hours.at(SUMMER, datetime(2026, 6, 1, 7, 0, tzinfo=UTC)).is_open  # nine o'clock, CEST
    assert not hours.at(SUMMER, datetime(2026, 1, 5, 7, 59, tzinfo=UTC)).is_open  # one to nine, CET
    assert hours.at(SUMMER, datetime(2026, 1, 5, 8, 0, tzinfo=UTC)).is_open


@pytest.mark.parametrize(
    ("day", "time", "until", "opens"),
    [
        (1, "08:59", None, (0, "9.00", "12.30")), (1, "09:00", "12.30", (0, "13.30", "17.00")),
        (1, "13:00", None, (0, "13.30", "17.00")), (1, "17:00", None, (1, "9.00", "12.30")),
        (2, "18:00", None, (6, "9.00", "12.30")), (7, "10:00", None, (1, "9.00", "12.30")),
    ],
)  # fmt: skip
def test_it_says_until_when_it_is_open_and_when_it_opens_next(day, time, until, opens):
    now = hours.at(WEEK, amsterdam(day, time))
    assert (now.is_open, now.until, now.opens[1:]) == (until is not None, until, opens)


def test_who_opens_once_a_week_opens_next_in_a_week_and_who_never_does_never():
    assert hours.at(SUMMER, amsterdam(1, "17:00")).opens == (date(2026, 6, 8), 7, "9.00", "17.00")
    assert hours.at({"mo": []}, amsterdam(1, "17:00")) == (False, None, None)


def test_just_after_midnight_it_is_already_the_next_day_in_amsterdam():
    night = {"tu": [["00:00", "01:00"]]}
    assert hours.at(night, datetime(2026, 6, 1, 22, 30, tzinfo=UTC)).is_open  # Monday in UTC, Tuesday in the street


def test_always_is_always_and_nobody_said_is_neither():
    assert hours.at("always", amsterdam(7, "03:00")) == (True, None, None)
    assert hours.at(None, amsterdam(1, "10:00")) is None


@pytest.mark.parametrize(
    "wrong",
    ["never", {"maandag": [["09:00", "17:00"]]}, {"mo": [["17:00", "09:00"]]}, {"mo": [["9:00", "17:00"]]},
     {"mo": [["09:00", "24:30"]]}, {"mo": [["09:00", "09:00"]]}],
)  # fmt: skip
def test_hours_that_no_week_has_are_refused(wrong):
    with pytest.raises(ValueError, match=r"hours|time"):
        spot(hours=wrong)


def test_days_with_the_same_times_are_one_row():
    assert [(row.first, row.last, row.times) for row in hours.rows(WEEK)] == [
        (0, 1, [("9.00", "12.30"), ("13.30", "17.00")]),
        (2, 6, []),
    ]
    assert hours.rows({"mo": [["00:15", "24:00"]]})[0].times == [("0.15", "24.00")]
    assert hours.rows("always") == hours.rows(None) == []


times = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
weeks = st.dictionaries(
    st.sampled_from(hours.DAYS), st.lists(st.tuples(times, times).filter(lambda pair: pair[0] < pair[1]), max_size=3)
)


@calm
@given(weeks)
def test_every_week_has_seven_days_in_its_table(week):
    hours.check(week)
    rows = hours.rows(week)
    assert [day for row in rows for day in range(row.first, row.last + 1)] == list(range(7))
    assert all(one.times != other.times for one, other in pairwise(rows))


# ---- radius, border, access


@pytest.mark.parametrize("radius", [24.9, 0, -40, 151, float("nan")])
def test_a_radius_that_is_too_small_or_too_large_is_refused(radius):
    with pytest.raises(ValueError, match="radius"):
        spot(radius=radius)


@pytest.mark.parametrize("radius", [25, 40, 150])
def test_a_radius_within_bounds_is_fine(radius):
    assert spot(radius=radius).radius == radius


@pytest.mark.parametrize("border", [[], [[52, 5], [53, 5]], [[52, 5], [53, 5], [91, 5]], [[5, 181], [5, 4], [6, 7]]])
def test_a_border_of_less_than_three_corners_or_off_the_earth_is_refused(border):
    with pytest.raises(ValueError, match="border"):
        spot(border=border)


def test_what_nobody_looked_at_is_not_known():
    assert set(spot().access) == {None}
    assert spot(facts={"step_free": {"is": "unknown"}}).access.step_free is None


def test_step_free_says_when_and_by_whom():
    facts = {"step_free": {"is": "no", "on": "2026-03-12", "by": "Huis van de wijk"}, "toilet": True, "free": False}
    access = spot(facts=facts).access
    assert (access.step_free, access.checked_on, access.checked_by) == (False, date(2026, 3, 12), "Huis van de wijk")
    assert (access.toilet, access.free, access.seat) == (True, False, None)


# ---- the demo's spots


def test_every_spot_of_the_demo_says_how_one_gets_in_and_one_house_when_it_is_open():
    drawn = neighbourhood.at(52.09, 5.1).spots
    assert [each.key for each in drawn if each.hours] == ["huis-van-de-wijk"]
    for each in drawn:
        made = spot(facts=each.facts, hours=each.hours)
        assert None not in (made.access.free, made.access.seat, made.access.toilet, made.access.indoor)
        assert (made.access.checked_on is None) == (made.access.step_free is None)


def test_the_square_of_the_demo_has_a_border_around_its_point():
    (square,) = [each for each in neighbourhood.at(52.09, 5.1).spots if each.border]
    made = spot(lat=square.lat, lon=square.lon, border=[list(corner) for corner in square.border])
    assert geo.distance_to(made, square.lat, square.lon) == 0
    assert 500 < geo.distance_to(made, square.lat + 0.005, square.lon) < 560

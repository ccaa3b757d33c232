"""The order of stops, against every order there is."""

from itertools import pairwise, permutations
from math import inf, isinf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.refusal import Refusal
from tours.routing import exact, nearly
from tours.routing.order import Ends, Mode, in_order, legs_of

MANY = settings(max_examples=150, deadline=None)


@st.composite
def asked(draw, most=7):
    """A matrix that costs another thing each way, with legs nobody may walk, ends and a locked chain that fits them."""
    size = draw(st.integers(0, most))
    price = st.one_of(st.integers(1, 60).map(float), st.just(inf))
    cost = [[draw(price) if start != end else 0.0 for end in range(size)] for start in range(size)]
    stops = draw(st.permutations(range(size)))
    chain = stops[: draw(st.integers(0, max(0, size - 2)))]
    free = [stop for stop in stops if stop not in chain]
    is_round = draw(st.booleans())
    start = draw(st.sampled_from([None, *free, *chain[:1], *(chain if is_round else [])]))
    end = None if is_round else draw(st.sampled_from([None, *(stop for stop in free if stop != start)]))
    return cost, Ends(is_round, start, end), list(pairwise(chain))


def price(cost, order, *, is_round):
    """How many legs nobody may walk, then what the others cost."""
    legs = [cost[start][end] for start, end in legs_of(order, is_round=is_round)]
    return sum(map(isinf, legs)), sum(leg for leg in legs if not isinf(leg))


def every_order(cost, ends, locked):
    for order in permutations(range(len(cost))):
        after = dict(legs_of(order, is_round=ends.is_round))
        fits = ends.start in (None, *order[:1]) and ends.end in (None, *order[-1:])
        if fits and all(after.get(first) == second for first, second in locked):
            yield order


@MANY
@given(asked())
def test_no_order_of_up_to_seven_stops_is_shorter_whatever_is_locked_fixed_or_forbidden(question):
    cost, ends, locked = question
    found = in_order(cost, Mode.SHORTEST, ends, locked)
    every = {tuple(order): price(cost, order, is_round=ends.is_round) for order in every_order(cost, ends, locked)}
    assert every[tuple(found)] == min(every.values())


@settings(max_examples=8, deadline=None)
@given(asked(most=8).filter(lambda question: len(question[0]) == 8))
def test_no_order_of_eight_stops_is_shorter(question):
    cost, ends, locked = question
    found = in_order(cost, Mode.SHORTEST, ends, locked)
    assert price(cost, found, is_round=ends.is_round) == min(
        price(cost, order, is_round=ends.is_round) for order in every_order(cost, ends, locked)
    )


@MANY
@given(asked(most=9), st.sampled_from([Mode.AUTHOR, Mode.CHRONOLOGICAL]), st.data())
def test_by_year_and_by_author_the_ends_and_what_is_locked_hold_too(question, mode, data):
    cost, ends, locked = question
    years = data.draw(st.lists(st.one_of(st.none(), st.integers(1900, 2026)), min_size=len(cost), max_size=len(cost)))
    order = in_order(cost, mode, ends, locked, years)
    after = dict(legs_of(order, is_round=ends.is_round))
    assert sorted(order) == list(range(len(cost)))
    assert all(after[first] == second for first, second in locked)
    assert ends.start in (None, *order[:1])
    assert ends.end in (None, *order[-1:])


def test_by_year_the_oldest_comes_first_and_what_has_no_year_last():
    cost = [[1.0] * 4] * 4
    assert in_order(cost, Mode.CHRONOLOGICAL, years=[1990, None, 1950, 1960]) == [2, 3, 0, 1]
    assert in_order(cost, Mode.AUTHOR, years=[1990, None, 1950, 1960]) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("locked", "ends"),
    [
        ([(0, 1), (1, 0)], Ends()),
        ([(0, 1), (0, 2)], Ends()),
        ([(0, 2), (1, 2)], Ends()),
        ([(1, 1)], Ends()),
        ([(0, 1)], Ends(is_round=False, start=1)),
        ([(0, 1)], Ends(is_round=False, end=0)),
        ([(0, 1)], Ends(is_round=False, start=0, end=1)),
    ],
)
def test_what_is_locked_against_itself_or_the_ends_is_refused(locked, ends):
    with pytest.raises(Refusal):
        in_order([[1.0] * 3] * 3, Mode.SHORTEST, ends, locked)


@MANY
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=2, max_size=8), st.booleans())
def test_one_more_stop_never_makes_the_way_shorter(points, is_round):
    cost = flat(points)
    few, more = [row[:-1] for row in cost[:-1]], cost
    shorter, longer = (in_order(one, ends=Ends(is_round)) for one in (few, more))
    assert price(few, shorter, is_round=is_round)[1] <= price(more, longer, is_round=is_round)[1] + 1e-9


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=14, max_size=30), st.booleans())
def test_of_many_stops_each_comes_once_and_asked_again_the_answer_is_the_same(points, is_round):
    cost, ends = flat(points), Ends(is_round, start=3, end=None if is_round else 5)
    found = in_order(cost, ends=ends, locked=[(7, 8), (8, 2)])
    assert found == in_order(cost, ends=ends, locked=[(7, 8), (8, 2)])
    assert sorted(found) == list(range(len(points)))
    assert found[0] == 3
    assert is_round or found[-1] == 5
    assert found[found.index(7) :][:3] == [7, 8, 2] or is_round


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_quick_way_is_near_the_exact_one_also_where_there_and_back_differ(data):
    size = data.draw(st.integers(2, 11))
    row = st.lists(st.integers(1, 100).map(float), min_size=size, max_size=size)
    cost = data.draw(st.lists(row, min_size=size, max_size=size))
    best = nearly.total(cost, exact.round_trip(cost))
    assert best - 1e-9 <= nearly.total(cost, nearly.round_trip(cost)) <= 1.5 * best


def flat(points):
    return [[((a - c) ** 2 + (b - d) ** 2) ** 0.5 for c, d in points] for a, b in points]

"""Which counts may be said: the oracles of the rules, and an attacker who enumerates all that could be meant."""

from collections import defaultdict
from itertools import product

import pytest

from game.headquarters import disclosure
from game.headquarters.disclosure import Table, disclose, may_follow

NAMES = "ABCDE"
MOST = 42  # persons in three zones together: all that a printed total of 40 can mean, and a little more
FEWEST_MEANT = 4


def cells(*counts: int) -> dict[str, int]:
    return dict(zip(NAMES, counts, strict=False))


def said(*counts: int) -> tuple[list[int | None], int | None]:
    table = disclose(cells(*counts))
    return list(table.cells.values()), table.total


@pytest.mark.parametrize(
    ("exact", "shown", "total"),
    [
        ((23, 12, 4, 9, 0), [25, 10, None, None, None], 50),
        ((7, 7, 4), [None, None, None], 20),  # – 5 – of 20 would betray 7, 7, 4
        ((4, 4, 4, 4, 7), [None] * 5, 25),
        ((20, 2), [None, None], 20),
        ((6, 0), [None, None], 5),
        ((7, 8, 12), [5, 10, 10], 25),  # nothing small: nothing hidden
        ((0, 0, 0), [None] * 3, None),
        ((0, 3, 1), [None] * 3, None),
        ((4,), [None], None),
        ((5,), [5], 5),
    ],
)
def test_what_is_said_of_counts(exact, shown, total):
    assert said(*exact) == (shown, total)


def test_nobody_and_few_look_the_same():
    assert (
        disclose(cells(30, 20, 0, 6))
        == disclose(cells(30, 20, 1, 6))
        == Table(55, {"A": 30, "B": 20, "C": None, "D": None})
    )


def test_who_knows_the_rules_and_enumerates_never_learns_a_small_count():
    meant = defaultdict(list)
    for counts in product(range(MOST + 1), repeat=3):
        if sum(counts) <= MOST:
            meant[str(said(*counts))].append(counts)
    for worlds in meant.values():
        for zone in range(3):
            of_zone = {counts[zone] for counts in worlds}
            assert len(of_zone) >= FEWEST_MEANT or min(of_zone) >= disclosure.FEWEST


def test_one_alone_is_never_hidden_and_those_hidden_are_nobody_or_five():
    for counts in product(range(0, 15), repeat=4):
        table = disclose(cells(*counts))
        hidden = [count for count, shown in zip(counts, table.cells.values(), strict=True) if shown is None]
        assert len(hidden) != 1
        assert not hidden or table.total is None or sum(hidden) >= disclosure.FEWEST


def test_a_new_edition_changes_no_number_by_fewer_than_five_people():
    assert may_follow(cells(12, 20), cells(12, 20))
    assert may_follow(cells(10, 20), cells(12, 20))  # 10 and 20, 30 and 30: the same print
    assert not may_follow(cells(12, 20), cells(13, 20))  # 10 would become 15 by one person
    assert may_follow(cells(12, 20), cells(17, 20))
    assert not may_follow(cells(4, 20), cells(5, 20))  # what was hidden would be said, by one person
    assert not may_follow({"": 4}, {"": 5})
    assert may_follow({"": 0}, {"": 5})
    assert not may_follow(cells(12, 20), {"A": 12, "C": 20})  # another map of zones

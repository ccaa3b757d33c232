"""Which numbers may be said: the oracles of the rules, an attacker who enumerates, and faults put in on purpose."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from core.measures import disclosure
from core.measures.disclosure import Cell, Table, disclose, may_follow
from tests.core.measures import attacker

NAMES = "ABCDEF"
FEWEST_LEFT = 4  # values that a hidden number may still have, for who knows the rules


def people(number: int, zone: str = "") -> Cell:
    """So many persons, each of whom it happened to once."""
    return Cell({f"{zone}{one}": 1 for one in range(number)}, number)


def whole(cells: dict[str, Cell]) -> Cell:
    times = Counter[str]()
    for cell in cells.values():
        times.update(cell.times)
    return Cell(times, sum(cell.events for cell in cells.values()))


def said(*counts: int) -> tuple[tuple[int | None, ...], int | None]:
    cells = {zone: people(count, zone) for zone, count in zip(NAMES, counts, strict=False)}
    table = disclose(cells, whole(cells))
    return tuple(table.cells.values()), table.total


# ---- the oracles, one by one


def test_the_example_of_the_rules():
    assert said(23, 12, 4, 9, 0) == ((25, 10, None, None, None), 50)


def test_seven_seven_and_four_are_not_betrayed_by_the_print():
    assert said(7, 7, 4) == ((None, None, None), 20)  # – 5 – of 20 can only be 7, 7 and 4


@pytest.mark.parametrize(
    ("exact", "shown", "total"),
    [((4, 4, 4, 4, 7), (None,) * 5, 25), ((20, 2), (None, None), 20), ((6, 0), (None, None), 5)],
)
def test_the_next_smallest_hides_with_the_small_ones(exact, shown, total):
    assert said(*exact) == (shown, total)


def test_nobody_and_few_are_the_same():
    assert said(0, 0, 0) == said(0, 3, 1) == ((None, None, None), None)
    for few in range(5):
        assert said(30, 20, few, 6)[0] == (30, 20, None, None)


def test_of_two_that_are_as_small_the_first_of_the_map_hides():
    assert said(9, 2, 9, 30)[0] == (None, None, 10, 30)


def test_one_pair_that_meets_forty_times_shows_nothing():
    alone = Cell({"one": 40, "other": 40}, 40, of_events=True)
    assert disclose({"A": alone}, alone) == Table(None, {"A": None})
    others = {f"{number}": 1 for number in range(6)}
    among_others = Cell({"one": 40, "other": 40, **others}, 43, of_events=True)
    assert among_others.is_small
    assert Cell({"one": 40, "other": 40, **others}, 86).is_small  # where the persons are counted, too


def test_one_who_has_more_than_half_and_two_who_have_the_most_hide_a_number():
    assert not Cell({"a": 5, "b": 1, "c": 1, "d": 1, "e": 2}, 10).is_small
    assert Cell({"a": 6, "b": 1, "c": 1, "d": 1, "e": 1}, 10).is_small
    assert not Cell({"a": 8, "b": 9, "c": 1, "d": 1, "e": 1}, 20).is_small  # 85 of 100 is not more
    assert Cell({"a": 9, "b": 9, "c": 1, "d": 1, "e": 1}, 21).is_small


def test_of_events_both_they_and_their_persons_are_five():
    five = dict.fromkeys("abcde", 1)
    assert Cell(five, 4, of_events=True).is_small
    assert not Cell(five, 5, of_events=True).is_small


def test_one_alone_is_never_hidden_and_those_hidden_are_nobody_or_five():
    for counts in product(range(0, 15, 2), repeat=4):
        shown, total = said(*counts)
        hidden = [count for count, number in zip(counts, shown, strict=True) if number is None]
        assert len(hidden) != 1
        assert not hidden or total is None or sum(hidden) >= disclosure.FEWEST


def test_where_nothing_is_hidden_the_sum_is_near_the_total():
    for counts in product(range(5, 14), repeat=3):
        shown, total = said(*counts)
        assert None not in shown
        assert abs(sum(shown) - total) <= 2 * (len(counts) + 1)


# ---- who knows the rules


def left(zones: int, most: int) -> Iterator[tuple[tuple[int | None, ...], int]]:
    """Of each print the fewest values that a hidden number can still have, by the attacker's own reckoning."""
    meant: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in attacker.neighbourhoods(zones, most):
        assert said(*counts) == attacker.reads(counts)
        meant[attacker.reads(counts)].append(counts)
    for (shown, _total), worlds in meant.items():
        hidden = [zone for zone, number in enumerate(shown) if number is None]
        if hidden:
            yield shown, min(len({counts[zone] for counts in worlds}) for zone in hidden)


def test_an_attacker_who_knows_the_rules_keeps_four_values_for_each_hidden_number():
    assert [shown for shown, values in left(3, 42) if values < FEWEST_LEFT] == []  # a total of 40 is 42 at most


@pytest.mark.long
@pytest.mark.parametrize(("zones", "most"), [(2, 62), (3, 62), (4, 42), (5, 32), (6, 22)])
def test_in_larger_neighbourhoods_too(zones: int, most: int):
    assert [shown for shown, values in left(zones, most) if values < FEWEST_LEFT] == []


# ---- time


def test_in_a_thousand_seasons_nothing_changes_by_fewer_than_five_people():
    chance, followed = random.Random(7), 0
    for _season in range(1000):
        zones = NAMES[: chance.randint(2, 5)]
        there: dict[str, set[str]] = {zone: set() for zone in zones}
        print_, behind = None, {}
        for week in range(4):
            for number in range(chance.randint(0, 25)):
                there[chance.choice(zones)].add(f"{week}-{number}")
            gone = chance.choice(zones)
            there[gone] -= set(sorted(there[gone])[: chance.randint(0, 2)])
            cells = {zone: Cell(dict.fromkeys(persons, 1), len(persons)) for zone, persons in there.items()}
            now = {**cells, "": whole(cells)}
            new = disclose(cells, now[""])
            if print_ is not None and not may_follow(print_, new, behind, now):
                continue
            if print_ is not None:
                followed += 1
                for name in (*zones, ""):
                    told, tells = ((table.total if not name else table.cells[name]) for table in (print_, new))
                    assert told == tells or len(set(behind[name].times) ^ set(now[name].times)) >= 5
            print_, behind = new, now
    assert followed > 500


def test_a_number_with_the_same_persons_behind_it_does_not_change():
    one, other = {"A": people(12), "": people(12)}, {"A": people(13), "": people(13)}
    assert not may_follow(Table(10, {"A": 10}), Table(15, {"A": 15}), one, other)  # by one who came
    assert may_follow(Table(10, {"A": 10}), Table(10, {"A": 10}), one, other)
    moved = {"A": people(13, "x"), "": people(13, "x")}
    assert may_follow(Table(10, {"A": 10}), Table(15, {"A": 15}), one, moved)
    assert not may_follow(Table(10, {"A": 10}), Table(15, {"B": 15}), one, {"B": people(13), "": people(13)})


# ---- faults put in on purpose: each is caught by the test of its name


def judge_by_events(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cell, "is_small", property(lambda cell: cell.events < disclosure.FEWEST))


def skip_rule_4(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosure, "_hidden", lambda cells: {name for name, cell in cells.items() if cell.is_small})


def skip_rule_6(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disclosure, "_betrays", lambda _total, _shown: False)


def print_zero(patch: pytest.MonkeyPatch) -> None:
    hidden = disclosure._hidden
    patch.setattr(
        disclosure, "_hidden", lambda cells: {name for name in hidden(cells) if cells[name].number or not cells}
    )


@pytest.mark.parametrize(
    ("plant", "caught_by"),
    [
        (judge_by_events, test_one_pair_that_meets_forty_times_shows_nothing),
        (skip_rule_4, test_one_alone_is_never_hidden_and_those_hidden_are_nobody_or_five),
        (skip_rule_6, test_seven_seven_and_four_are_not_betrayed_by_the_print),
        (print_zero, test_nobody_and_few_are_the_same),
    ],
)
def test_a_planted_fault_is_caught(plant, caught_by, monkeypatch: pytest.MonkeyPatch):
    caught_by()
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        caught_by()


def test_without_the_check_of_the_print_the_attacker_learns_a_number(monkeypatch: pytest.MonkeyPatch):
    skip_rule_6(monkeypatch)
    monkeypatch.setattr(attacker, "betrays", lambda _total, _shown: False)
    assert any(values == 1 for _shown, values in left(3, 22))

"""Two worlds that differ in one pair: what is printed, and the file for research, are the same but for one step."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, writing
from core.measures.models import Figure
from core.neighbourhoods import queries as neighbourhoods
from tests.conftest import NOON
from tests.core import test_two_worlds
from tests.core.measures.test_editions import export
from tests.core.test_two_worlds import Build
from tests.core.test_two_worlds import beginning as beginning
from tests.core.test_two_worlds import build as build
from tests.core.test_two_worlds import chance as chance

STRANGERS = 30  # pairs between two parts, so that those of one person are not the most of them
AFTER = NOON + timedelta(days=7)  # the pair met on the first of these


@pytest.fixture(autouse=True)
def many_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both worlds have them before the pair meets."""
    fill_up = test_two_worlds.fill_up

    def with_strangers(app: Flask, pairs: int, line: int) -> None:
        with app.app_context(), app.test_request_context("/w/lombok/"), writing():
            here = neighbourhoods.by_slug("lombok")
            for _pair in range(STRANGERS):
                test_two_worlds.strangers(here, "Zuid")
        fill_up(app, pairs, line)

    monkeypatch.setattr(test_two_worlds, "fill_up", with_strangers)


def printed(world: Flask) -> list[tuple[str, str, int | None]]:
    with world.app_context():
        columns = (Figure.measure, Figure.cell, Figure.shown)
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(*columns[:2]))]


def test_within_a_step_an_edition_says_nothing_of_one_pair(build: Build):
    worlds = build(pairs=3, line=3, until=AFTER)  # three more than a step is rounded up, and so is four
    one, other = (printed(world) for world in (worlds.without, worlds.with_it))
    assert [row for row in one if row[0] == "between" and row[2]] != []
    assert one == other
    assert export(worlds.without) == export(worlds.with_it)


def test_over_a_step_the_number_of_pairs_between_two_parts_moves_by_one_and_nothing_else(build: Build):
    worlds = build(pairs=2, line=2, until=AFTER)
    both = zip(printed(worlds.without), printed(worlds.with_it), strict=True)
    moved = [(one, other) for one, other in both if one != other]
    assert [one[0] for one, _other in moved] == ["between"]
    assert all(other[2] - one[2] == 5 for one, other in moved)

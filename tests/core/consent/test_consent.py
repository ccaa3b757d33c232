"""A yes is a row that is added, counts while it stands, and is ended once; it counts in the question itself."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from core import clock as time
from core.consent import jobs, queries, service
from core.consent.models import Consent, How, Showing
from core.database import db, writing
from core.personal_data import SORTS
from tests.core.consent.conftest import GARDEN, KEY, PAPER, WEB
from tests.game.encounters.test_races import at_once

pytestmark = pytest.mark.both
ANN, BO = "ann".ljust(26, "a"), "bo".ljust(26, "a")
DAY = timedelta(days=1)


def rows() -> list[Consent]:
    return list(db.session.scalars(select(Consent).order_by(Consent.id).execution_options(populate_existing=True)))


def is_seen(use: str = WEB) -> bool:
    return queries.may_be_seen(GARDEN, 1, use, people=2)


def test_it_is_seen_where_as_many_different_people_allow_it_as_are_in_it(gardens):
    gardens.allow(ANN)
    gardens.allow(ANN)
    assert not is_seen(), "the yes of one of two"
    gardens.allow(BO, uses={PAPER})
    assert not is_seen(), "the other's is to another use"
    with writing():
        service.give("another kind", 1, BO, {WEB})
        service.give(GARDEN, 2, BO, {WEB})
    assert not is_seen(), "the other's is to another thing"
    gardens.allow(BO)
    assert is_seen()
    assert not is_seen(PAPER)


def test_a_yes_that_is_ended_twice_says_who_ended_it_first_and_when(gardens, clock):
    gardens.allow(ANN)
    clock.advance(minutes=1)
    gardens.withdraw(ANN)
    [ended] = rows()
    first = ended.ended_at
    clock.advance(minutes=1)
    with writing():
        service.end(GARDEN, 1, ANN, {WEB}, by=BO)
        service.end_all(GARDEN, [1], by=None)
    [ended] = rows()
    assert (ended.ended_at, ended.ended_by) == (first, ANN)


def test_given_again_is_a_new_row_and_given_twice_is_none(gardens, clock):
    for act in (gardens.allow, gardens.allow, gardens.withdraw, gardens.allow):
        clock.advance(minutes=1)
        act(ANN)
    assert [row.ended_by for row in rows()] == [ANN, None]
    assert rows()[0].ended_at < rows()[1].given_at


def test_a_yes_to_another_version_or_moment_takes_the_place_of_the_one_before(gardens):
    gardens.allow(ANN, version="a" * 64, how=How.PAPER)
    gardens.allow(ANN, version="a" * 64)
    gardens.allow(ANN, version="b" * 64)
    gardens.allow(ANN, version="b" * 64, until=time.now() + DAY)
    assert [(row.version[0], row.how, row.stands) for row in rows()] == [
        ("a", How.PAPER, False), ("b", How.SCREEN, False), ("b", How.SCREEN, True),
    ]  # fmt: skip


def test_what_lapsed_is_not_seen_at_once_and_the_sweep_says_so_in_the_notes(gardens, clock):
    until = time.now() + DAY
    gardens.allow(ANN, until=until)
    gardens.allow(BO)
    assert is_seen()
    clock.advance(days=1)
    assert not is_seen(), "before any sweep"
    assert len(queries.showings(GARDEN, 1)) == 1
    jobs.sweep()
    assert queries.showings(GARDEN, 1) == []
    assert (rows()[0].ended_at, rows()[0].ended_by) == (until, None)
    assert rows()[1].stands
    jobs.sweep()
    assert [one.key for one in gardens.feed.dropped] == [KEY]


def test_given_anew_after_it_lapsed_counts_and_the_old_one_ended_when_it_lapsed(gardens, clock):
    until = time.now() + DAY
    gardens.allow(ANN, BO, until=until)
    clock.advance(days=2)
    gardens.allow(ANN, BO)
    assert is_seen()
    assert [(row.ended_at, row.ended_by) for row in rows()[:2]] == [(until, None)] * 2


def test_two_phones_that_say_the_same_yes_at_once_leave_one(app, gardens):
    gardens.allow(ANN, version="a" * 64)
    db.session.rollback()
    say = partial(service.give, GARDEN, 1, ANN, {WEB, PAPER}, version="b" * 64)
    at_once(app, [say for _phone in range(40)])
    assert sorted(row.use for row in rows() if row.stands) == [PAPER, WEB]
    assert len(rows()) == 3


def test_what_somebody_allowed_is_exported_and_ends_when_they_are_erased(gardens):
    gardens.allow(ANN, BO, how=How.RECEIPT)
    [mine] = SORTS.of("consents").export(ANN)
    assert mine.items() >= {"to": GARDEN, "key": KEY, "for": WEB, "how": "receipt", "until": None}.items()
    with writing():
        SORTS.of("consents").erase(ANN)
    assert not is_seen()
    assert [(row.who, row.ended_by) for row in rows()] == [(ANN, ANN), (BO, None)]
    assert db.session.scalars(select(Showing.until)).one() is not None

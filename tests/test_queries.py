"""How often a page asks the database does not depend on how much is in it (P7); a yes that scores asks little (P1)."""

import pytest
from flask import Flask

from core.people import names
from tests.bench import crowd, meetings, queries
from tests.bench.yes import QUERIES

LOADED_ALONG = 500  # rows for which SQLAlchemy's selectinload asks at once; beyond that it asks again


@pytest.fixture(autouse=True)
def free_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is offered is free at once: one that somebody has is asked about once more."""
    monkeypatch.setattr(names, "offered", lambda: "Zeldzame Kruiwagen")


def test_every_page_that_can_be_opened_is_counted(app: Flask):
    with app.app_context():
        addresses, _token = crowd.grow(1)
    counted = {name.partition(",")[0] for name in addresses}
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert routes - counted == queries.NO_PAGES


def test_each_page_asks_as_often_with_hundreds_of_rows_as_with_one(app: Flask):
    few = queries.pages_at(app, 1)
    assert queries.pages_at(app, LOADED_ALONG + 1) == few


@pytest.mark.both
@pytest.mark.long
def test_each_page_asks_as_often_with_ten_thousand_rows_as_with_one(app: Flask):
    few = queries.pages_at(app, 1)
    assert queries.pages_at(app, 10_000) == few


@pytest.mark.both
def test_a_yes_that_scores_asks_the_database_at_most_twelve_times(app: Flask):
    with app.app_context():
        first, second = meetings.waiting(2)
    phone = app.test_client()
    _say_yes(phone, first)
    with queries.counted(app) as asked:
        _say_yes(phone, second)
    assert len(asked) <= QUERIES, "\n".join(asked)


def _say_yes(phone, waiting):
    phone.set_cookie("device", waiting.token)
    answer = phone.post(f"/e/{waiting.key}/yes", data={"photo": "with"}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303

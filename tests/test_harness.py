"""The harness itself: forgetful requests, an empty database, a clock that stands still."""

from datetime import UTC, datetime

import pytest
from flask import Flask, appcontext_pushed, current_app
from flask.testing import FlaskClient

import core.clock
from core.database import db
from tests.conftest import NOON


def test_a_request_opens_a_context_of_its_own_although_the_test_holds_one(inside: None, client: FlaskClient):
    opened: list[Flask] = []
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with appcontext_pushed.connected_to(opened.append, sender=app):
        assert client.get("/healthz").status_code == 200
    assert len(opened) == 1


@pytest.mark.both
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_no_rows(inside: None, time: str):
    table = db.metadata.tables["neighbourhood"]
    assert db.session.execute(db.select(db.func.count()).select_from(table)).scalar_one() == 0
    db.session.execute(table.insert().values(slug="left-behind", name="x", lat=52.0, lon=5.0, is_made_up=True))
    db.session.commit()


@pytest.mark.both
def test_the_database_is_the_one_that_was_asked_for(inside: None, request: pytest.FixtureRequest):
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[request.config.getoption("--database")]
    assert db.engine.dialect.name == wanted


def test_the_clock_stands_still_until_it_is_moved(clock):
    assert core.clock.now() == NOON
    clock.advance(hours=1)
    assert core.clock.now() == datetime(2026, 6, 2, 11, 0, tzinfo=UTC)


def test_the_clock_runs_again_after_a_test_that_stopped_it():
    assert core.clock.now() > NOON

"""On PostgreSQL: the plans of a read outlive it, and a write that is taken back was never there."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core import clock
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.people import service
from core.people.models import Device, Person

pytestmark = pytest.mark.both
NAME = "Blauwe Reiger"  # of the fixture
OFTEN = 8  # psycopg has PostgreSQL keep the plan of what it asks for the sixth time


@pytest.fixture(autouse=True)
def on_postgres(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--database") != "postgres":
        pytest.skip("SQLite's driver keeps its own statements, whatever ends a transaction")


@pytest.fixture
def asked(here: Neighbourhood) -> None:
    """One question asked often enough, each time in a transaction of its own that is not committed."""
    for _time in range(OFTEN):
        service.is_free(here.id, "Rode Fiets")
        db.session.rollback()


def test_what_a_read_had_planned_stays_planned(asked: None):
    assert _planned() > 0


def test_what_a_read_had_planned_serves_the_write_that_follows(asked: None, amina: Person):
    with writing():
        service.rename(amina, "Groene Bus")
    assert _planned() > 0


def test_a_write_that_is_taken_back_was_never_there(asked: None, amina: Person):
    service.rename(amina, "Groene Bus")
    db.session.rollback()
    assert db.session.get_one(Person, amina.id).name == NAME


def test_a_write_within_a_savepoint_is_taken_back_too(asked: None, amina: Person):
    with db.session.begin_nested():
        db.session.add(Device(person_id=amina.id, token_hash="0" * 64, since=clock.now() - timedelta(days=1)))
    db.session.rollback()
    assert db.session.scalar(db.select(Device.id).where(Device.token_hash == "0" * 64)) is None


def test_a_write_in_words_of_its_own_is_taken_back_too(asked: None, amina: Person):
    db.session.execute(text("UPDATE person SET name = 'Groene Bus'"))
    db.session.rollback()
    assert db.session.get_one(Person, amina.id).name == NAME


def test_a_question_that_failed_ends_its_transaction(asked: None, amina: Person):
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT 1 / 0"))
    db.session.rollback()
    assert db.session.get_one(Person, amina.id).name == NAME


def _planned() -> int:
    """How many questions of this connection PostgreSQL keeps a plan of."""
    return db.session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) or 0

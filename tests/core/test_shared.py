"""What everybody is shown alike: kept as it was drawn, never older than a commit, and with nothing of who asks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from core import shared
from core.clock import now
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood, Zone
from core.people import service as people
from core.people.models import Person
from tests import make
from tests.bench.queries import counted

pytestmark = pytest.mark.both
PAGE, HOME = "/w/lombok/thermometer", "/w/lombok/"
READ = re.compile(r'(?:FROM|JOIN) "?(\w+)')


@pytest.fixture
def visitor(app: Flask, here: Neighbourhood) -> FlaskClient:
    db.session.rollback()
    return app.test_client()


@contextmanager
def drawn(app: Flask) -> Iterator[list[str]]:
    """What asked the database while a shared piece was drawn."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    app.extensions["shared"].clear()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def word() -> str | None:
    db.session.rollback()
    return db.session.scalar(select(shared.Edition.word))


def test_a_page_is_drawn_once_until_something_is_written(app: Flask, visitor: FlaskClient):
    with drawn(app) as at_first:
        first = visitor.get(PAGE).data
    with counted(app) as later:
        assert visitor.get(PAGE).data == first
    assert later == [], "but for the edition, which is read below SQLAlchemy"
    assert at_first


def test_what_was_committed_is_on_the_page_and_on_home_at_once(visitor: FlaskClient):
    for address in (PAGE, HOME):
        assert "Warme bakstenen" not in visitor.get(address).get_data(as_text=True)
    with writing():
        here = db.session.scalars(select(Neighbourhood)).one()
        here.zones.append(Zone(name="Warme bakstenen"))
    assert "Warme bakstenen" in visitor.get(PAGE).get_data(as_text=True)


def test_a_statement_and_rows_of_many_make_a_new_edition_and_what_nobody_reads_does_not(visitor: FlaskClient):
    before = word()
    with writing():
        db.session.connection().execute(update(Zone).where(Zone.id == -1).values(name="Nergens"))
    one = word()
    with writing():
        db.session.execute(Zone.__table__.insert(), [{"neighbourhood_id": 1, "name": "Oost", "is_future": False}])
    other = word()
    with writing():
        people.join(db.session.scalars(select(Neighbourhood)).one(), "Rode Fiets", False)
    assert len({before, one, other}) == 3
    assert word() == other


def test_what_was_rolled_back_made_no_edition_and_a_savepoint_makes_none_before_its_commit(visitor: FlaskClient):
    before = word()
    with pytest.raises(RuntimeError):
        _write_in_vain()
    assert word() == before
    with writing():
        with db.session.begin_nested():
            db.session.add(Zone(neighbourhood_id=1, name="West"))
        assert db.session.scalar(select(shared.Edition.word)) == before
    assert word() != before


def _write_in_vain() -> None:
    with writing():
        db.session.add(Zone(neighbourhood_id=1, name="Oost"))
        db.session.flush()
        raise RuntimeError


def test_a_process_that_drew_it_before_shows_it_anew_when_another_wrote(app: Flask, visitor: FlaskClient):
    visitor.get(PAGE)
    with db.engine.begin() as other:  # looked at by nobody: as another process does it, row and word in one
        other.execute(update(Zone).where(Zone.name == "Noord").values(name="Boven"))
        other.execute(update(shared.Edition).values(word="another"))
    assert "Boven" in visitor.get(PAGE).get_data(as_text=True)


def test_it_is_drawn_anew_each_hour_since_rules_about_time_change_on_the_hour(app: Flask, visitor: FlaskClient, clock):
    visitor.get(PAGE)
    clock.set(now() + timedelta(hours=1))
    with drawn(app) as asked:
        visitor.get(PAGE)
    assert len(asked) > 2


def test_a_browser_that_has_it_gets_304_until_it_says_something_else(visitor: FlaskClient):
    first = visitor.get(PAGE)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= set(first.vary)
    again = visitor.get(PAGE, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    with writing():
        db.session.execute(update(Zone).where(Zone.name == "Noord").values(name="Noord"))
    assert visitor.get(PAGE, headers={"If-None-Match": tag}).status_code == 304, "drawn anew, and the same"
    with writing():
        db.session.execute(update(Zone).where(Zone.name == "Noord").values(name="Boven"))
    assert visitor.get(PAGE, headers={"If-None-Match": tag}).status_code == 200


def test_the_small_page_of_a_browser_has_a_tag_of_its_own_that_holds_too(visitor: FlaskClient):
    small = {"Accept-Encoding": "gzip"}
    tag = visitor.get(PAGE, headers=small).headers["ETag"]
    assert tag.endswith('-gzip"')
    assert visitor.get(PAGE, headers={**small, "If-None-Match": tag}).status_code == 304


def test_who_we_know_gets_a_page_of_their_own_that_nobody_keeps(app: Flask, visitor: FlaskClient, amina: Person):
    with writing():
        token = people.sign_in(db.session.get_one(Person, amina.id))
    phone = app.test_client()
    phone.set_cookie("device", token)
    mine = phone.get(PAGE)
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in mine.headers
    assert f'data-me="{amina.tag}"'.encode() in mine.data
    assert amina.tag.encode() not in visitor.get(PAGE).data
    assert amina.tag.encode() not in b"".join(str(one.text).encode() for one in app.extensions["shared"].values())


@pytest.mark.parametrize("question", ["?x=1", "?back=%2Fevil"])
def test_a_question_in_the_address_is_answered_and_not_kept(app: Flask, visitor: FlaskClient, question: str):
    app.extensions["shared"].clear()
    assert visitor.get(PAGE + question).headers["Cache-Control"] == "private, no-store"
    assert not app.extensions["shared"]


def test_each_language_and_each_host_has_its_own(app: Flask, visitor: FlaskClient):
    dutch = visitor.get(PAGE, headers={"Accept-Language": "nl"}).data
    english = visitor.get(PAGE, headers={"Accept-Language": "en"}).data
    visitor.get(PAGE, headers={"Accept-Language": "nl", "Host": "elsewhere.example"})
    assert b'lang="nl"' in dutch
    assert b'lang="en"' in english
    assert len(app.extensions["shared"]) == 3


def test_a_piece_does_not_know_who_asks_and_they_are_back_after_it(app: Flask, here: Neighbourhood, amina: Person):
    with app.test_request_context():
        g.neighbourhood, g.person = here, amina
        assert shared.piece("who", lambda: f"for {g.get('person')}")() == "for None"
        assert g.person is amina
        with pytest.raises(RuntimeError):
            shared.piece("fails", _fail)()
        assert g.person is amina


def _fail() -> str:
    raise RuntimeError


def test_without_any_commit_yet_nothing_is_kept(app: Flask, here: Neighbourhood):
    with writing():
        db.session.delete(db.session.scalars(select(shared.Edition)).one())
    with app.test_request_context():
        g.neighbourhood = db.session.scalars(select(Neighbourhood)).one()
        pieces = iter("ab")
        assert [shared.piece("letter", lambda: next(pieces))() for _time in range(2)] == ["a", "b"]


def test_a_process_keeps_no_more_than_so_many(app: Flask, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared, "MOST", 3)
    with app.test_request_context():
        g.neighbourhood = here
        for number in range(10):
            shared.piece(str(number), lambda: "x")()
            assert len(app.extensions["shared"]) <= 3


@pytest.mark.parametrize("address", [PAGE, HOME])
def test_every_table_that_a_shared_piece_reads_makes_a_new_edition(
    app: Flask, visitor: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
):
    """Also of what another slice adds to it: a table that is not named would leave it old."""
    read: set[str] = set()
    kept = shared._kept

    def watched(key, draw):
        with drawn(app) as asked:
            text = draw()
        read.update(name for statement in asked for name in READ.findall(statement))
        return kept(key, lambda: text)

    monkeypatch.setattr(shared, "_kept", watched)
    visitor.get(address)
    assert read
    assert read <= shared._tables(app) | {"edition"}


def test_a_meeting_is_on_the_board_at_once_and_only_in_fives(visitor: FlaskClient, app: Flask):
    """Two worlds that differ in one pair: what is published is the same, and so is its tag."""
    with writing():
        here = db.session.scalars(select(Neighbourhood)).one()
        players = [make.person(here, f"Buur {'abcdef'[number]}", ("Noord", "Zuid")[number % 2]) for number in range(6)]
    before = visitor.get(PAGE).headers["ETag"]
    for other in players[1:5]:
        with writing():
            make.confirmed(*(db.session.get_one(Person, one.id) for one in (players[0], other)))
        assert visitor.get(PAGE).headers["ETag"] == before
    with writing():
        make.confirmed(*(db.session.get_one(Person, one.id) for one in (players[0], players[5])))
    page = visitor.get(PAGE)
    assert page.headers["ETag"] != before
    assert '<p class="buurt-figure">5</p>' in page.get_data(as_text=True)

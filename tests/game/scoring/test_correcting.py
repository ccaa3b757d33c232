"""A coordinator answers a question about points: both read it, may ask another editor, and nobody sees who met whom."""

import re

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.codes import new_key
from core.database import db, writing
from core.desk import queries as desk
from core.desk import service
from core.desk.models import Decision
from core.guard import Role
from core.refusal import Refusal
from game.encounters import cli
from game.scoring import correcting, queries, questions
from game.scoring.models import Correction, LedgerEntry
from game.seasons.models import Season
from tests import make
from tests.core.test_matrix import somebody

PAGE = "/w/lombok/staff/points"


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


def asked(here, who, met) -> str:
    questions.ask(who.player_key, met.key, "not met")
    return questions.of(who.player_key, [met.key])[met.key].key


def points(*people) -> list[int]:
    season = db.session.scalars(select(Season)).one()
    return [queries.points(season.id, one.player_key) for one in people]


def log() -> list[tuple[str, str | None]]:
    return [(row.action, row.reason) for row in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


@pytest.mark.both
def test_both_read_what_was_taken_away_and_why_and_it_is_logged_without_them(here, web, amina, bram, dirk):
    met = make.confirmed(amina, bram)
    correcting.take(dirk, asked(here, amina, met), "other photo")
    assert points(amina, bram) == [0, 0]
    for one in (amina, bram):
        [said] = desk.answers(one.player_key)
        assert (said.kind, said.verdict, said.reason, said.by) == ("points", "back", "other photo", dirk.player_key)
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.reason, entry.actor, entry.role) == (
        "points.take", "other photo", dirk.player_key, Role.COORDINATOR,
    )  # fmt: skip
    assert entry.about not in {met.key, amina.player_key, bram.player_key}


@pytest.mark.both
def test_one_of_the_two_asks_another_editor_who_gives_both_the_points_back(here, web, amina, bram, cem, dirk):
    met = make.confirmed(amina, bram)
    correcting.take(dirk, asked(here, amina, met), "not met")
    [said] = desk.answers(bram.player_key)
    assert desk.queue(here.id, cem.player_key) == []
    service.appeal(here.id, said.key, bram.player_key)
    assert desk.queue(here.id, dirk.player_key) == []  # who took them away does not look again
    assert desk.queue(here.id, amina.player_key) == []
    [waits] = desk.queue(here.id, cem.player_key)
    assert waits.item.called == ""
    shown = str(waits.item.seen)
    for secret in (amina.name, bram.name, amina.player_key, bram.player_key, met.key):
        assert secret not in shown
    decided = service.decide(here.id, "points", waits.item.key, "good", cem.player_key, Role.EDITOR, shown=waits.shown)
    assert points(amina, bram) == [15, 15]
    service.undo(here.id, decided.key, cem.player_key, Role.EDITOR)
    assert points(amina, bram) == [0, 0]
    assert [action for action, _why in log()] == ["points.take", "points.give", "desk.good", "points.take", "desk.undo"]


@pytest.mark.both
def test_another_editor_says_why_it_stays_and_nothing_moves(here, web, amina, bram, cem, dirk):
    met = make.confirmed(amina, bram)
    correcting.take(dirk, asked(here, amina, met), "not met")
    service.appeal(here.id, desk.answers(bram.player_key)[0].key, bram.player_key)
    [waits] = desk.queue(here.id, cem.player_key)
    service.decide(here.id, "points", waits.item.key, "back", cem.player_key, Role.EDITOR, "twice", shown=waits.shown)
    assert points(amina, bram) == [0, 0]
    assert [one.reason for one in desk.answers(amina.player_key)] == ["twice", "not met"]


@pytest.mark.both
def test_a_coordinator_gives_back_and_an_open_appeal_is_over(here, web, amina, bram, cem, dirk):
    met = make.confirmed(amina, bram)
    correcting.take(dirk, asked(here, amina, met), "not met")
    service.appeal(here.id, desk.answers(bram.player_key)[0].key, bram.player_key)
    correcting.give_back(dirk, db.session.scalars(select(Correction.key)).one())
    assert points(amina, bram) == [15, 15]
    assert desk.queue(here.id, cem.player_key) == []
    assert [one.verdict for one in desk.answers(amina.player_key)] == ["good", "back"]


@pytest.mark.both
def test_what_stays_is_told_to_who_asked_alone_and_is_logged(here, web, amina, bram, dirk):
    met = make.confirmed(amina, bram)
    correcting.stays(dirk, asked(here, amina, met))
    assert points(amina, bram) == [15, 15]
    assert list(db.session.scalars(select(Decision))) == []
    assert log() == [("points.stay", None)]


@pytest.mark.both
def test_the_second_question_of_a_pair_is_answered_as_if_it_were_of_strangers(here, web, amina, bram, dirk):
    met = make.confirmed(amina, bram)
    first, second = asked(here, amina, met), asked(here, bram, met)
    correcting.take(dirk, first, "not met")
    assert correcting.take(dirk, second, "not met") == second
    assert points(amina, bram) == [0, 0]
    assert len(desk.answers(amina.player_key)) == 1


@pytest.mark.both
def test_nobody_corrects_what_they_are_in(here, web, amina, bram, dirk):
    met = make.confirmed(amina, bram)
    key = asked(here, amina, met)
    for act in (lambda: correcting.take(bram, key, "not met"), lambda: correcting.stays(amina, key)):
        with pytest.raises(Refusal, match="over jou"):
            act()
    correcting.take(dirk, key, "not met")
    with pytest.raises(Refusal, match="over jou"):
        correcting.give_back(bram, db.session.scalars(select(Correction.key)).one())
    assert points(amina, bram) == [0, 0]


@pytest.fixture
def question(app, clock) -> str:
    """The key of a question about a meeting of two whose names must show nowhere."""
    with app.app_context():
        here, _season = make.world()
        with writing():
            one, other = make.person(here, "Stille Geheimpje"), make.person(here, "Andere Geheimpje", "Zuid")
            return asked(here, one, make.confirmed(one, other))


@pytest.fixture
def coordinator(app, question):
    device = somebody(app, "coordinator")
    device.set_cookie("lang", "en")
    return device


def test_the_page_shows_what_each_rule_gave_and_nobody(coordinator, question):
    page = coordinator.get(PAGE).text
    for words in ("We did not meet.", "You two meet for the first time", "a meeting in the week of"):
        assert words in page
    assert "Geheimpje" not in page
    assert ">1<" in re.sub(r"\s+", "", coordinator.get("/w/lombok/staff/").text)  # how many wait


def test_the_same_form_sent_twice_takes_once_also_after_it_was_given_back(app, coordinator, question):
    take, back = ({"client_key": new_key(), "reason": "not met"}, {"client_key": new_key()})
    assert coordinator.post(f"{PAGE}/{question}", data=take).status_code == 303
    with app.app_context():
        key = db.session.scalars(select(Correction.key)).one()
    assert coordinator.post(f"{PAGE}/{key}/back", data=back).status_code == 303
    for address, form in ((f"{PAGE}/{question}", take), (f"{PAGE}/{key}/back", back)):
        assert coordinator.post(address, data=form).status_code == 303
    with app.app_context():
        assert [one.what for one in db.session.scalars(select(Correction).order_by(Correction.id))] == [
            "taken",
            "given",
        ]
        assert sum(db.session.scalars(select(LedgerEntry.points))) == 30
    page = coordinator.get(PAGE).text
    assert "given back to both" in page
    assert "Geheimpje" not in page


def test_without_a_reason_it_is_refused_on_the_page(app, coordinator, question):
    answer = coordinator.post(f"{PAGE}/{question}", data={"client_key": new_key(), "reason": "because"})
    assert answer.status_code == 422
    assert "Choose a reason." in answer.text
    with app.app_context():
        assert list(db.session.scalars(select(Correction))) == []


def test_the_ledger_is_right_after_what_pages_did(app, coordinator, question, clock):
    coordinator.post(f"{PAGE}/{question}", data={"client_key": new_key(), "reason": "not met"})
    clock.advance(seconds=1)
    with app.app_context():
        assert cli.differences() == []

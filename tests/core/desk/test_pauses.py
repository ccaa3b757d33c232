"""A pause of a player: who may give it, how long, who reads of it, another editor, and how it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core import personal_data
from core.audit.models import AuditEntry
from core.conduct import pauses, suspending
from core.database import db, writing
from core.desk import queries, service
from core.desk.models import Decision
from core.guard import Role
from core.people import erasure, suspensions
from core.people.models import Person
from core.people.suspensions import Suspension
from core.refusal import Refusal, Sort
from core.staff import roles
from tests import make

pytestmark = pytest.mark.both
ADMIN = frozenset({Role.ADMIN})


@pytest.fixture
def given(here, amina, cem, web):
    """Cem, an editor, gave Amina a pause of three days."""
    return suspend(cem, amina)


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


def suspend(editor, person, days=3, role=Role.EDITOR, reason="pushed", note="Bel mij gerust."):
    return suspending.suspend(editor, role, person, days, reason, note)


def log():
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.action, row.about, row.actor, row.role, row.reason) for row in rows]


@pytest.mark.parametrize(
    ("role", "days"), [(Role.EDITOR, (1, 3, 7)), (Role.COORDINATOR, (1, 3, 7, 14, 30))], ids=["editor", "coordinator"]
)
def test_each_role_gives_the_lengths_of_the_table_and_no_other(here, amina, cem, web, role, days):
    for length in range(-1, 40):
        if length in days:
            made = suspend(cem, amina, length, role)
            assert made.until == time.now() + timedelta(days=length)
            suspending.resume(cem, role, made.key)
        else:
            with pytest.raises(Refusal) as refused:
                suspend(cem, amina, length, role)
            assert refused.value.kind == Sort.INVALID


def test_it_runs_until_its_moment_without_a_sweep(given, amina, clock):
    clock.advance(days=3, seconds=-1)
    assert suspensions.is_on(amina.player_key)
    clock.advance(seconds=1)
    assert not suspensions.is_on(amina.player_key)
    assert pauses.running(amina.neighbourhood_id) == []


def test_nobody_pauses_themselves(here, cem, web):
    with pytest.raises(Refusal):
        suspend(cem, cem)


@pytest.mark.parametrize("role", list(roles.STAFF))
def test_nobody_pauses_who_is_of_the_team_until_that_role_ends(here, amina, cem, dirk, web, role):
    roles.grant(dirk, Role.COORDINATOR, None, ADMIN)
    roles.grant(amina, role, None, ADMIN)
    with pytest.raises(Refusal) as refused:
        suspend(cem, amina, 30, Role.COORDINATOR)
    assert refused.value.kind == Sort.FORBIDDEN
    roles.end(amina, role, None, ADMIN)
    assert suspend(cem, amina).is_running


def test_nobody_pauses_who_asked_to_be_erased(here, amina, cem, web):
    erasure.ask(amina, amina.name, None)
    with pytest.raises(Refusal) as refused:
        suspend(cem, amina)
    assert refused.value.kind == Sort.UNKNOWN


def test_a_reason_of_the_list_is_asked(here, amina, cem, web):
    for reason in ("", "because"):
        with pytest.raises(Refusal):
            suspend(cem, amina, reason=reason)


def test_a_second_one_waits_until_the_first_is_over(given, amina, dirk, clock):
    with pytest.raises(Refusal) as refused:
        suspend(dirk, amina, 7)
    assert "vrijdag 5\u00a0juni 12.00" in str(refused.value.sentence)
    suspending.resume(dirk, Role.EDITOR, given.key)
    assert suspend(dirk, amina, 7).is_running


def test_an_editor_of_another_neighbourhood_does_not_end_it(given, amina, web):
    stranger = make.person(make.neighbourhood("hoograven"), "Verre Vriend")
    with pytest.raises(Refusal) as refused:
        suspending.resume(stranger, Role.COORDINATOR, given.key)
    assert refused.value.kind == Sort.UNKNOWN
    assert suspensions.is_on(amina.player_key)


def test_who_joins_the_team_during_a_pause_does_not_end_it_themselves(given, amina, dirk, web):
    roles.grant(amina, Role.EDITOR, None, ADMIN)
    with pytest.raises(Refusal) as refused:
        suspending.resume(amina, Role.EDITOR, given.key)
    assert refused.value.kind == Sort.FORBIDDEN
    assert given.is_running
    suspending.resume(dirk, Role.EDITOR, given.key)
    assert not given.is_running


def test_the_player_reads_who_why_and_the_note_and_once_it_is_over_that_too(given, amina, cem):
    assert queries.unread(amina.player_key) == 1
    [said] = queries.answers(amina.player_key)
    assert (said.by, said.reason, said.note) == (cem.player_key, "pushed", "Bel mij gerust.")
    assert "vrijdag 5\u00a0juni" in str(pauses.Pauses.answers.why([said])[said.key][0])
    suspending.resume(cem, Role.EDITOR, given.key)
    assert "voorbij" in str(pauses.Pauses.answers.why([said])[said.key][0])


def test_another_editor_sees_it_once_the_player_asks_and_ends_it_or_lets_it_stay(here, given, amina, cem, dirk, clock):
    [said] = queries.answers(amina.player_key)
    for editor in (cem, dirk):
        assert queries.queue(here.id, editor.player_key) == []
    clock.advance(minutes=1)
    service.appeal(here.id, said.key, amina.player_key)
    assert queries.queue(here.id, cem.player_key) == []
    assert queries.queue(here.id, amina.player_key) == []
    [waiting] = queries.queue(here.id, dirk.player_key)
    assert (waiting.item.kind, waiting.item.words) == ("pause", "Bel mij gerust.")
    with pytest.raises(Refusal):
        decide(here, given, dirk, "away", "pushed")
    with pytest.raises(Refusal):
        decide(here, given, dirk, "back")  # without a reason
    decide(here, given, dirk, "back", "pushed")
    assert suspensions.is_on(amina.player_key)
    assert queries.queue(here.id, dirk.player_key) == []
    clock.advance(minutes=1)
    service.appeal(here.id, queries.answers(amina.player_key)[0].key, amina.player_key)
    decide(here, given, cem, "good")
    assert not suspensions.is_on(amina.player_key)
    assert str(queries.answers(amina.player_key)[0].verdict) == "good"


def decide(here, given, editor, verdict, reason=""):
    return service.decide(here.id, "pause", given.key, verdict, editor.player_key, Role.EDITOR, reason=reason)


def test_ending_it_at_the_desk_is_undone_within_a_moment(here, given, amina, dirk, clock):
    clock.advance(minutes=1)
    service.appeal(here.id, queries.answers(amina.player_key)[0].key, amina.player_key)
    decision = decide(here, given, dirk, "good")
    service.undo(here.id, decision.key, dirk.player_key, Role.EDITOR)
    assert suspensions.of(amina.player_key) is given
    assert [one.item.key for one in queries.queue(here.id, dirk.player_key)] == [given.key]


def test_an_undo_brings_no_second_pause_beside_a_newer_one(here, given, amina, cem, dirk, clock):
    clock.advance(minutes=1)
    service.appeal(here.id, queries.answers(amina.player_key)[0].key, amina.player_key)
    decision = decide(here, given, dirk, "good")
    newer = suspend(cem, amina, 7)
    service.undo(here.id, decision.key, dirk.player_key, Role.EDITOR)
    assert [one.key for one, _person in pauses.running(here.id)] == [newer.key]


def test_of_a_pause_that_is_over_nobody_can_be_asked(here, given, amina, dirk, clock):
    [said] = queries.answers(amina.player_key)
    clock.advance(days=3)
    assert queries.still_there(here.id, [said]) == {}
    with pytest.raises(Refusal):
        service.appeal(here.id, said.key, amina.player_key)


def test_the_log_says_what_was_done_and_holds_no_words(given, amina, cem, dirk):
    suspending.resume(dirk, Role.COORDINATOR, given.key)
    suspending.resume(dirk, Role.COORDINATOR, given.key)  # it is over already
    assert log() == [
        ("player.suspend", amina.player_key, cem.player_key, "editor", "pushed, days: 3"),
        ("player.resume", amina.player_key, dirk.player_key, "coordinator", None),
    ]


def test_giving_one_counts_for_no_promise_and_answering_about_one_does(here, given, amina, dirk, clock):
    assert queries.kept_promises(here.id) == (0, 0)
    clock.advance(days=1)
    service.appeal(here.id, queries.answers(amina.player_key)[0].key, amina.player_key)
    decide(here, given, dirk, "good")
    assert queries.kept_promises(here.id) == (1, 1)


def test_reporting_a_pause_hides_nothing_and_says_nothing(here, given, amina):
    with pytest.raises(Refusal) as refused:
        service.report(here.id, "pause", given.key, "threat")
    assert refused.value.kind == Sort.UNKNOWN
    assert suspensions.is_on(amina.player_key)


def test_it_is_exported_and_goes_with_the_person(app, given, amina, cem, clock):
    held = next(one for one in personal_data.SORTS.all() if one.name == "pauses")
    [row] = held.export(amina.player_key)
    assert (row["reason"], row["until"], row["ended before"]) == ("pushed", given.until, None)
    assert cem.player_key not in str(row)
    db.session.commit()
    with writing():
        erasure.ask(db.session.get_one(Person, amina.id), amina.name, None)
    assert pauses.running(cem.neighbourhood_id) == []
    clock.advance(hours=25)
    assert erasure.sweep() == 1
    assert db.session.scalars(select(Suspension)).all() == []
    assert [decision.note for decision in db.session.scalars(select(Decision))] == [None]


def test_a_pause_that_is_refused_keeps_what_was_typed_with_the_sentence_at_its_field(lombok, editor):
    page, form = "/w/lombok/desk/pauses", {"letters": "XXXXXX", "days": "3", "reason": "hurt", "note": "Bel mij."}
    for change, at, code in (({}, "letters", 404), ({"days": "90"}, "days", 422), ({"reason": ""}, "reason", 422),
                             ({"note": "x" * 301}, "note", 422)):  # fmt: skip
        answer = editor.post(page, data={**form, **change})
        assert answer.status_code == code
        assert f'id="{at}-fault"' in answer.text
        assert 'value="XXXXXX"' in answer.text
        assert {**form, **change}["note"] + "</textarea>" in answer.text

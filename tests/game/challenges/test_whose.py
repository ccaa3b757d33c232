"""A challenge that others change, an editor hides or takes away: whose it stays, who looks, what its maker can do."""

import pytest

from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.refusal import Refusal
from game.challenges import personal_data, queries, service
from game.challenges.models import State
from tests import make

WORDS = {"nl": {"title": "Groet drie ramen", "text": "Zwaai samen naar drie ramen.", "question": "Wie zwaaide terug?"}}
OTHERS = {"nl": {"title": "Scheld op nummer 12", "text": "Roep iets lelijks.", "question": ""}}


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def draft(here, amina, web):
    return service.propose(amina, WORDS, named=True)


def decide(here, draft, editor, verdict="good", **more):
    return deciding.decide(here.id, "challenge", draft.desk_key, verdict, editor.player_key, Role.EDITOR, **more)


def waiting(here, editor):
    return [one.item.key for one in desk.queue(here.id, editor.player_key)]


def rewrite(challenge, by, names=False, texts=OTHERS):
    fields = {
        name: getattr(challenge, name)
        for name in (
            "marks",
            "faceless",
            "by",
            "spot_id",
            "theme_id",
            "zone_id",
            "on_site",
            "picture",
            "first_day",
            "last_day",
        )
    }
    service.change(challenge, {**fields, "texts": texts}, by.player_key, names)


def test_editor_never_decides_about_words_that_they_wrote_into_anothers_challenge(here, draft, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    rewrite(draft, by=cem)
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    assert draft.state == State.HIDDEN
    assert waiting(here, cem) == []
    with pytest.raises(Refusal):
        decide(here, draft, cem)


def test_words_of_staff_never_stand_under_a_residents_name(here, draft, amina, cem, dirk):
    decide(here, draft, dirk)
    rewrite(draft, by=cem)
    assert queries.by_key(here.id, draft.key) is not None
    assert not (draft.named and draft.maker == amina.player_key)


def test_a_resident_keeps_what_they_thought_up_when_a_maker_changes_it(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    rewrite(draft, by=cem, names=True)
    clock.advance(minutes=1)
    decide(here, draft, dirk)
    assert [one.key for one, _said in queries.of_maker(amina.player_key)] == [draft.key]


def test_a_maker_who_changes_it_does_not_take_the_credit(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    rewrite(draft, by=cem, names=True)
    clock.advance(minutes=1)
    decide(here, draft, dirk)
    assert not (draft.named and draft.maker == cem.player_key)  # "bedacht door Stille Fiets"


def test_grave_report_hides_new_words_that_no_editor_saw(here, draft, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    rewrite(draft, by=cem)
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    assert draft.state == State.HIDDEN


def test_appeal_of_what_was_taken_away_brings_it_back_or_is_refused(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "other")
    away = decide(here, draft, dirk, "away", reason="hurtful")
    clock.advance(minutes=1)
    try:
        deciding.appeal(here.id, away.key, amina.player_key)
    except Refusal:
        return
    decide(here, draft, cem)
    assert queries.by_key(here.id, draft.key) is not None


def test_undo_of_a_slip_leaves_a_public_challenge_as_it_was(here, bench, cem, web, clock):
    deciding.report(here.id, "challenge", bench.desk_key, "other")
    slip = decide(here, bench, cem, "back", reason="unclear")
    clock.advance(seconds=5)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert queries.by_key(here.id, "bench") is not None


def test_undo_of_a_yes_leaves_a_public_challenge_as_it_was(here, bench, cem, web, clock):
    deciding.report(here.id, "challenge", bench.desk_key, "other")
    slip = decide(here, bench, cem)
    clock.advance(seconds=5)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert queries.by_key(here.id, "bench") is not None


def test_resident_can_write_anew_what_came_back_after_it_was_shown(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "other")
    decide(here, draft, dirk, "back", reason="unclear")
    clock.advance(minutes=1)
    service.send_again(draft, amina, WORDS, named=True)
    assert waiting(here, cem) == [draft.desk_key]


def test_resident_can_withdraw_what_an_editor_hid(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    service.withdraw(draft)


def test_undo_shows_no_words_that_were_written_after_the_no(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "other")
    slip = decide(here, draft, cem, "back", reason="unclear")
    clock.advance(seconds=5)
    service.send_again(draft, amina, OTHERS, named=True)
    clock.advance(seconds=5)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert queries.by_key(here.id, draft.key) is None
    assert waiting(here, cem) == [draft.desk_key]


def test_undo_leaves_what_its_maker_withdrew_meanwhile_out_of_reach(here, draft, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "other")
    slip = decide(here, draft, cem, "back", reason="unclear")
    clock.advance(seconds=5)
    service.withdraw(draft)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert draft.state == State.HIDDEN, "shown, a maker could put it back in the list"


def test_nobody_looks_at_reports_of_what_its_maker_withdrew(here, draft, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    service.withdraw(draft)
    assert waiting(here, cem) == []


def test_another_day_by_another_maker_lets_nobody_decide_about_their_own_words(here, draft, amina, bram, cem, dirk):
    decide(here, draft, dirk)
    rewrite(draft, by=cem)
    rewrite(draft, by=bram)  # the words stay as they are
    assert draft.changed_by == cem.player_key
    deciding.report(here.id, "challenge", draft.desk_key, "threat")
    assert waiting(here, cem) == []


def test_another_day_by_a_maker_leaves_the_words_and_the_name_of_who_thought_it_up(here, draft, amina, cem, dirk):
    decide(here, draft, dirk)
    rewrite(draft, by=cem, texts=draft.texts)
    assert (draft.changed_by, draft.named) == (None, True)


def test_what_makers_change_does_not_count_among_the_five_a_day_of_a_resident(here, draft, amina, cem, dirk, clock):
    decide(here, draft, dirk)
    clock.advance(days=1)
    rewrite(draft, by=cem)
    for number in range(service.MOST_A_DAY):
        service.propose(amina, {"nl": {**WORDS["nl"], "title": f"Groet {number} ramen"}}, named=False)


def test_who_changed_the_words_of_another_finds_it_among_their_data_and_is_forgotten(here, draft, cem, dirk):
    decide(here, draft, dirk)
    rewrite(draft, by=cem)
    [mine] = personal_data.PERSONAL_DATA.export(cem.player_key)
    assert (mine["challenge"], mine["thought up by me"], mine["words changed by me"]) == (draft.key, False, True)
    personal_data.PERSONAL_DATA.erase(cem.player_key)
    db.session.refresh(draft)
    assert (draft.changed_by, draft.texts) == (None, OTHERS)
    assert personal_data.PERSONAL_DATA.export(cem.player_key) == []


def test_a_childs_challenge_stays_a_childs_when_a_maker_changes_it(here, cem, dirk, bram, web, clock):
    child = make.person(here, "Klein Vosje", is_young=True)
    draft = service.propose(child, WORDS, named=False)
    for editor in (cem, dirk):
        clock.advance(minutes=1)
        deciding.decide(here.id, "challenge", draft.desk_key, "good", editor.player_key, Role.EDITOR)
    clock.advance(minutes=1)
    fields = {
        name: getattr(draft, name)
        for name in (
            "texts",
            "marks",
            "faceless",
            "by",
            "spot_id",
            "theme_id",
            "zone_id",
            "on_site",
            "picture",
            "first_day",
            "last_day",
        )
    }
    service.change(draft, fields, bram.player_key, names=True)
    clock.advance(minutes=1)
    deciding.decide(here.id, "challenge", draft.desk_key, "good", cem.player_key, Role.EDITOR)
    [waits] = desk.queue(here.id, dirk.player_key)
    assert waits.first_yes == cem.player_key

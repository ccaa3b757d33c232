"""A challenge that others change, an editor hides or takes away: whose it stays, who looks, what its maker can do."""

import pytest

from core.contributions import queries as contributions
from core.contributions import service as sending
from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.refusal import Refusal
from game.challenges import personal_data, queries, service, themes
from game.challenges.models import SOMEBODY, State
from tests import make
from tests.game.challenges import drafting
from tests.game.challenges.drafting import MOST_A_DAY, WORDS, made_of, propose, send_again

OTHERS = {"nl": {"title": "Scheld op nummer 12", "text": "Roep iets lelijks.", "question": ""}}


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def draft(here, amina, web):
    return propose(amina, WORDS, named=True)


def decide(here, challenge, editor, verdict="good", **more):
    return deciding.decide(here.id, "challenge", challenge.desk_key, verdict, editor.player_key, Role.EDITOR, **more)


@pytest.fixture
def shown(draft, dirk, clock):
    """The challenge that an editor made of it."""
    drafting.decide(draft, dirk)
    clock.advance(minutes=1)
    return made_of(draft)


def name_with(challenge):
    return queries.name_with(challenge, queries.idea(challenge))


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


def test_editor_never_decides_about_words_that_they_wrote_into_anothers_challenge(here, shown, cem):
    rewrite(shown, by=cem)
    deciding.report(here.id, "challenge", shown.desk_key, "threat")
    assert shown.state == State.HIDDEN
    assert waiting(here, cem) == []
    with pytest.raises(Refusal):
        decide(here, shown, cem)


def test_words_of_staff_never_stand_under_a_residents_name(here, shown, amina, cem):
    assert name_with(shown) == amina.name
    rewrite(shown, by=cem)
    assert queries.by_key(here.id, shown.key) is shown
    assert name_with(shown) is None


@pytest.mark.parametrize("names", [True, False])
def test_a_resident_keeps_what_they_thought_up_when_a_maker_changes_it(
    here, draft, shown, amina, cem, dirk, clock, names
):
    rewrite(shown, by=cem, names=names)
    clock.advance(minutes=1)
    if names:
        decide(here, shown, dirk)
    assert queries.by_key(here.id, shown.key) is shown
    assert [one for one, _said in contributions.of(amina.player_key, "draft")] == [draft]


def test_a_maker_who_changes_it_does_not_take_the_credit(here, shown, cem, dirk, clock):
    rewrite(shown, by=cem, names=True)
    clock.advance(minutes=1)
    decide(here, shown, dirk)
    assert name_with(shown) is None  # "bedacht door Stille Fiets"


def test_what_a_maker_says_names_somebody_waits_as_a_challenge_although_the_words_stay(here, draft, shown, cem, dirk):
    rewrite(shown, by=cem, names=True, texts=shown.texts)
    assert queries.by_key(here.id, shown.key) is None
    assert waiting(here, dirk) == [shown.desk_key]


def test_a_resident_who_is_a_maker_and_writes_it_anew_as_one_has_the_desk_decide_about_what_everybody_sees(
    here, draft, shown, amina, dirk
):
    rewrite(shown, by=amina)
    with pytest.raises(Refusal):
        deciding.report(here.id, "draft", draft.key, "threat")
    deciding.report(here.id, "challenge", shown.desk_key, "threat")
    assert shown.state == State.HIDDEN
    assert waiting(here, dirk) == [shown.desk_key]


def test_what_was_reported_before_a_maker_changed_it_is_said_of_the_challenge(here, draft, shown, cem, dirk):
    deciding.report(here.id, "draft", draft.key, "other")
    assert waiting(here, dirk) == [draft.key]
    rewrite(shown, by=cem)
    assert waiting(here, dirk) == [shown.desk_key]


def test_what_a_resident_thought_up_is_nothing_that_the_desk_decides_about_as_a_challenge(here, draft, shown, cem):
    with pytest.raises(Refusal):
        deciding.report(here.id, "challenge", shown.desk_key, "threat")
    with pytest.raises(Refusal):
        decide(here, shown, cem)
    assert queries.by_key(here.id, shown.key) is shown


def test_undo_of_a_yes_hides_no_words_that_a_maker_wrote_since(here, web, draft, cem, dirk):
    said = drafting.decide(draft, dirk)
    rewrite(made_of(draft), by=cem)
    with pytest.raises(Refusal):
        deciding.undo(here.id, said.key, dirk.player_key, Role.EDITOR)
    assert queries.by_key(here.id, made_of(draft).key) is made_of(draft)


def test_grave_report_hides_new_words_that_no_editor_saw(here, draft, shown, cem, dirk, clock):
    deciding.report(here.id, "draft", draft.key, "threat")
    assert shown.state == State.HIDDEN
    drafting.decide(draft, dirk)
    clock.advance(minutes=1)
    deciding.report(here.id, "draft", draft.key, "threat")
    assert shown.state == State.SHOWN, "an editor found it good"
    rewrite(shown, by=cem)
    deciding.report(here.id, "challenge", shown.desk_key, "threat")
    assert shown.state == State.HIDDEN


def test_appeal_of_what_was_taken_away_brings_it_back_or_is_refused(here, draft, shown, amina, cem, dirk, clock):
    deciding.report(here.id, "draft", draft.key, "other")
    away = drafting.decide(draft, dirk, "away", reason="hurtful")
    assert queries.by_key(here.id, shown.key) is None
    clock.advance(minutes=1)
    try:
        deciding.appeal(here.id, away.key, amina.player_key)
    except Refusal:
        return
    drafting.decide(draft, cem)
    assert queries.by_key(here.id, shown.key) is not None


def test_what_an_editor_took_away_no_maker_brings_back(here, draft, shown, amina, cem, dirk):
    deciding.report(here.id, "draft", draft.key, "other")
    drafting.decide(draft, dirk, "away", reason="hurtful")
    assert queries.one_of_staff(here.id, cem.player_key, shown.key) is None


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


def test_resident_can_write_anew_what_came_back_after_it_was_shown(here, draft, shown, amina, cem, dirk, clock):
    deciding.report(here.id, "draft", draft.key, "other")
    drafting.decide(draft, dirk, "back", reason="unclear")
    clock.advance(minutes=1)
    send_again(draft, amina, OTHERS, named=True)
    assert waiting(here, cem) == [draft.key]
    drafting.decide(draft, cem)
    assert (queries.by_key(here.id, shown.key), shown.texts) == (shown, OTHERS), "the same address, other words"


def test_resident_can_withdraw_what_an_editor_hid(here, draft, shown, amina, bram, cem):
    make.confirmed(bram, cem, shown)
    deciding.report(here.id, "draft", draft.key, "threat")
    sending.withdraw(draft)
    assert contributions.of(amina.player_key, "draft") == []
    assert (shown.maker, shown.retired_at is None, queries.by_key(here.id, shown.key)) == (None, False, None)


def test_undo_shows_no_words_that_were_written_after_the_no(here, draft, shown, amina, cem, clock):
    deciding.report(here.id, "draft", draft.key, "other")
    slip = drafting.decide(draft, cem, "back", reason="unclear")
    clock.advance(seconds=5)
    send_again(draft, amina, OTHERS, named=True)
    clock.advance(seconds=5)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert queries.by_key(here.id, shown.key) is None
    assert waiting(here, cem) == [draft.key]


def test_undo_leaves_what_its_maker_withdrew_meanwhile_out_of_reach(here, draft, shown, cem, clock):
    deciding.report(here.id, "draft", draft.key, "other")
    slip = drafting.decide(draft, cem, "back", reason="unclear")
    clock.advance(seconds=5)
    sending.withdraw(draft)
    deciding.undo(here.id, slip.key, cem.player_key, Role.EDITOR)
    assert shown.state == State.HIDDEN, "shown, a maker could put it back in the list"


def test_nobody_looks_at_reports_of_what_its_maker_withdrew(here, draft, shown, cem):
    deciding.report(here.id, "draft", draft.key, "threat")
    sending.withdraw(draft)
    assert waiting(here, cem) == []


def test_another_day_by_another_maker_lets_nobody_decide_about_their_own_words(here, shown, bram, cem):
    rewrite(shown, by=cem)
    rewrite(shown, by=bram)  # the words stay as they are
    assert shown.changed_by == cem.player_key
    deciding.report(here.id, "challenge", shown.desk_key, "threat")
    assert waiting(here, cem) == []


def test_another_day_by_a_maker_leaves_the_words_and_the_name_of_who_thought_it_up(here, shown, amina, cem):
    rewrite(shown, by=cem, texts=shown.texts)
    assert (shown.changed_by, name_with(shown)) == (None, amina.name)


def test_what_makers_put_on_it_an_editor_sees_too(here, draft, shown, cem, dirk):
    shown.theme = themes.named(here.id, {"nl": {"name": "Groen"}})
    db.session.flush()
    deciding.report(here.id, "draft", draft.key, "other")
    [one] = desk.queue(here.id, dirk.player_key)
    assert "Groen" in [said for _label, said in one.item.facts]


def test_what_makers_change_does_not_count_among_the_five_a_day_of_a_resident(here, shown, amina, cem, clock):
    clock.advance(days=1)
    rewrite(shown, by=cem)
    for number in range(MOST_A_DAY):
        propose(amina, {"nl": {**WORDS["nl"], "title": f"Groet {number} ramen"}}, named=False)


def test_who_changed_the_words_of_another_finds_it_among_their_data_and_is_forgotten(here, shown, cem):
    rewrite(shown, by=cem)
    [mine] = personal_data.PERSONAL_DATA.export(cem.player_key)
    assert (mine["challenge"], mine["thought up by me"], mine["words changed by me"]) == (shown.key, False, True)
    personal_data.PERSONAL_DATA.erase(cem.player_key)
    db.session.refresh(shown)
    assert (shown.changed_by, shown.texts) == (SOMEBODY, OTHERS)
    assert name_with(shown) is None
    assert personal_data.PERSONAL_DATA.export(cem.player_key) == []


def test_a_childs_challenge_stays_a_childs_when_a_maker_changes_it(here, cem, dirk, bram, web, clock):
    child = make.person(here, "Klein Vosje", is_young=True)
    draft = propose(child, WORDS, named=False)
    for editor in (cem, dirk):
        clock.advance(minutes=1)
        drafting.decide(draft, editor)
    clock.advance(minutes=1)
    made = made_of(draft)
    fields = {
        name: getattr(made, name)
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
    service.change(made, fields, bram.player_key, names=True)
    clock.advance(minutes=1)
    deciding.decide(here.id, "challenge", made.desk_key, "good", cem.player_key, Role.EDITOR)
    [waits] = desk.queue(here.id, dirk.player_key)
    assert waits.first_yes == cem.player_key

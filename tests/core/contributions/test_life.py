"""The one life of what people hand in: what its sentences say, whatever the kind."""

import pytest
from sqlalchemy import select

from core import codes
from core.contributions import personal_data, queries, service
from core.contributions.models import Approval, Contribution, State, Version
from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.places.models import Spot
from core.refusal import Refusal
from tests import make

pytestmark = pytest.mark.both


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def send(here, kinds, web):
    def send(who, words="Rozen", kind="bed", named=False, **more):
        return service.hand_in(
            kinds[kind], here, getattr(who, "player_key", who), {"words": words}, "nl", named, **more
        )

    return send


@pytest.fixture
def bed(send, amina):
    return send(amina)


def decide(here, key, editor, verdict="good", kind="bed", **more):
    return deciding.decide(here.id, kind, key, verdict, editor.player_key, Role.EDITOR, **more)


def undo(here, decision, editor):
    deciding.undo(here.id, decision.key, editor.player_key, Role.EDITOR)


def waiting(here, editor):
    return [one.item.key for one in desk.queue(here.id, editor.player_key)]


def seen():
    """What everybody sees."""
    return [
        spot.name for spot in db.session.scalars(select(Spot).where(Spot.removed_at.is_(None))) if spot.kind == "place"
    ]


def write(here, bed, words, by=None):
    service.send_again(bed, here, {"words": words}, "nl", named=False, by=by)


def sign(bed, who, as_what="gardener", seen=None, how="screen", **more):
    service.approve(bed, seen or bed.last.hash, who, as_what, how, **more)


# ---- sent, twice, again


def test_so_many_a_day_as_its_kind_says_and_of_each_kind_apart(here, send, amina, clock):
    for number in range(2):
        send(amina, f"Brief {number}", "letter")
    with pytest.raises(Refusal):
        send(amina, "Nog een brief", "letter")
    for number in range(5):
        send(amina, f"Rozen {number}")
    with pytest.raises(Refusal):
        send(amina, "Tulpen")
    clock.advance(days=1)
    assert send(amina, "Nog een brief", "letter").waits


def test_the_same_words_in_another_language_or_of_another_are_another(here, kinds, send, bed, amina, bram):
    assert send(amina) is bed
    assert send(bram) is not bed
    assert service.hand_in(kinds["bed"], here, amina.player_key, {"words": "Rozen"}, "en", False) is not bed


def test_somebody_without_an_account_hands_in_is_answered_and_takes_it_back(here, send, cem):
    nobody = codes.new_key()
    bed = send(nobody)
    assert waiting(here, cem) == [bed.key]
    decide(here, bed.key, cem, "back", reason="unclear")
    [(mine, said)] = queries.of(nobody)
    assert (mine, said.verdict, len(desk.answers(nobody))) == (bed, "back", 1)
    service.withdraw(queries.one_of(nobody, bed.key))
    assert db.session.scalars(select(Version)).all() == []


# ---- two signatures


def test_of_a_signed_kind_neither_yes_alone_shows_it(here, send, amina, bram, cem):
    typed = send(amina, by=bram.player_key)  # a helper typed it: who hands it in did not sign these words yet
    decide(here, typed.key, cem)
    assert (seen(), waiting(here, cem)) == ([], [])
    with pytest.raises(Refusal):
        sign(typed, amina.player_key, seen="another hash")
    assert seen() == []
    sign(typed, amina.player_key)
    assert seen() == ["Rozen"]


def test_words_of_a_helper_are_signed_on_paper_by_somebody_who_did_not_write_them(here, send, amina, bram, dirk, cem):
    typed = send(amina, by=bram.player_key)
    with pytest.raises(Refusal):
        sign(typed, amina.player_key, how="paper", entered_by=bram.player_key)
    sign(typed, amina.player_key, how="paper", entered_by=dirk.player_key)
    decide(here, typed.key, cem)
    assert seen() == ["Rozen"]


def test_what_an_editor_changed_waits_for_who_handed_it_in(here, bed, amina, cem):
    write(here, bed, "Rode rozen", by=cem.player_key)
    decide(here, bed.key, cem)
    assert seen() == []
    sign(bed, amina.player_key)
    assert seen() == ["Rode rozen"]


def test_of_a_kind_without_signatures_no_editor_decides_about_their_own_words(here, send, amina, cem):
    note = send(amina, kind="letter", by=cem.player_key)
    assert waiting(here, cem) == []
    with pytest.raises(Refusal):
        decide(here, note.key, cem, kind="letter")


def test_nobody_signs_as_something_that_is_not_asked(here, bed, bram):
    for as_what in ("editor", "guardian", ""):
        with pytest.raises(Refusal):
            sign(bed, bram.player_key, as_what)
    assert {one.as_what for one in db.session.scalars(select(Approval))} == {"gardener"}


def test_what_a_report_hid_comes_back_by_an_editor_alone(here, bed, amina, cem):
    decide(here, bed.key, cem)
    deciding.report(here.id, "bed", bed.key, "threat")
    assert seen() == []
    sign(bed, amina.player_key)
    assert seen() == []
    decide(here, bed.key, cem)
    assert seen() == ["Rozen"]


def test_a_childs_second_yes_that_was_undone_counts_no_more(here, send, bram, cem, dirk):
    child = make.person(here, "Kleine Vos", is_young=True)
    bed = send(child, named=True, by=bram.player_key)
    assert not bed.named
    decide(here, bed.key, cem)
    second = decide(here, bed.key, dirk)
    assert waiting(here, cem) == []
    undo(here, second, dirk)
    sign(bed, child.player_key)
    assert seen() == []
    decide(here, bed.key, dirk)
    assert seen() == ["Rozen"]


# ---- a newer version beside the one that is shown


@pytest.fixture
def newer(here, bed, cem, clock):
    """The bed is shown, and its gardener wrote it anew."""
    decide(here, bed.key, cem)
    clock.advance(minutes=30)
    write(here, bed, "Tulpen")
    return bed


def test_what_is_shown_stays_until_the_newer_version_is_signed_by_both(here, newer, cem):
    assert (seen(), waiting(here, cem)) == (["Rozen"], [f"{newer.key}.2"])
    decide(here, f"{newer.key}.2", cem)
    assert (seen(), waiting(here, cem)) == (["Tulpen"], [])


def test_a_newer_version_that_came_back_leaves_what_is_shown(here, newer, amina, cem, clock):
    decide(here, f"{newer.key}.2", cem, "back", reason="unclear")
    assert (seen(), waiting(here, cem)) == (["Rozen"], [])
    assert queries.of(amina.player_key)[0][1].verdict == "back"
    clock.advance(minutes=1)
    write(here, newer, "Lelies")
    assert waiting(here, cem) == [f"{newer.key}.3"]


def test_a_yes_to_a_newer_version_that_is_undone_shows_what_was_before(here, newer, cem):
    undo(here, decide(here, f"{newer.key}.2", cem), cem)
    assert (seen(), waiting(here, cem)) == (["Rozen"], [f"{newer.key}.2"])


def test_what_is_taken_away_by_its_newer_version_comes_back_whole(here, newer, cem):
    away = decide(here, f"{newer.key}.2", cem, "away", reason="hurtful")
    assert (seen(), newer.state) == ([], State.AWAY)
    undo(here, away, cem)
    assert (seen(), waiting(here, cem)) == (["Rozen"], [f"{newer.key}.2"])


def test_a_report_is_about_what_everybody_sees_not_about_what_waits(here, newer, cem):
    deciding.report(here.id, "bed", newer.key, "threat")
    assert seen() == []
    [one] = desk.queue(here.id, cem.player_key)
    assert (one.item.key, one.item.words) == (newer.key, "Rozen")
    decide(here, newer.key, cem)
    assert (seen(), waiting(here, cem)) == (["Rozen"], [f"{newer.key}.2"])


def test_a_version_that_is_no_longer_the_last_is_not_decided_about(here, newer, cem):
    write(here, newer, "Lelies")
    with pytest.raises(Refusal):
        decide(here, f"{newer.key}.2", cem)


# ---- taken back, kept, gone


def test_it_is_taken_back_while_it_is_shown_where_its_kind_says_so(here, bed, cem):
    decide(here, bed.key, cem)
    deciding.report(here.id, "bed", bed.key, "other")
    service.withdraw(bed)
    assert (seen(), waiting(here, cem)) == ([], [])
    assert db.session.scalars(select(Spot).where(Spot.name == "Rozen")).all() == []
    assert db.session.scalars(select(Contribution)).all() == []


def test_once_an_editor_took_it_away_nothing_is_changed_or_signed(here, bed, amina, cem):
    decide(here, bed.key, cem, "away", reason="hurtful")
    for act in (lambda: write(here, bed, "Tulpen"), lambda: sign(bed, amina.player_key)):
        with pytest.raises(Refusal):
            act()


def test_what_an_editor_took_away_can_still_be_taken_back_where_its_kind_says_so(here, bed, cem):
    decide(here, bed.key, cem, "away", reason="hurtful")
    service.withdraw(bed)
    assert db.session.scalars(select(Contribution)).all() == []


def test_all_versions_and_signatures_are_exported_and_erased(here, kinds, newer, amina, cem):
    data = personal_data.of(kinds["bed"])
    [told] = data.export(amina.player_key)
    assert [(one["words"], one["signed as"]) for one in told["versions"]] == [
        ("Rozen", ["editor", "gardener"]), ("Tulpen", ["gardener"]),
    ]  # fmt: skip
    assert len(personal_data.SIGNED.export(cem.player_key)) == 1
    data.erase(amina.player_key)
    assert (data.export(amina.player_key), seen()) == ([], ["Rozen"])
    assert db.session.scalars(select(Approval)).all() == []


def test_of_a_kind_without_signatures_only_the_last_words_are_kept(here, send, amina):
    note = send(amina, "Eerst", "letter")
    write(here, note, "Daarna")
    assert [one.content["words"] for one in db.session.scalars(select(Version))] == ["Daarna"]

"""Residents propose places: each waits at the desk, becomes a spot by a yes, and its player keeps a say over it."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from core import clock as time
from core.contributions import at_desk, kinds, personal_data, queries, service
from core.contributions.models import Contribution, State
from core.database import db, writing
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.people.models import Person
from core.places import queries as places
from core.places import service as plates
from core.places.models import Spot
from core.refusal import Refusal
from tests import make
from tests.core.proposals.handing_in import Place, propose, send_again

pytestmark = pytest.mark.both
PLACE = Place("De zonnige stoep", "Plein", "Hier staan altijd stoelen.", "nl", 52.0912, 5.1013)
SQUARE = [[52.08, 5.09], [52.08, 5.11], [52.10, 5.11], [52.10, 5.09]]


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def proposal(here, amina, web):
    return propose(amina, PLACE, named=True)


def decide(here, proposal, editor, verdict="good", **more):
    return deciding.decide(here.id, "place", proposal.key, verdict, editor.player_key, Role.EDITOR, **more)


def undo(here, decision, editor):
    deciding.undo(here.id, decision.key, editor.player_key, Role.EDITOR)


def waiting(here, editor):
    return [one.item.key for one in desk.queue(here.id, editor.player_key)]


def on_the_map(here):
    return [spot.name for spot in places.of(here.id)]


def spots():
    return db.session.scalar(select(func.count()).select_from(Spot))


# ---- a yes, a no, and second thoughts


def test_a_place_waits_and_a_yes_puts_it_on_the_map_as_makers_would(here, proposal, cem):
    assert waiting(here, cem) == [proposal.key]
    assert on_the_map(here) == []
    decide(here, proposal, cem)
    [spot] = places.of(here.id)
    assert (spot.key, spot.kind, spot.name, spot.street) == ("de-zonnige-stoep", "place", PLACE.name, "Plein")
    assert (spot.lat, spot.lon, spot.radius, spot.border) == (PLACE.lat, PLACE.lon, 40, None)
    assert spot.texts == {"nl": {"about": PLACE.about}}
    assert (proposal.state, proposal.became) == (State.SHOWN, spot.id)
    assert waiting(here, cem) == []


def test_of_a_name_that_is_taken_the_address_gets_a_number(here, proposal, cem):
    plates.put_on_map(here.id, {"name": PLACE.name, "lat": 52.0, "lon": 5.0, "street": "", "texts": {}})
    decide(here, proposal, cem)
    assert {spot.key for spot in places.of(here.id)} == {"de-zonnige-stoep", "de-zonnige-stoep-2"}


def test_who_proposed_it_never_decides_about_it(here, proposal, amina):
    assert waiting(here, amina) == []
    for verdict in ("good", "back", "away"):
        with pytest.raises(Refusal):
            decide(here, proposal, amina, verdict, reason="unclear")
    assert on_the_map(here) == []


@pytest.mark.parametrize("verdict", ["good", "back", "away"])
def test_an_undo_puts_back_what_was_and_it_waits_again(here, proposal, cem, verdict):
    undo(here, decide(here, proposal, cem, verdict, reason="unclear"), cem)
    assert spots() == 0
    assert proposal.state == State.WAITING
    assert waiting(here, cem) == [proposal.key]
    decide(here, proposal, cem)
    assert on_the_map(here) == [PLACE.name]


def hang_a_plate(here, spot):
    plates.put_up(spot)


def add_a_challenge(here, spot):
    make.challenge(here, spot_id=spot.id)


def change_it(here, spot):
    spot.name = "De stoep van iedereen"
    db.session.flush()


@pytest.mark.parametrize("happens", [hang_a_plate, add_a_challenge, change_it])
def test_a_place_at_which_something_happened_meanwhile_stays_on_the_map(here, proposal, cem, happens):
    decision = decide(here, proposal, cem)
    happens(here, places.of(here.id)[0])
    with pytest.raises(Refusal, match="bordje of opdracht"):
        undo(here, decision, cem)
    assert spots() == 1


def test_what_came_back_waits_again_once_it_is_written_anew(here, proposal, amina, cem, clock):
    decide(here, proposal, cem, "back", reason="unclear", note="Welke stoep?")
    assert waiting(here, cem) == []
    [said] = desk.answers(amina.player_key)
    assert (said.kind, said.reason, said.note) == ("place", "unclear", "Welke stoep?")
    clock.advance(hours=1)
    send_again(proposal, amina, replace(PLACE, name="De stoep van 12"), named=False)
    assert waiting(here, cem) == [proposal.key]
    decide(here, proposal, cem)
    assert on_the_map(here) == ["De stoep van 12"]


def test_an_editor_answers_what_they_saw_also_where_only_the_pin_moved(here, proposal, amina, cem):
    [seen] = desk.queue(here.id, cem.player_key)
    send_again(proposal, amina, replace(PLACE, lat=52.0915), named=False)
    with pytest.raises(Refusal):
        decide(here, proposal, cem, shown=seen.shown)
    assert on_the_map(here) == []


def test_what_came_back_leaves_room_in_the_queue(here, proposal, amina, cem, monkeypatch, clock):
    monkeypatch.setattr(at_desk, "MOST", 1)
    decide(here, proposal, cem, "back", reason="unclear")
    clock.advance(hours=1)
    later = propose(amina, replace(PLACE, name="De boom"), named=False)
    assert waiting(here, cem) == [later.key]


def test_a_report_takes_no_place_away_before_an_editor_looked(here, proposal, cem, clock):
    decide(here, proposal, cem)
    clock.advance(hours=1)
    deciding.report(here.id, "place", proposal.key, "threat")
    assert on_the_map(here) == [PLACE.name]
    assert waiting(here, cem) == [proposal.key]
    decide(here, proposal, cem, "away", reason="hurtful")
    assert on_the_map(here) == []
    assert waiting(here, cem) == []


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_what_was_taken_off_after_a_report_comes_back_by_an_undo(here, proposal, cem, verdict):
    decide(here, proposal, cem)
    deciding.report(here.id, "place", proposal.key, "other")
    decision = decide(here, proposal, cem, verdict, reason="hurtful")
    assert on_the_map(here) == []
    undo(here, decision, cem)
    assert on_the_map(here) == [PLACE.name]
    assert waiting(here, cem) == [proposal.key]


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_a_reported_place_with_a_plate_goes_by_the_page_of_makers_alone(here, proposal, cem, verdict):
    decide(here, proposal, cem)
    hang_a_plate(here, places.of(here.id)[0])
    deciding.report(here.id, "place", proposal.key, "other")
    with pytest.raises(Refusal, match="bordje of opdracht"):
        decide(here, proposal, cem, verdict, reason="hurtful")


def test_a_reported_place_with_a_plate_that_went_by_the_page_of_makers_is_taken_away_then(here, proposal, cem, clock):
    decide(here, proposal, cem)
    [spot] = places.of(here.id)
    hang_a_plate(here, spot)
    deciding.report(here.id, "place", proposal.key, "other")
    spot.removed_at = time.now()
    clock.advance(minutes=1)
    decision = decide(here, proposal, cem, "away", reason="hurtful")
    assert (proposal.state, proposal.became, spots()) == (State.AWAY, None, 1)
    assert waiting(here, cem) == []
    undo(here, decision, cem)
    assert on_the_map(here) == []
    assert waiting(here, cem) == [proposal.key]


def test_what_is_not_on_the_map_cannot_be_reported(here, proposal, cem):
    for verdict in (None, "away"):
        if verdict:
            decide(here, proposal, cem, verdict, reason="hurtful")
        with pytest.raises(Refusal):
            deciding.report(here.id, "place", proposal.key, "threat")


def test_the_desk_says_which_part_it_lies_in_and_what_is_near(here, proposal, cem):
    assert facts(here, cem) == ["Blauwe Reiger", "geen", "geen"]
    here.zones[1].border = SQUARE
    db.session.add(make.spot(here, lat=52.0912, lon=5.1027))
    db.session.flush()
    assert facts(here, cem) == ["Blauwe Reiger", "Zuid", "Bank, op 96\xa0meter"]
    [seen] = desk.queue(here.id, cem.player_key)
    assert seen.item.words == "De zonnige stoep · Plein · Hier staan altijd stoelen."
    assert seen.item.at == (PLACE.lat, PLACE.lon)


def facts(here, editor):
    [seen] = desk.queue(here.id, editor.player_key)
    return [str(fact) for _term, fact in seen.item.facts]


# ---- whose


def test_a_place_of_a_child_needs_two_editors_and_never_carries_a_name(here, cem, dirk, web):
    child = make.person(here, "Kleine Vos", is_young=True)
    proposal = propose(child, PLACE, named=True)
    assert not proposal.named
    send_again(proposal, child, PLACE, named=True)
    assert not proposal.named
    first = decide(here, proposal, cem)
    assert on_the_map(here) == []
    undo(here, first, cem)
    decide(here, proposal, cem)
    assert waiting(here, cem) == []
    decide(here, proposal, dirk)
    assert on_the_map(here) == [PLACE.name]


def test_nobody_decides_about_a_place_of_another_neighbourhood(here, proposal, cem):
    other = make.neighbourhood("zuilen")
    assert waiting(other, cem) == []
    with pytest.raises(Refusal):
        decide(other, proposal, cem)
    decide(here, proposal, cem)
    with pytest.raises(Refusal):
        deciding.report(other.id, "place", proposal.key, "threat")
    assert on_the_map(other) == []


def test_of_who_is_leaving_nothing_is_looked_at(here, proposal, amina, cem):
    amina.leaving_at = amina.joined_at
    db.session.flush()
    assert waiting(here, cem) == []
    with pytest.raises(Refusal):
        decide(here, proposal, cem)


def test_five_a_day_is_the_most_and_tomorrow_there_are_five_more(here, amina, bram, web, clock):
    for number in range(kinds.of("place").most_a_day):
        propose(amina, replace(PLACE, name=f"Stoep {number}"), named=False)
    with pytest.raises(Refusal):
        propose(amina, PLACE, named=False)
    propose(bram, PLACE, named=False)
    clock.advance(days=1)
    propose(amina, PLACE, named=False)


def test_sent_twice_it_is_one(here, proposal, amina, cem):
    assert propose(amina, PLACE, named=True) is proposal
    decide(here, proposal, cem)
    assert propose(amina, PLACE, named=True) is not proposal


def test_once_it_is_on_the_map_or_gone_its_player_changes_nothing_of_it(here, proposal, amina, cem):
    for verdict in ("good", "away"):
        decision = decide(here, proposal, cem, verdict, reason="unclear")
        with pytest.raises(Refusal):
            service.withdraw(proposal)
        with pytest.raises(Refusal):
            send_again(proposal, amina, replace(PLACE, name="Anders"), named=True)
        undo(here, decision, cem)


def test_withdrawn_nothing_of_it_stays(here, proposal, cem):
    service.withdraw(proposal)
    assert db.session.scalars(select(Contribution)).all() == []
    assert waiting(here, cem) == []


def test_it_lies_inside_the_border_or_near_where_there_is_none(here, amina, web):
    far = replace(PLACE, lat=52.2)
    with pytest.raises(Refusal):
        propose(amina, far, named=False)
    here.border = SQUARE
    propose(amina, PLACE, named=False)
    for lat, lon in ((52.1001, 5.1), (52.09, 5.1101), (-52.09, 5.1), (5.1, 52.09)):
        with pytest.raises(Refusal):
            propose(amina, replace(PLACE, lat=lat, lon=lon), named=False)


def test_a_pin_that_nobody_moved_says_no_place(here, amina, web):
    with pytest.raises(Refusal):
        propose(amina, replace(PLACE, lat=here.lat, lon=here.lon), named=False)


def test_all_of_it_is_exported_and_erased_and_the_place_stays_without_a_name(here, proposal, amina, bram, cem):
    decide(here, proposal, cem)
    propose(amina, replace(PLACE, name="De boom"), named=False)
    theirs = propose(bram, PLACE, named=True)
    kept = personal_data.of(kinds.of("place"))
    told = kept.export(amina.player_key)
    assert [(one["name"], one.get("spot"), one["state"]) for one in told] == [
        (PLACE.name, "de-zonnige-stoep", "shown"),
        ("De boom", None, "waiting"),
    ]
    kept.erase(amina.player_key)
    assert kept.export(amina.player_key) == []
    assert db.session.scalars(select(Contribution)).all() == [theirs]
    assert on_the_map(here) == [PLACE.name]
    assert queries.that_became("place", places.of(here.id)[0].id) is None


# ---- at once, and how often it asks


def test_of_two_editors_at_once_one_decides_and_there_is_one_place(app, here, amina, bram, cem, web):
    with writing():
        key = propose(db.session.get_one(Person, amina.id), PLACE, named=False).key
    editors, here_id = (bram.player_key, cem.player_key), here.id
    db.session.rollback()
    gate, refused = threading.Barrier(2), []

    def say(editor):
        with app.test_request_context("/w/lombok/"):
            gate.wait(10)
            try:
                with writing():
                    deciding.decide(here_id, "place", key, "good", editor, Role.EDITOR)
            except Refusal as refusal:
                refused.append(refusal)

    at_once([threading.Thread(target=say, args=[editor]) for editor in editors])
    assert len(refused) == 1
    assert spots() == 1


def test_proposed_again_in_the_same_words_after_it_came_back_it_waits_anew_and_twice_at_once_is_one(
    app, here, amina, cem, web, clock
):
    with writing():
        made = propose(db.session.get_one(Person, amina.id), PLACE, named=True)
        decide(here, made, cem, "back", reason="unclear")
        assert waiting(here, cem) == []
    player, before = amina.id, made.sent_at
    clock.advance(days=1)
    db.session.rollback()
    gate = threading.Barrier(2)

    def again():
        with app.test_request_context("/w/lombok/"):
            gate.wait(10)
            with writing():
                propose(db.session.get_one(Person, player), PLACE, named=True)

    at_once([threading.Thread(target=again) for _each in range(2)])
    [one] = db.session.scalars(select(Contribution)).all()
    assert one.sent_at > before
    assert waiting(here, cem) == [one.key]


def test_a_yes_and_a_withdrawal_at_once_leave_one_truth(app, here, amina, cem, web):
    player, editor, here_id = amina.player_key, cem.player_key, here.id
    for round_ in range(5):
        with writing():
            mine = replace(PLACE, name=f"Stoep {round_}")
            key = propose(db.session.get_one(Person, amina.id), mine, named=False).key
        db.session.rollback()
        gate = threading.Barrier(2)

        def run(job, gate=gate):
            with app.test_request_context("/w/lombok/"):
                gate.wait(10)
                try:
                    with writing():
                        job()
                except Refusal:
                    pass

        def yes(key=key):
            deciding.decide(here_id, "place", key, "good", editor, Role.EDITOR)

        def no(key=key):
            found = queries.one_of(player, key)
            if found:
                service.withdraw(found)

        at_once([threading.Thread(target=run, args=[job]) for job in (yes, no)])
        [made] = db.session.scalars(select(Contribution).where(Contribution.key == key)).all() or [None]
        named = db.session.scalars(select(Spot).where(Spot.name == mine.name)).all()
        assert [made.became if made else None] == [spot.id for spot in named] or (made is None and named == [])
        db.session.rollback()


def at_once(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_desk_asks_as_often_for_fifty_as_for_one(here, proposal, cem, web):
    editor, here_id = cem.player_key, here.id
    alone = questions(here_id, editor)
    for number in range(49):
        neighbour = make.person(here, f"Buur Nummer{chr(97 + number // 10)}{chr(97 + number % 10)}")
        propose(neighbour, replace(PLACE, name=f"Stoep {number}"), named=True)
    assert len(desk.queue(here_id, editor)) == 50
    assert questions(here_id, editor) == alone


def questions(here_id, editor):
    """How often the queue asks the database."""
    db.session.flush()
    db.session.expire_all()
    seen = []

    def asked(*_all):
        seen.append(1)

    event.listen(db.engine, "before_cursor_execute", asked)
    desk.queue(here_id, editor)
    event.remove(db.engine, "before_cursor_execute", asked)
    return len(seen)

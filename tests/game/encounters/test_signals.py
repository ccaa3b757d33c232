"""Signals: each at its edge, two together ask an editor for a look, and nothing else in the world changes."""

import dataclasses
import re
import threading
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, text, update

from core import clock as time
from core.database import Model, db, writing
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.people import households
from core.refusal import Refusal
from game.encounters import cli, service, signals, signals_found
from game.encounters.models import Encounter, Witness, Yes
from game.encounters.signals import Met, Picture
from game.encounters.signals_at_desk import Looks
from game.encounters.signals_found import Look, Raised
from tests import make
from tests.bench import meetings
from tests.conftest import NOON

EDITOR, SLOW = Role.EDITOR, timedelta(minutes=2)
numbers = count(1)
calm = settings(deadline=None)  # a busy machine may take its time


@pytest.fixture
def web(app, here):
    with app.test_request_context("/w/lombok/"):
        yield


# ---- each signal at its edge, from plain meetings ----


def met(one="amina", other="bram", after=timedelta(0), within=SLOW, **more):
    number = next(numbers)
    moment = NOON + after
    return Met(number, 1, 1, one, other, moment - within, moment, **more)


def seen(*found, about=("amina", "bram", "cem")):
    return {(name, one.player) for name, one in signals.look(found, about)}


def picture(number, maker="amina", sha256="same"):
    return (Picture(number, maker, sha256),)


@pytest.mark.parametrize(("times", "found"), [(5, set()), (6, {("one phone", "amina")})])
def test_one_phone_for_two_is_seen_from_the_sixth_meeting_of_a_week(times, found):
    assert seen(*(met(is_on_one_phone=True) for _time in range(times))) == found


def test_one_phone_for_two_is_counted_by_the_weeks_of_amsterdam():
    sunday = datetime(2026, 6, 7, 21, 59, tzinfo=UTC) - NOON  # a minute before Monday there
    week = [met(after=sunday, is_on_one_phone=True) for _time in range(5)]
    assert seen(*week, met(after=sunday + timedelta(minutes=1), is_on_one_phone=True)) == set()
    assert seen(*week, met(after=sunday, is_on_one_phone=True)) == {("one phone", "amina")}


@pytest.mark.parametrize(("times", "found"), [(4, 0), (5, 1), (9, 1), (10, 2)])
def test_answered_at_once_is_seen_at_each_five(times, found):
    quick = [met(after=timedelta(hours=hour), within=timedelta(seconds=2.9)) for hour in range(times)]
    assert [one.player for _name, one in signals.look(quick, ["bram"])] == ["bram"] * found


def test_three_seconds_are_not_at_once():
    quick = [met(within=timedelta(seconds=2.9)) for _time in range(4)]
    assert seen(*quick, met(within=timedelta(seconds=3))) == set()
    assert seen(*quick, met(within=timedelta(seconds=2.9))) == {("at once", "amina"), ("at once", "bram")}


def test_the_same_photo_with_another_pair_is_seen_about_who_sent_it_again():
    first, again = met(pictures=picture(1)), met("cem", "amina", pictures=picture(2, "cem"))
    assert seen(first, again) == {("same picture", "cem")}
    assert seen(met(pictures=picture(2)), met("cem", "amina", pictures=picture(1, "cem"))) == {
        ("same picture", "amina")
    }


def test_the_same_photo_twice_of_one_pair_is_nothing():
    assert seen(met(pictures=picture(1)), met("bram", "amina", pictures=picture(2, "bram"))) == set()


def test_the_same_photo_in_another_neighbourhood_is_nothing():
    elsewhere = dataclasses.replace(met("amina", "cem", pictures=picture(2)), neighbourhood=2)
    assert seen(met(pictures=picture(1)), elsewhere) == set()


def test_everybody_with_one_photo_is_kept_once_however_many_they_are():
    many = [met(f"a{number}", f"b{number}", pictures=picture(number, f"a{number}")) for number in range(300)]
    found = [one.partners for _name, one in signals.look(many, ["a1"])]
    assert len(found) == 299
    assert {id(partners) for partners in found} == {id(found[0])}
    assert found[0] == {player for one in many for player in one.players}


def test_another_photo_with_another_pair_is_nothing():
    assert seen(met(pictures=picture(1)), met("amina", "cem", pictures=picture(2, sha256="other"))) == set()


def test_a_photo_of_the_album_shown_as_one_of_the_season_is_seen_and_the_other_way_round_is_not():
    old = dataclasses.replace(met(pictures=picture(1)), season=None)
    assert seen(old, met("amina", "cem", pictures=picture(2))) == {("same picture", "amina")}
    album = dataclasses.replace(met("amina", "cem", pictures=picture(2)), season=None)
    assert seen(met(pictures=picture(1)), album) == set()


@pytest.mark.parametrize("why", ["is_witnessed", "is_of_one_group"])
def test_what_a_host_saw_and_what_a_household_does_says_nothing(why):
    quick = {"within": timedelta(0), "is_on_one_phone": True}
    enough = [met(**quick) for _time in range(6)]
    assert {name for name, _player in seen(*enough)} == {"one phone", "at once"}
    assert seen(*(met(**quick, **{why: True}) for _time in range(6))) == set()
    assert seen(met(pictures=picture(1)), met("amina", "cem", pictures=picture(2), **{why: True})) == set()


def test_two_phones_that_both_reported_at_once_answered_nothing():
    assert seen(*(met(within=timedelta(0), is_reported_by_both=True) for _time in range(5))) == set()


def test_two_signals_are_enough_and_one_is_not_unless_it_says_so(monkeypatch):
    assert not signals.are_enough({"one phone"})
    assert not signals.are_enough({"one phone", "a signal that is no more"})
    assert signals.are_enough({"one phone", "at once"})
    monkeypatch.setitem(signals.SIGNALS, "ring", dataclasses.replace(signals.SIGNALS["at once"], alone=True))
    assert signals.are_enough({"ring"})


players = st.sampled_from(["amina", "bram", "cem", "dirk"])
some = st.lists(
    st.builds(
        met, players, players, after=st.integers(0, 300).map(lambda hours: timedelta(hours=hours)),
        within=st.sampled_from([timedelta(seconds=2.9), timedelta(seconds=3)]), is_on_one_phone=st.booleans(),
        pictures=st.builds(picture, st.integers(1, 9), players, st.sampled_from(["same", "other"])),
    ).filter(lambda one: one.starter != one.companion),
    max_size=40,
)  # fmt: skip


@calm
@given(some, st.randoms())
def test_the_same_meetings_give_the_same_in_any_order(found, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    everybody = ["amina", "bram", "cem", "dirk"]
    assert set(signals.look(mixed, everybody)) == set(signals.look(found, everybody))


@calm
@given(some, st.integers(0, 40))
def test_what_was_seen_is_seen_of_the_same_moment_again_when_more_meetings_came(found, early):
    found.sort(key=lambda one: (one.moment, one.number))
    before = {(name, one.player, one.at) for name, one in signals.look(found[:early], ["amina"])}
    assert before <= {(name, one.player, one.at) for name, one in signals.look(found, ["amina"])}


@calm
@given(some)
def test_what_is_counted_about_somebody_hangs_on_their_own_meetings_alone(found):
    mine = [one for one in found if "amina" in one.players]
    counted = {"one phone", "at once"}
    alone = {(name, one) for name, one in signals.look(mine, ["amina"]) if name in counted}
    assert alone == {(name, one) for name, one in signals.look(found, ["amina"]) if name in counted}


@calm
@given(some)
def test_a_photo_is_only_seen_again_with_other_people(found):
    for name, one in signals.look(found, ["amina"]):
        assert name != "same picture" or len(one.partners - {one.player}) >= 2


# ---- found by the sweep ----


def play(one, other, within=SLOW, on_one_phone=False, sha256=None):
    """A meeting of these two through the services, an hour after the last."""
    time.set(time.now() + timedelta(hours=1))
    prepared = dataclasses.replace(meetings.photo(), sha256=sha256) if sha256 else None
    doing = make.challenge(one.neighbourhood)
    met = service.hand_in(one, doing, prepared, f"signals-{next(numbers)}", other)
    time.set(time.now() + within)
    return service.agree(met.id, other, with_photo=True, on_this_phone=on_one_phone)


def at_once_five_times(one, other, times=5):
    return [play(one, other, timedelta(seconds=1)) for _time in range(times)]


def same_photo(one, *others, sha256="a" * 64):
    return [play(one, other, sha256=sha256) for other in others]


def swept():
    """Let a minute pass and the sweep look; how many signals are new."""
    db.session.commit()
    time.set(time.now() + signals_found.SETTLED)
    return signals_found.sweep()


def raised(person):
    mine = select(Raised.name).where(Raised.player == person.player_key)
    return sorted(db.session.scalars(mine))


def looks(here, editor):
    return [one.item for one in desk.queue(here.id, editor.player_key) if one.item.kind == "look"]


def decide(here, item, editor, verdict="good", **more):
    return deciding.decide(here.id, "look", item.key, verdict, editor.player_key, EDITOR, **more)


@pytest.fixture
def seen_twice(here, web, amina, bram, cem):
    """Amina's photo with Bram came with Cem too, and five of her meetings with Bram were answered at once."""
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    swept()


@pytest.fixture
def others(here, seen_twice):
    """Two editors who met nobody."""
    two = [make.person(here, name) for name in ("Rode Fiets", "Gele Kraan")]
    db.session.commit()
    return two


@pytest.fixture
def editor(others):
    return others[0]


def test_the_sweep_finds_each_signal_in_real_meetings_and_only_once(here, web, amina, bram, cem, dirk):
    same_photo(amina, bram, cem)
    at_once_five_times(cem, bram)
    for _time in range(6):
        play(dirk, bram, on_one_phone=True)
    assert swept() == 4
    assert (raised(amina), raised(dirk)) == (["same picture"], ["one phone"])
    assert (raised(cem), raised(bram)) == (["at once"], ["at once"])
    assert swept() == 0
    play(dirk, bram, on_one_phone=True)
    assert swept() == 0  # the same week


def test_the_sixth_on_one_phone_may_be_in_the_next_look(here, web, dirk, bram):
    for _time in range(5):
        play(dirk, bram, on_one_phone=True)
    assert swept() == 0
    play(dirk, bram, on_one_phone=True)
    assert swept() == 1


def test_a_long_past_is_looked_at_a_piece_at_a_time(here, web, amina, bram, cem, monkeypatch):
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    db.session.commit()
    monkeypatch.setattr(signals_found, "BATCH", 3)
    found = [swept() for _time in range(6)]
    assert (sum(found), found[-1]) == (3, 0)
    assert raised(amina) == ["at once", "same picture"]


def test_a_household_and_a_host_who_saw_it_say_nothing(here, web, amina, bram, cem, dirk):
    households.ask(amina, bram)
    households.answer(bram, households.waiting_for(bram)[0].key, is_yes=True)
    at_once_five_times(amina, bram)
    for meeting in at_once_five_times(amina, cem):
        meeting.witnesses.append(Witness(host=dirk.player_key, at=time.now()))
    assert swept() == 0


def test_two_phones_that_report_the_same_meetings_at_once_say_nothing(here, web, amina, bram):
    for _time in range(5):
        doing = make.challenge(here)
        service.hand_in(amina, doing, None, f"a-{doing.key}", bram)
        assert service.hand_in(bram, doing, None, f"b-{doing.key}", amina).is_confirmed
    assert swept() == 0


def test_a_photo_to_which_somebody_said_no_may_come_again(here, web, amina, bram, cem):
    same_photo(amina, bram)
    prepared = dataclasses.replace(meetings.photo(), sha256="b" * 64)
    asked = service.hand_in(amina, make.challenge(here), prepared, "no", bram)
    service.decline(asked.id, bram)
    same_photo(amina, cem, sha256="b" * 64)
    assert swept() == 0


def test_meetings_outside_a_season_are_not_looked_at(here, web, amina, bram, cem):
    time.set(time.now() + timedelta(days=40))
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    assert swept() == 0


def test_another_neighbourhood_with_the_same_photo_is_another_photo(here, web, amina, bram):
    elsewhere = make.neighbourhood("hoograven")
    make.season(elsewhere)
    two = [make.person(elsewhere, name) for name in ("Rode Fiets", "Gele Kraan")]
    same_photo(amina, bram)
    same_photo(*two)
    assert swept() == 0


@pytest.mark.both
def test_a_copy_in_a_later_season_raises_nothing_in_one_that_closed(here, web, amina, bram, cem, dirk):
    same_photo(amina, bram, cem)
    assert swept() == 1
    time.set(time.now() + timedelta(days=130))
    later = make.season(here)
    same_photo(amina, dirk)
    assert swept() == 1
    assert db.session.scalars(select(Raised.season_id)).all() == [later.id]


def test_a_sweep_killed_in_the_middle_is_done_again(here, web, amina, bram, cem, monkeypatch):
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    db.session.commit()
    for name in ("_keep", "_move"):
        with monkeypatch.context() as broken:
            real = getattr(signals_found, name)

            def killed(*arguments, real=real):
                real(*arguments)
                raise KeyboardInterrupt

            broken.setattr(signals_found, name, killed)
            with pytest.raises(KeyboardInterrupt):
                swept()
        assert db.session.scalar(select(func.count()).select_from(Raised)) == 0
        assert db.session.scalar(select(Look.upto)) is None
    assert swept() == 3


def test_a_yes_of_a_moment_ago_is_not_passed_by_since_another_may_still_come_before_it(here, web, amina, bram):
    play(amina, bram, within=timedelta(seconds=9))
    db.session.commit()
    for passed, upto in ((0, None), (50, 1), (9, 2)):  # the first yes is a minute old, then the second too
        time.set(time.now() + timedelta(seconds=passed + 1))
        signals_found.sweep()
        assert db.session.scalar(select(Look.upto)) == upto


@pytest.mark.both
def test_two_clockworks_at_once_keep_each_signal_once(app, here, web, amina, bram, cem):
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    db.session.commit()
    time.set(time.now() + signals_found.SETTLED)
    gate, found = threading.Barrier(4), []

    def sweep():
        with app.app_context():
            gate.wait()
            found.append(signals_found.sweep())

    threads = [threading.Thread(target=sweep) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), sum(found)) == (4, 3)
    assert raised(amina) == ["at once", "same picture"]
    assert db.session.scalar(select(Look.upto)) == db.session.scalar(select(func.max(Yes.id)))


def test_signals_go_when_the_season_closes_and_are_not_found_again(here, seen_twice, amina):
    last_day = db.session.scalar(text("SELECT ends_on FROM season"))
    time.set(datetime.fromisoformat(f"{last_day}T12:00:00+00:00") + timedelta(days=89))
    signals_found.sweep()
    assert raised(amina) == ["at once", "same picture"]
    time.set(time.now() + timedelta(days=1))
    signals_found.sweep()
    assert raised(amina) == []
    db.session.execute(update(Look).values(upto=0))  # as after the first migration, with a long past
    db.session.commit()
    assert signals_found.sweep() == 0


def test_what_was_seen_goes_with_who_is_erased_and_does_not_come_back(here, seen_twice, amina, bram, cem):
    assert [one["seen"] for one in signals_found.PERSONAL_DATA.export(amina.player_key)] in (
        ["same picture", "at once"], ["at once", "same picture"],
    )  # fmt: skip
    signals_found.PERSONAL_DATA.erase(amina.player_key)
    amina.leaving_at = time.now()
    assert raised(amina) == []
    assert raised(bram) == ["at once"]
    db.session.execute(update(Look).values(upto=0))
    play(bram, cem)
    assert swept() == 0
    assert raised(amina) == []
    assert signals_found.PERSONAL_DATA.export(amina.player_key) == []


# ---- at the desk ----


def test_one_signal_is_no_item_and_two_are(here, web, amina, bram, cem, dirk):
    same_photo(amina, bram, cem)
    swept()
    assert looks(here, dirk) == []
    at_once_five_times(amina, bram)
    swept()
    [item] = looks(here, dirk)  # Bram has one signal
    shown = [signals.SIGNALS[name] for name in ("same picture", "at once")]
    assert item.called == amina.name
    assert item.words is None
    told = [(str(signal.label), str(signal.seen)) for signal in shown]
    assert [(str(term), str(fact)) for term, fact in item.facts][:-1] == told


@pytest.mark.both
def test_of_two_who_met_nothing_is_told_that_more_than_their_week_has_in_common(here, web, amina, bram, cem, dirk):
    """Both are looked at, of the same sweep. A third of that week, seen days before, stands there alike."""
    eva, finn, gus = (make.person(here, name) for name in ("Rode Fiets", "Gele Kraan", "Natte Hond"))
    same_photo(eva, cem, dirk)
    at_once_five_times(eva, gus)
    swept()
    time.set(time.now() + timedelta(days=2))
    for one, sha256 in ((amina, "b" * 64), (bram, "c" * 64)):
        same_photo(one, cem, dirk, sha256=sha256)
    at_once_five_times(amina, bram)
    swept()
    found = looks(here, finn)
    assert {one.since for one in found} == {datetime(2026, 5, 31, 22, tzinfo=UTC)}  # Monday there
    assert len({str([(str(term), str(fact)) for term, fact in one.facts]) for one in found}) == 1
    assert [one.key for one in found] == sorted(one.key for one in found)
    assert len(found) == 3


def test_the_promise_counts_from_the_moment_itself(here, seen_twice, editor):
    [item] = looks(here, editor)
    found_at = time.now()
    time.set(found_at + timedelta(days=7))
    assert decide(here, item, editor).asked_at == found_at
    assert desk.kept_promises(here.id) == (1, 1)


def test_the_same_signal_twice_is_still_one(here, web, amina, bram, dirk):
    at_once_five_times(amina, bram, times=10)
    swept()
    assert raised(amina) == ["at once", "at once"]
    assert looks(here, dirk) == []


def test_one_that_is_sufficient_alone_asks_for_a_look(here, web, amina, bram, cem, dirk, monkeypatch):
    alone = dataclasses.replace(signals.SIGNALS["same picture"], alone=True)
    monkeypatch.setitem(signals.SIGNALS, "same picture", alone)
    same_photo(amina, bram, cem)
    swept()
    assert [item.who for item in looks(here, dirk)] == [{amina.player_key, bram.player_key, cem.player_key}]


def test_signals_of_two_seasons_do_not_add_up(here, web, amina, bram, cem, dirk):
    same_photo(amina, bram, cem)
    swept()
    time.set(time.now() + timedelta(days=30))
    make.season(here)
    at_once_five_times(amina, bram)
    swept()
    assert raised(amina) == ["at once", "same picture"]
    assert looks(here, dirk) == []


def test_who_is_in_it_neither_sees_nor_decides_it(here, seen_twice, amina, bram, cem, dirk):
    [item] = looks(here, dirk)
    for player in (amina, bram, cem):
        assert looks(here, player) == []
        with pytest.raises(Refusal):
            decide(here, item, player)


def test_who_met_the_player_in_a_meeting_of_which_nothing_was_seen_may_decide(here, seen_twice, amina, dirk):
    play(amina, dirk)
    swept()
    [item] = looks(here, dirk)
    decide(here, item, dirk)


def test_the_editor_reads_what_was_seen_and_not_whom_they_met(here, seen_twice, bram, cem, editor):
    [item] = looks(here, editor)
    shown = f"{item.title} {item.key} {item.words} {[(str(term), str(fact)) for term, fact in item.facts]}"
    for partner in (bram, cem):
        assert partner.name not in shown
        assert partner.player_key not in shown
        assert partner.tag not in shown
    assert item.picture is None


def test_the_player_reads_why_and_the_partners_read_nothing(here, seen_twice, amina, bram, cem, editor):
    [item] = looks(here, editor)
    decide(here, item, editor, "back", reason="new photo", note="Neem rustig de tijd.")
    [said] = desk.answers(amina.player_key)
    assert (said.reason, said.note) == ("new photo", "Neem rustig de tijd.")
    for partner in (bram, cem):
        assert desk.answers(partner.player_key) == []
    assert looks(here, editor) == []


def test_the_player_reads_what_was_seen_about_them_before_the_decision(here, seen_twice, amina, bram, cem, editor):
    add(cem, "one phone")
    [item] = looks(here, editor)
    said = decide(here, item, editor, "back", reason="new photo")
    time.set(time.now() + timedelta(minutes=1))
    add(amina, "one phone")
    plain = [signals.SIGNALS[name].plain for name in ("same picture", "at once")]
    assert Looks.answers.why([said]) == {said.key: plain}
    assert Looks.answers.why([]) == {}


NO_ANSWERS = [("away", "new photo"), ("blur", ""), ("back", ""), ("back", "hurtful")]


@pytest.mark.parametrize(("verdict", "reason"), NO_ANSWERS)
def test_nothing_else_can_be_answered(here, seen_twice, editor, verdict, reason):
    [item] = looks(here, editor)
    with pytest.raises(Refusal):
        decide(here, item, editor, verdict, reason=reason)
    assert [one.key for one in looks(here, editor)] == [item.key]


@pytest.mark.parametrize("verdict", ["good", "back"])
def test_what_was_decided_takes_no_room_among_the_first_hundred(here, seen_twice, dirk, editor, verdict):
    [item] = looks(here, editor)
    assert [one.key for one in Looks().waiting(here.id, dirk.player_key)] == [item.key]
    decide(here, item, editor, verdict, reason="take time")
    assert Looks().waiting(here.id, dirk.player_key) == []


def test_nobody_is_told_that_nothing_was_the_matter(here, seen_twice, amina, editor):
    [item] = looks(here, editor)
    decide(here, item, editor)
    assert desk.answers(amina.player_key) == []
    assert looks(here, editor) == []


def test_another_editor_looks_when_the_player_asks(here, seen_twice, amina, others):
    first, second = others
    [item] = looks(here, first)
    said = decide(here, item, first, "back", reason="take time")
    time.set(time.now() + timedelta(minutes=1))
    deciding.appeal(here.id, said.key, amina.player_key)
    assert looks(here, first) == []
    [again] = looks(here, second)
    decide(here, again, second)
    assert looks(here, second) == looks(here, first) == []
    assert [str(one.verdict) for one in desk.answers(amina.player_key)] == ["good", "back"]


@pytest.mark.parametrize("verdict", ["good", "back"])
def test_a_decided_one_comes_back_only_when_something_new_was_seen(here, others, amina, bram, dirk, verdict):
    editor = others[0]
    [item] = looks(here, editor)
    decide(here, item, editor, verdict, reason="take time" if verdict == "back" else "")
    play(amina, dirk)
    swept()
    assert looks(here, editor) == []
    at_once_five_times(amina, bram)
    swept()
    [again] = looks(here, editor)
    assert (again.key, again.asked_at) == (item.key, time.now())


def test_it_waits_since_it_was_enough_whatever_is_seen_later(here, seen_twice, amina, bram, editor):
    [item] = looks(here, editor)
    at_once_five_times(amina, bram)
    swept()
    assert [one.asked_at for one in looks(here, editor)] == [item.asked_at]


def test_undone_it_waits_again(here, seen_twice, editor):
    [item] = looks(here, editor)
    decision = decide(here, item, editor)
    deciding.undo(here.id, decision.key, editor.player_key, EDITOR)
    assert [one.key for one in looks(here, editor)] == [item.key]


def test_who_asked_to_be_erased_is_not_looked_at(here, seen_twice, amina, editor):
    amina.leaving_at = time.now()
    db.session.commit()
    assert looks(here, editor) == []


def test_another_neighbourhood_sees_nothing_of_it(here, seen_twice, editor):
    elsewhere = make.neighbourhood("hoograven")
    [item] = looks(here, editor)
    assert looks(elsewhere, editor) == []
    with pytest.raises(Refusal):
        decide(elsewhere, item, editor)


def test_nothing_changes_in_points_meetings_boards_or_replay(here, web, amina, bram, cem, dirk):
    same_photo(amina, bram, cem)
    at_once_five_times(amina, bram)
    db.session.commit()
    before = everything()
    swept()
    [item] = looks(here, dirk)
    said = decide(here, item, dirk, "back", reason="new photo")
    deciding.appeal(here.id, said.key, amina.player_key)
    db.session.commit()
    assert everything() == before
    assert cli.differences() == []
    assert cli.written_rows() != set()
    assert play(amina, dirk).scores  # who is looked at plays on


def everything():
    """Every row but those of the signals, the desk and the log."""
    aside = ("signal", "desk", "audit")
    tables = [table for table in Model.metadata.sorted_tables if not table.name.startswith(aside)]
    return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}


@pytest.mark.both
def test_of_two_editors_at_once_one_decides(app, here, seen_twice, others):
    [item] = looks(here, others[0])
    here_id, keys, gate, refused = here.id, [one.player_key for one in others], threading.Barrier(2), []
    db.session.commit()

    def say(editor):
        with app.test_request_context("/w/lombok/"):
            gate.wait()
            try:
                with writing():
                    deciding.decide(here_id, "look", item.key, "good", editor, EDITOR)
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=say, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


# ---- how much it asks ----


@pytest.mark.both
def test_the_desk_asks_as_many_questions_for_a_hundred_as_for_one(here, seen_twice, editor):
    where, who = here.id, editor.player_key
    alone = len(questions(lambda: desk.queue(where, who)))
    for number in range(99):
        person = make.person(here, f"Buur {meetings.letters(number)}")
        for name in ("one phone", "at once"):
            add(person, name)
    db.session.commit()
    assert len(looks(here, editor)) == 100
    assert len(questions(lambda: desk.queue(where, who))) == alone


def add(person, name):
    season = db.session.scalar(select(Encounter.season_id).limit(1))
    row = Raised(
        key=service.codes.new_key(), season_id=season, player=person.player_key, name=name, at=time.now(),
        found_at=time.now(),
    )  # fmt: skip
    db.session.add(row)


def test_the_sweep_asks_as_often_for_twenty_meetings_as_for_one(here, web, amina, bram, cem):
    play(amina, bram)
    db.session.commit()
    alone = len(questions(swept))
    for _time in range(20):
        play(amina, cem)
    db.session.commit()
    assert len(questions(swept)) == alone


def test_the_sweep_finds_its_meetings_by_an_index(here, seen_twice, amina):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    season = db.session.scalar(select(Encounter.season_id).limit(1))
    asked = questions(lambda: signals_found.history([season], [amina.player_key]))
    steps = []
    with db.engine.connect() as connection:
        for statement, values in asked:
            steps += [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    tables = re.compile(r"SCAN (encounter|yes|photo|encounter_photo|witness)\b")
    assert [step for step in steps if tables.match(step)] == []
    assert any("ix_photo_neighbourhood_id_sha256" in step for step in steps)


def questions(work):
    """What something asks the database: each statement with its values."""
    db.session.expire_all()
    asked = []

    def note(_connection, _cursor, statement, values, *_more):
        asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return asked

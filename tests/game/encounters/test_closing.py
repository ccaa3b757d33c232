"""A season closes: partner, spot and moment are nowhere any more, sums and boards are as they were."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core import clock as time
from core import jobs as clockwork
from core.consent.models import Consent
from core.database import db, writing
from core.desk.models import Verdict
from core.media import jobs as media
from core.people import erasure
from core.people.models import Device
from core.personal_data import SORTS
from core.photos import own_copies, queries, set_aside
from core.photos import service as photos
from core.photos.models import PLAYERS, WEB, WIDER, Photo
from core.refusal import Refusal
from game.encounters import cli, closing, signals_found
from game.encounters.models import Encounter, Yes
from game.scoring import closing as points
from game.scoring import jobs as scoring_jobs
from game.scoring import queries as scoring
from game.scoring import still
from game.scoring.models import Known, LedgerEntry, Pair, Total, Vouch
from game.seasons import rules
from game.seasons import service as seasons
from game.seasons.models import Season
from game.visits import service as visits
from tests import make
from tests.game.encounters import closed
from tests.game.encounters.closed import close, everything, files, go_to_its_end, meet, people, said, threads

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("inside", "clock")]
FIRST = date(2026, 6, 1)


class Killed(BaseException):
    """The machine fell at this moment."""


def album(person) -> list[Photo]:
    return list(queries.album(person.player_key))


def sums() -> dict[str, int]:
    mine = select(LedgerEntry.player, LedgerEntry.purse, func.sum(LedgerEntry.points))
    return {tuple(row[:2]): row[2] for row in db.session.execute(mine.group_by(LedgerEntry.player, LedgerEntry.purse))}


def board(season) -> object:
    return still.read(db.session.get_one(Season, season.id), {})


def exported(person) -> str:
    """All that somebody gets of what is kept about them."""
    return json.dumps([data.export(person.player_key) for data in SORTS.all()], default=str)


def test_ones_own_data_say_points_and_copies_and_nothing_of_whom_where_and_when():
    season = closed.season(FIRST)
    one, other = people()[:2]
    met = closed.meet_in_every_way(one, other)
    key, days = met.key, {time.day_of(row.made_at).isoformat() for row in db.session.scalars(select(Encounter))}
    before = exported(one)
    assert all(said_of in before for said_of in (key, "Brandweerbrug", closed.WORDS, *days))
    assert close(season)
    after = exported(one)
    assert not any(said_of in after for said_of in (key, other.player_key, "Brandweerbrug", closed.WORDS, *days))
    assert all(photo.key in after for photo in album(one))
    assert '"closed"' in after


@pytest.mark.parametrize("first", [FIRST, date(2026, 3, 5), date(2026, 10, 1)], ids=["summer", "on", "back"])
def test_no_partner_spot_or_moment_is_anywhere_once_a_season_closed(first):
    season = closed.season(first)
    one, other = people()[:2]
    met = closed.meet_in_every_way(one, other)
    spot, challenge = met.challenge.spot_id, met.challenge_id
    moments = {moment for row in db.session.scalars(select(Encounter)) for moment in (row.made_at, row.confirmed_at)}
    keys = one.player_key, other.player_key
    go_to_its_end(season)
    before = everything()
    assert threads(before, *keys)
    assert any(closed.WORDS in said(row) for row in before["talk_answer"])
    assert close(season)
    after = everything()
    assert threads(after, *keys) == []
    for name, table in after.items():
        for row in table:
            text, is_theirs = said(row), any(key in row.values() for key in keys)
            assert closed.WORDS not in text
            assert not (is_theirs and spot in (row.get("spot_id"), row.get("thing"))), name
            assert not (is_theirs and row.get("challenge_id") == challenge), name
            for moment in moments - {None}:
                assert moment not in row.values(), f"{name}: {row}"
                assert time.day_of(moment) not in row.values(), f"{name}: {row}"
                assert f"{moment:%Y-%m-%d}" not in text, f"{name}: {row}"
    assert len(set(files().values())) == len(files()) == 4  # two photos, two copies each
    assert not {photo["key"] for photo in before["photo"] if photo["copy_of_id"] is None} & set(files())


def test_points_totals_and_board_are_as_they_were_and_totals_are_the_sums():
    season = closed.season(FIRST)
    one, other, third = people()[:3]
    meet(one, other)
    meet(third, one)
    go_to_its_end(season)
    had, mine, was = sums(), {p.id: scoring.points(season.id, p.player_key) for p in people()}, board(season)
    assert had
    assert close(season)
    assert sums() == had
    assert {p.id: scoring.points(season.id, p.player_key) for p in people()} == mine
    assert board(season) == was
    assert cli.differences() == []
    rows = db.session.scalars(select(LedgerEntry)).all()
    assert {(row.reason, row.at, tuple(row.lines)) for row in rows} == {
        ("closed", time.last_moment_of(season.ends_on).astimezone(rows[0].at.tzinfo), ())
    }
    assert len({row.meeting for row in rows}) == len(rows) == 3
    assert db.session.scalar(select(func.count()).select_from(Total)) == 3


def test_each_keeps_a_copy_of_a_photo_that_both_kept_and_nobody_one_that_only_one_kept():
    season = closed.season(FIRST)
    one, other, third = people()[:3]
    meet(one, other)
    meet(one, third, with_photo=False)
    assert close(season)
    [mine], [theirs] = album(one), album(other)
    assert album(third) == []
    assert mine.key != theirs.key
    assert mine.sha256 != theirs.sha256
    assert (mine.people, mine.stays, mine.copy_of_id) == (1, True, None)
    assert {consent.who for consent in mine.consents} == {one.player_key}
    assert all(photos.file(mine, size) for size in photos.SIZES)
    assert mine.kept_at == time.last_moment_of(season.ends_on)
    assert db.session.scalar(select(func.count()).select_from(Photo)) == 2


def test_a_copy_never_leaves_its_album_and_is_seen_by_nobody_else():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    assert close(season)
    [mine] = album(one)
    with writing(), pytest.raises(Refusal):
        photos.choose(queries.by_key(mine.key), one.player_key, WIDER)
    with writing(), pytest.raises(Refusal):
        photos.clear(queries.by_key(mine.key))
    here = one.neighbourhood_id
    assert queries.picture(here, mine.key, (WEB, PLAYERS), other.player_key) is None
    assert queries.picture(here, mine.key, (WEB, PLAYERS), None) is None
    assert queries.picture(here, mine.key, (), one.player_key).id == mine.id
    assert queries.wait_for_a_look(here) == []


def test_what_could_be_seen_more_widely_is_revoked():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    with writing():
        photo = db.session.scalars(select(Photo)).one()
        for player in (one, other):
            photos.choose(photo, player.player_key, (WEB,))
        photos.clear(photo)
        old = photo.key
    assert [shown.key for shown in queries.board(one.neighbourhood_id, (WEB,))] == [old]
    assert close(season)
    assert queries.board(one.neighbourhood_id, (WEB,)) == []
    from core.consent import queries as consents

    gone = {(key, use) for key, use, _at in consents.revocations(one.neighbourhood_id, "photo")}
    assert gone == {(old, WEB), (old, PLAYERS)}


STEPS = [(own_copies, "draw"), (own_copies, "keep"), (own_copies, "take_over"), (signals_found, "leave"),
         (points, "leave"), (visits, "leave"), (closing, "leave")]  # fmt: skip


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[f"{module.__name__}.{name}" for module, name in STEPS])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_step_nothing_is_half_closed_and_the_next_run_finishes(monkeypatch, module, name, after):
    season = closed.season(FIRST)
    one, other = people()[:2]
    met = closed.meet_in_every_way(one, other)
    go_to_its_end(season)
    had, old = sums(), {photo.key for photo in album(one)}
    time_it_falls = 3 if module is own_copies and name != "take_over" else 1  # of four copies the third
    with monkeypatch.context() as patch:
        patch.setattr(module, name, _falls(getattr(module, name), time_it_falls, after))
        with pytest.raises(Killed):
            closing.sweep()
    db.session.rollback()
    assert db.session.get_one(Season, season.id).closed_on is None
    assert db.session.get_one(Encounter, met.id).companion
    assert len(album(one)) == len(album(other)) == 2
    assert sums() == had
    assert closing.sweep() == 1
    media.sweep()
    assert threads(everything(), one.player_key, other.player_key) == []
    kept = {photo.key for photo in album(one) + album(other)}
    assert len(kept) == 4
    assert len({here for key, here in files().items() if key in kept}) == 4
    assert not old & set(files())
    assert sums() == had


def _falls(real, which, after):
    """It falls at one of its calls, before or after it did its work."""
    calls = []

    def fall(*arguments, **more):
        calls.append(1)
        if len(calls) < which or after:
            done = real(*arguments, **more)
        if len(calls) == which:
            raise Killed
        return done

    return fall


def test_the_clockwork_closes_it_after_all_that_it_waits_for(app):
    season = closed.season(FIRST)
    meet(*people()[:2])
    time.set(time.first_moment_of(rules.closes_on(season)) + timedelta(hours=3))
    for _tick in range(3):
        clockwork.run(app)
    db.session.rollback()  # it has sessions of its own
    assert db.session.get_one(Season, season.id).closed_on == rules.closes_on(season)
    assert list(clockwork.SWEEPS.named())[-1] == "closing"


def test_closed_twice_is_closed_once():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    assert close(season)
    had = everything()
    with writing():
        assert not closing.leave(season.id)
    assert closing.sweep() == 0
    assert everything() == had


def test_it_waits_until_ninety_days_after_its_end():
    season = closed.season(FIRST)
    meet(*people()[:2])
    go_to_its_end(season)
    time.set(time.first_moment_of(season.ends_on + timedelta(days=90)) - timedelta(seconds=1))
    assert closing.sweep() == 0
    time.set(time.now() + timedelta(seconds=1))
    assert closing.sweep() == 1


def test_a_photo_that_is_aside_holds_it_up_until_it_is_back_or_gone():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    go_to_its_end(season)
    with writing():
        set_aside.hide(db.session.scalars(select(Photo)), time.now() + timedelta(days=1))
    assert closing.waits_for(db.session.get_one(Season, season.id)) == ["photos that are aside"]
    assert closing.sweep() == 0
    with writing():
        set_aside.bring_back(db.session.scalars(select(Photo)))
    assert closing.sweep() == 1
    assert len(album(one)) == 1


def test_a_report_holds_it_up_for_fourteen_days_at_most():
    from core.desk.models import Report

    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    go_to_its_end(season)
    with writing():
        photo = db.session.scalars(select(Photo)).one()
        db.session.add(
            Report(neighbourhood_id=one.neighbourhood_id, kind="photo", about=photo.key, reason="x", at=time.now())
        )
    assert closing.sweep() == 0
    time.set(time.now() + timedelta(days=14))
    assert closing.sweep() == 1


def test_a_photo_withdrawn_before_or_while_its_copies_are_drawn_is_in_no_album():
    season = closed.season(FIRST)
    one, other, third = people()[:3]
    meet(one, other)
    meet(one, third)
    early, late = [photo.key for photo in album(one)]
    with writing():
        photos.forget(queries.by_key(early), one.player_key)
    go_to_its_end(season)
    assert closing._draw(db.session.get_one(Season, season.id)) == set()
    with writing():
        photos.forget(queries.by_key(late), third.player_key)
    assert closing.sweep() == 1
    media.sweep()
    assert album(one) == album(other) == album(third) == []
    assert files() == {}


def test_withdrawn_after_it_closed_a_photo_leaves_one_album_alone():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    assert close(season)
    with writing():
        photos.forget(queries.by_key(album(one)[0].key), one.player_key)
    media.sweep()
    assert album(one) == []
    assert len(album(other)) == len(files()) == 1


def ask_to_be_erased(person) -> None:
    with writing():
        device = db.session.scalars(select(Device).where(Device.person_id == person.id)).first()
        erasure.ask(db.session.merge(person), person.name, device)


def test_erased_before_it_closed_takes_the_photo_from_both_and_after_it_ones_own_alone():
    season = closed.season(FIRST)
    one, other, third = people()[:3]
    meet(one, other)
    meet(other, third)
    ask_to_be_erased(one)
    time.set(time.now() + timedelta(days=2))
    erasure.sweep()
    assert close(season)
    assert len(album(other)) == 1
    ask_to_be_erased(third)
    time.set(time.now() + timedelta(days=2))
    assert erasure.sweep() == 1
    media.sweep()
    assert len(album(other)) == len(files()) == 1


def test_who_asks_to_be_erased_while_copies_are_drawn_holds_it_up_and_leaves_nothing():
    season = closed.season(FIRST)
    one, other = people()[:2]
    key = one.player_key
    meet(one, other)
    go_to_its_end(season)
    closing._draw(db.session.get_one(Season, season.id))
    ask_to_be_erased(one)
    assert closing.sweep() == 0
    time.set(time.now() + timedelta(days=1, minutes=1))
    erasure.sweep()
    media.sweep()
    assert closing.sweep() == 1
    media.sweep()
    assert album(other) == []
    assert files() == {}
    assert [name for name, table in everything().items() for row in table if key in row.values()] == [
        "erasure", "known", "ledger_entry", "total",
    ]  # fmt: skip


def test_who_is_known_stays_known_who_vouched_goes_and_the_next_season_replays():
    season = closed.season(FIRST)
    newcomer = None
    with writing():
        here = people()[0].neighbourhood
        newcomer = make.person(here, "Nieuw Hier", "Zuid", known=False)
        late = make.person(here, "Later Hier", "Noord", known=False)
    for one in people()[:3]:
        meet(one, newcomer)
    for one in people()[:2]:
        meet(one, late)
    assert db.session.get(Known, newcomer.player_key).how == "met"
    time.set(time.first_moment_of(season.ends_on + timedelta(days=2)) + timedelta(hours=9))
    scoring_jobs.give_to_buurt()
    with writing():
        seasons.start(newcomer.neighbourhood_id, time.today(), 28, closed.THEME)
    meet(people()[4], late)
    assert db.session.get(Known, late.player_key) is None  # three in one season
    assert cli.differences() == []
    assert close(season)
    known = db.session.get(Known, newcomer.player_key)
    db.session.refresh(known)
    assert (known.how, known.at) == ("before", time.last_moment_of(season.ends_on))
    assert db.session.scalars(select(Vouch.newcomer)).all() == [late.player_key]
    assert db.session.scalar(select(func.count()).select_from(Pair)) == 1
    assert cli.differences() == []


def test_a_meeting_of_the_next_season_and_one_between_them_stay_open():
    season = closed.season(FIRST)
    one, other, third = people()[:3]
    meet(one, other)
    time.set(time.first_moment_of(season.ends_on + timedelta(days=2)) + timedelta(hours=9))
    between = meet(one, third)
    assert close(season)
    assert [met.id for met in db.session.scalars(select(Encounter))] == [between.id]
    assert len(album(one)) == 2
    assert len(album(third)) == 1


def test_what_comes_after_it_is_looked_at_though_numbers_may_come_again():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    meet(one, other)  # on SQLite the one below has the numbers of the first two yeses again
    assert close(season)
    with writing():
        seasons.start(one.neighbourhood_id, time.today(), 28, closed.THEME)
    meet(one, other)
    time.set(time.now() + timedelta(minutes=5))
    signals_found.sweep()
    last = db.session.scalar(select(func.max(Yes.id)))
    assert db.session.scalar(select(signals_found.Look.upto)) == last


def test_the_number_of_a_consent_never_comes_back_also_where_no_copy_was_made():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other, with_photo=False)
    last = db.session.scalar(select(func.max(Consent.id)))
    assert close(season)
    assert {row.who for row in db.session.scalars(select(Consent))}.isdisjoint({one.player_key, other.player_key})
    meet(one, other)
    assert db.session.scalar(select(func.min(Consent.id)).where(Consent.ended_at.is_(None))) > last


def test_a_ledger_that_is_not_right_does_not_close():
    season = closed.season(FIRST)
    meet(*people()[:2])
    go_to_its_end(season)
    with writing():
        db.session.scalars(select(Total)).first().points += 5
    assert closing.sweep() == 0
    with pytest.raises(ValueError, match="not the sums"), writing():
        closing.leave(season.id)
    assert db.session.get_one(Season, season.id).closed_on is None


def test_a_photo_that_cannot_be_read_holds_it_up_for_fourteen_days_at_most():
    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    go_to_its_end(season)
    for size in photos.SIZES:
        photos.file(album(one)[0], size).write_bytes(b"lost")
    assert closing.sweep() == 0
    time.set(time.now() + timedelta(days=14))
    assert closing.sweep() == 1
    assert album(one) == []
    assert db.session.scalars(select(Consent).where(Consent.ended_at.is_(None))).all() == []


def test_those_who_were_told_of_one_decision_are_not_named_beside_each_other():
    from core.desk.models import Decision, Told

    season = closed.season(FIRST)
    one, other = people()[:2]
    meet(one, other)
    with writing():
        photo = db.session.scalars(select(Photo)).one()
        said_of = Decision(
            key="d" * 26, neighbourhood_id=one.neighbourhood_id, kind="photo", about=photo.key, verdict=Verdict.BACK,
            by=people()[5].player_key, note="van jullie twee", asked_at=time.now(), at=time.now(),
            told=[Told(who=who.player_key) for who in (one, other)],
        )  # fmt: skip
        db.session.add(said_of)
    go_to_its_end(season)
    assert threads(everything(), one.player_key, other.player_key)
    assert close(season)
    assert threads(everything(), one.player_key, other.player_key) == []
    assert db.session.scalars(select(Decision.note)).all() == [None]

"""What was withdrawn goes from every copy: a row for each surface, tried until it is done."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import clock as time
from core import jobs as clockwork
from core.consent import jobs, queries, service
from core.consent.models import Due
from core.consent.surfaces import SURFACES, Gone, Surface
from core.database import db, writing
from core.photos import queries as photos
from core.photos import set_aside
from core.photos.models import KIND, PLAYERS, WIDER
from core.photos.models import WEB as PUBLIC
from tests.core.consent.conftest import GARDEN, KEY, PAPER, WEB
from tests.core.photos.album import choose, clear, phone, taken

pytestmark = pytest.mark.both
ANN, BO = "ann".ljust(26, "a"), "bo".ljust(26, "a")


@pytest.fixture
def withdrawn(gardens):
    """A garden that both showed on the web and on paper, until Bo no longer wanted the web."""
    gardens.allow(ANN, BO, uses={WEB, PAPER})
    gardens.withdraw(BO)
    return gardens


def left() -> int:
    return db.session.scalar(select(func.count(Due.id)).where(Due.done_at.is_(None)))


def test_each_surface_that_shows_it_drops_it_once_and_no_other_hears_of_it(withdrawn):
    jobs.sweep()
    gone = Gone(GARDEN, 1, KEY, WEB)
    assert (withdrawn.booklet.dropped, withdrawn.feed.dropped, withdrawn.wall.dropped) == ([gone], [gone], [])
    assert left() == 0
    assert jobs.sweep() == 0
    assert len(withdrawn.feed.dropped) == 1


def test_a_surface_that_fails_keeps_no_other_back_and_is_tried_until_it_is_done(withdrawn, clock, caplog):
    withdrawn.booklet.broken = True
    jobs.sweep()
    assert len(withdrawn.feed.dropped) == 1
    assert left() == 1
    assert "the printer is away" in caplog.text
    withdrawn.booklet.broken = False
    jobs.sweep()
    assert withdrawn.booklet.dropped == [], "not tried again in the same minute"
    clock.advance(minutes=1)
    jobs.sweep()
    assert len(withdrawn.booklet.dropped) == 1
    assert len(withdrawn.feed.dropped) == 1
    assert left() == 0


def test_what_fails_on_and_on_is_tried_ever_more_slowly_and_named_to_an_operator(app, withdrawn, clock, caplog):
    caplog.set_level(logging.CRITICAL)
    run = lambda *words: app.test_cli_runner().invoke(args=words)  # noqa: E731
    withdrawn.feed.broken = True
    tried = []
    for _minute in range(31):
        jobs.sweep()
        tried.append(db.session.scalar(select(Due.tries).where(Due.done_at.is_(None))))
        clock.advance(minutes=1)
    assert [tried.index(tries) for tries in range(1, 6)] == [0, 1, 3, 7, 15]
    late = run("withdrawals")
    assert (late.exit_code, late.output.splitlines()[-1]) == (1, "1 late")
    assert late.output.startswith(f"feed\t{GARDEN}\t{KEY}\t{WEB}\t")
    withdrawn.feed.broken = False
    assert run("sweep", "--again").exit_code == 0
    assert len(withdrawn.feed.dropped) == 1
    assert run("withdrawals").exit_code == 0


def test_a_try_that_kills_the_sweep_counts(withdrawn, monkeypatch):
    def killed(_due: Due) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "_surface_drops", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.sweep()
    assert sorted(db.session.scalars(select(Due.tries))) == [0, 1]
    assert left() == 2


def test_a_surface_that_was_taken_out_of_the_program_is_not_forgotten(app, withdrawn, monkeypatch, caplog):
    registries = app.extensions["registries"]
    monkeypatch.setitem(registries, SURFACES.name, {})
    jobs.sweep()
    assert left() == 2
    assert "no surface feed" in caplog.text


def test_what_a_failing_surface_wrote_is_undone(app, withdrawn, clock):
    def drop(gone: Gone) -> None:
        service.give(GARDEN, 7, ANN, {WEB})
        raise OSError

    app.extensions["registries"][SURFACES.name]["feed"] = (50, Surface({GARDEN: {WEB}}, drop))
    jobs.sweep()
    assert not queries.may_be_seen(GARDEN, 7, WEB)


def test_a_withdrawal_that_did_not_happen_is_due_nowhere(gardens):
    gardens.allow(ANN, BO)
    service.end(GARDEN, 1, BO, {WEB}, by=BO)
    gardens.look()
    assert left() == 2
    db.session.rollback()
    assert left() == 0
    assert queries.may_be_seen(GARDEN, 1, WEB, people=2)


def test_one_thing_whose_owner_fails_keeps_no_other_from_lapsing(gardens, clock, caplog):
    kept = gardens.look
    with writing():
        for garden in (1, 2):
            service.give(GARDEN, garden, ANN, {WEB}, until=time.now() + timedelta(minutes=1))

    def look(garden: int) -> None:
        if garden == 1:
            raise OSError("a weed")
        kept(garden)

    gardens.look = look
    clock.advance(minutes=1)
    assert jobs.sweep() == 1
    assert queries.lapsed() == [(GARDEN, 1)]


# ---- photos, its first user


@pytest.fixture
def shown(app, gardens, amina, bram):
    """A photo that both let everybody see, and a pack that holds it."""
    pack = gardens.booklet
    app.extensions["registries"][SURFACES.name]["pack"] = (50, Surface({KIND: set(WIDER)}, pack.drop))
    photo = taken(amina, bram)
    for person in (amina, bram):
        choose(photo, person, PUBLIC)
    clear(photo)
    return photo, pack


def test_a_photo_withdrawn_from_its_page_is_dropped_and_says_who_did_it(app, shown, amina, bram):
    photo, pack = shown
    assert phone(app, bram).post(f"/w/lombok/photos/{photo.key}/withdraw").status_code == 303
    clockwork.run(app)
    assert {(gone.key, gone.use) for gone in pack.dropped} == {(photo.key, PLAYERS), (photo.key, PUBLIC)}
    assert {consent.ended_by for consent in photo.photo.consents} == {bram.player_key}


def test_what_an_editor_took_away_is_dropped_and_nobody_ended_a_yes_until_nothing_is_left_of_it(app, shown, clock, cem):
    photo, pack = shown
    with writing():
        set_aside.hide([photo.photo], time.now() + timedelta(days=1), cem.player_key)
    jobs.sweep()
    assert {gone.key for gone in pack.dropped} == {photo.key}
    assert all(consent.stands for consent in photo.photo.consents)
    clock.advance(days=1)
    db.session.rollback()
    for _minute in range(2):
        clockwork.run(app)
    assert {(consent.stands, consent.ended_by) for consent in photo.photo.consents} == {(False, None)}


def test_a_photo_whose_yes_was_ended_by_erasing_its_person_is_noted_anew(shown, amina):
    photo, pack = shown
    with writing():
        service.end_of(amina.player_key)
    jobs.sweep()
    assert {gone.use for gone in pack.dropped} == {PLAYERS, PUBLIC}
    assert photos.scopes_of(photo.photo) == set()

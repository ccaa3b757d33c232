"""Bytes with an owner: kept while nobody said goodbye, aside for a while, gone within a sweep."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from core import clock as time
from core.database import db, writing
from core.media import jobs, queries, service
from core.media.models import Media
from core.refusal import Refusal
from core.sounds.prepare import OWNER
from core.storage import Disk, storage

pytestmark = pytest.mark.both

HOUR = timedelta(hours=1)


@pytest.fixture
def sound(app: Flask, inside, clock) -> str:
    """A sound that is kept: media of another sort than photos."""
    return kept()


def folder(name: str = "telling") -> Path:
    made = storage().tmp() / name
    made.mkdir()
    (made / "sound.m4a").write_bytes(b"a voice")
    return made


def kept() -> str:
    with writing():
        return service.keep(folder(), OWNER)


def later(*keys: str) -> None:
    """They came in longer ago than any request takes."""
    for key in keys:
        os.utime(storage().root / "arriving" / key, (0, 0))


def fsck() -> tuple[list[str], list[str], list[str]]:
    return queries.missing(), queries.stray(), queries.stuck()


def test_a_sound_survives_every_sweep(app, sound, clock):
    from core import jobs as clockwork

    later(sound)
    for _day in range(3):
        assert "media" in clockwork.run(app)
        clock.advance(days=1)
    assert service.file(sound, "sound.m4a").read_bytes() == b"a voice"
    assert fsck() == ([], [], [])


def test_what_its_owner_let_go_is_gone_with_the_next_sweep(sound):
    with writing():
        service.let_go([sound])
    assert jobs.sweep() == 1
    assert service.file(sound, "sound.m4a") is None
    assert (list(storage().names()), fsck(), jobs.sweep()) == ([], ([], [], []), 0)


def test_what_is_aside_stays_until_its_moment_and_can_be_brought_back_before(sound, clock):
    with writing():
        service.let_go([sound], time.now() + HOUR)
    assert queries.aside_until([sound]) == {sound: time.now() + HOUR}
    clock.advance(minutes=59)
    assert jobs.sweep() == 0
    with writing():
        assert service.bring_back(sound)
        assert not service.bring_back(sound), "it is not aside any more"
    clock.advance(hours=2)
    assert jobs.sweep() == 0
    with writing():
        service.let_go([sound], time.now() + HOUR)
    clock.advance(hours=1)
    with writing():
        assert not service.bring_back(sound), "its moment is over"
    assert jobs.sweep() == 1


def test_what_came_in_and_never_got_a_row_goes_and_what_got_one_stays(sound):
    storage().keep(folder("crashed"), "crashed")
    assert jobs.sweep() == 0, "its request may be at work"
    later("crashed", sound)
    assert jobs.sweep() == 1
    assert list(storage().names()) == [sound]
    assert storage().arrived(-1.0) == []


def test_a_folder_that_nobody_knows_is_named_and_left_alone_until_somebody_says_so(app, sound):
    storage().keep(folder("found"), "found")
    storage().settle("found")  # put back by hand, or by a restore
    for file in storage().path("found/sound.m4a").parent.iterdir():
        os.utime(file, (0, 0))
    assert jobs.sweep() == 0
    assert fsck() == ([], ["found"], [])
    answer = app.test_cli_runner().invoke(args=["fsck", "--remove"])
    assert (answer.exit_code, list(storage().names())) == (0, [sound])


def test_a_sound_without_its_file_is_named(sound):
    service.file(sound, "sound.m4a").unlink()
    assert fsck() == ([sound], [], [])


def test_a_full_disk_is_said_and_leaves_no_row(sound, monkeypatch):
    monkeypatch.setattr(Disk, "keep", lambda *_what: (_ for _ in ()).throw(OSError(28, "no space left")))
    with pytest.raises(Refusal), writing():
        service.keep(folder("more"), OWNER)
    db.session.rollback()
    assert db.session.query(Media).count() == 1

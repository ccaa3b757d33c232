"""The sweep of photos: killed in the middle it is done again; what never goes is named and keeps no other back."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.database import db, writing
from core.media import jobs, queries
from core.media.models import Media
from core.photos import prepare, service
from core.photos.models import Photo
from core.storage import Disk, storage
from tests import make

pytestmark = pytest.mark.both

ROOT = Path(__file__).resolve().parents[3]
KILLED_AT = """
import os, signal
from core.storage import Disk
from wsgi import app
from core.media import jobs
delete = Disk.delete
def deadly(self, name):
    if name == {key!r}: os.kill(os.getpid(), signal.SIGKILL)
    delete(self, name)
Disk.delete = deadly
with app.app_context():
    jobs.sweep()
"""


@pytest.fixture
def forgotten(here, amina) -> list[str]:
    """Three photos that were taken away, by key in the order in which they came."""
    with writing():
        photos = [kept(here.id, amina.player_key) for _photo in range(3)]
        for photo in photos:
            service.forget(photo)
        return [photo.key for photo in photos]


def kept(neighbourhood: int, maker: str) -> Photo:
    return service.keep(prepare.prepare(io.BytesIO(make.jpeg().read()), storage().tmp()), neighbourhood, maker)


def sweep_killed_at(app, key: str) -> None:
    settings = app.config["BUURT"]
    environment = os.environ | {
        "BUURT_DATABASE_URL": settings.database_url, "BUURT_MEDIA": settings.media, "BUURT_QUEUE_URL": "memory://",
        "BUURT_SECRET": "x",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", KILLED_AT.format(key=key)], cwd=ROOT, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL


def lying_there() -> set[str]:
    return set(storage().names())


def fsck(app) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["fsck"])
    return answer.exit_code, answer.output


def test_a_sweep_killed_in_the_middle_is_done_by_the_next_one(app, forgotten):
    sweep_killed_at(app, forgotten[1])
    assert lying_there() == set(forgotten[1:])
    assert jobs.sweep() == 2
    assert lying_there() == set()
    assert fsck(app) == (0, "0 missing, 0 stray, 0 stuck\n")


def test_a_photo_that_kills_three_sweeps_is_stuck_and_named_while_the_others_go(app, forgotten):
    first = forgotten[0]
    for _time in range(queries.TRIES):
        sweep_killed_at(app, first)
    assert lying_there() == {first}
    assert fsck(app) == (1, f"bytes that would not go in 3 tries: {first}\n0 missing, 0 stray, 1 stuck\n")

    assert app.test_cli_runner().invoke(args=["sweep"]).exit_code == 0
    assert lying_there() == {first}
    assert app.test_cli_runner().invoke(args=["sweep", "--again"]).exit_code == 0
    assert lying_there() == set()
    assert fsck(app)[0] == 0


def test_bytes_that_will_not_go_are_not_called_gone_and_keep_no_other_back(app, forgotten, monkeypatch):
    delete = Disk.delete

    def stubborn(self, name):
        if name == forgotten[0]:
            raise PermissionError(13, "will not go")
        delete(self, name)

    monkeypatch.setattr(Disk, "delete", stubborn)
    monkeypatch.setattr(jobs, "BATCH", 1)
    for _tick in range(6):
        jobs.sweep()
    assert lying_there() == {forgotten[0]}
    db.session.rollback()
    tries = {media.key: (media.tries, media.gone_at is None) for media in db.session.query(Media)}
    assert tries == {forgotten[0]: (3, True), forgotten[1]: (1, False), forgotten[2]: (1, False)}


def test_a_disk_that_keeps_a_file_is_tried_again(forgotten, monkeypatch):
    with monkeypatch.context() as stuck:
        stuck.setattr(os, "unlink", lambda *_what, **_where: (_ for _ in ()).throw(PermissionError(13, "will not go")))
        assert jobs.sweep() == 0
    assert lying_there() == set(forgotten)
    assert jobs.sweep() == 3
    assert lying_there() == set()


def test_a_leftover_that_will_not_go_keeps_no_other_leftover_back(app, inside, monkeypatch):
    for name in ("aa-one", "bb-two"):
        folder = storage().tmp() / name
        folder.mkdir()
        (folder / "large.webp").write_bytes(b"pixels")
        storage().keep(folder, name)
        os.utime(storage().root / "arriving" / name, (0, 0))
    for name in ("photo-a", "photo-b"):
        (storage().tmp() / name).mkdir()
        os.utime(storage().tmp() / name, (0, 0))
    delete = Disk.delete

    def stubborn(self, name):
        if name == "aa-one":
            raise PermissionError(13, "will not go")
        delete(self, name)

    monkeypatch.setattr(Disk, "delete", stubborn)
    assert jobs.sweep() == 3
    assert lying_there() == {"aa-one"}
    assert list(storage().tmp().iterdir()) == []

"""The clockwork: sweeps run, one that fails keeps no other back, and the site as it is served ticks them."""

import os
import shlex
import subprocess
import time
from datetime import timedelta

import pytest

from core import clock, jobs
from core.database import db
from core.serving import serve
from game.encounters import queries
from game.encounters.models import State
from game.seasons.queries import on
from tests import make
from tests.browser.serving import free_port


def test_a_sweep_that_fails_keeps_no_other_back(app, caplog, monkeypatch):
    def broken() -> int:
        raise OSError("the disk is away")

    kept = dict(app.extensions["registries"][jobs.SWEEPS.name])
    monkeypatch.setitem(app.extensions["registries"], jobs.SWEEPS.name, {"broken": (0, broken), **kept})
    assert set(jobs.run(app)) == set(kept)
    assert "the sweep broken failed" in caplog.text


def test_the_site_as_it_is_served_ends_what_nobody_answered(app, here, amina, bram, tmp_path):
    meeting = make.encounter(amina, bram)
    meeting.answer_by = clock.now() - timedelta(days=400)  # overdue by the real clock too
    # its season lasts by that clock too: one that is over closes, and takes the meeting along
    on(here.id, clock.today()).ends_on += timedelta(days=40_000)
    db.session.commit()
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the site of this test reads a SQLite file")
    environment = os.environ | {
        "BUURT_DATABASE_URL": app.config["BUURT"].database_url,
        "BUURT_MEDIA": app.config["BUURT"].media,
        "BUURT_QUEUE_URL": f"sqlite:///{tmp_path / 'queue.db'}",
        "BUURT_SECRET": "x",
    }
    command = shlex.split(serve.command_of(serve.Address("127.0.0.1", free_port())))
    at_work = subprocess.Popen(command, cwd=serve.ROOT, env=environment)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            db.session.rollback()
            if queries.locked(meeting.id).state == State.EXPIRED:
                return
            time.sleep(0.2)
        pytest.fail("nothing was swept in 30 seconds")
    finally:
        at_work.terminate()
        at_work.wait(20)
        db.session.remove()
        db.engine.dispose()  # the next test opens the file anew, whatever the other process did to its log

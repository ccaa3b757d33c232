"""R1: the server is killed at random moments of uploads and yeses, and nothing that it acknowledged is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from core.database import db, writing
from core.media import jobs, queries
from core.people import service as people
from core.photos.models import Photo
from core.storage import storage
from game.encounters.models import Encounter, State
from tests import make, postgres
from tests.bench import site
from tests.browser.serving import free_port
from tests.core.serving.street import Neighbour, Street

ROOT = Path(__file__).resolve().parents[3]
PHONES = 4
NEIGHBOURS = 14
IN_VAIN = 3  # kills in which nobody met: this machine is busy, and the next server lives twice as long
LONGEST = 16  # times as long as on a machine at rest
SLOWEST = 4  # times as many kills as asked, where so little gets done between two that it would show nothing


class Nursery:
    """Where servers come from."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._mother = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            bufsize=0,
        )  # fmt: skip

    def server(self, port: int) -> int:
        """The process group of a server that answers on this port."""
        self._mother.stdin.write(f"{port}\n".encode())
        group = int(self._mother.stdout.readline())
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                direct.open(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                return group
            time.sleep(0.01)
        raise TimeoutError("the server did not come up")

    def close(self) -> None:
        with self._mother:
            self._mother.stdin.close()


@contextlib.contextmanager
def lombok(url: str, challenges: int) -> Iterator[tuple[site.Site, Street]]:
    """An installation of its own, with neighbours who never met, and the street they meet in."""
    with site.scratch(url) as scratch:
        with scratch.app.app_context(), writing():
            here = make.neighbourhood()
            make.season(here)
            keys = [make.challenge(here).key for _challenge in range(challenges)]
            zones = ("Noord", "Zuid")
            residents = [make.person(here, name(number), zones[number % 2]) for number in range(NEIGHBOURS)]
            neighbours = [Neighbour(person.tag, people.sign_in(person)) for person in residents]
        yield scratch, Street(neighbours, keys, seed=NEIGHBOURS * challenges)


def name(number: int) -> str:
    return f"Bram {'abcdefgh'[number // 8]}{'abcdefgh'[number % 8]}"


def kill_and_see(kills: int, url: str = "") -> None:
    """Kill as often, or until enough got done in between, then look at what is there. Says what it saw."""
    moments = random.Random(kills)
    began = time.monotonic()
    with lombok(url, challenges=10 + kills // 5) as (scratch, street):
        nursery = Nursery(scratch.environment | {"BUURT_LIMITS": "0"})
        street.port = free_port()
        group = nursery.server(street.port)
        try:
            with street.busy(PHONES):
                pace, met, in_vain = 1, 0, 0
                for killed in range(SLOWEST * kills):
                    if killed >= kills and met > kills / 5:
                        break
                    time.sleep(pace * moments.uniform(0.1, 0.6))
                    before, met = met, len(street.seen.meetings)
                    in_vain = 0 if met > before else in_vain + 1
                    if met > before:
                        pace = max(1, pace // 2)
                    elif in_vain % IN_VAIN == 0:
                        pace = min(2 * pace, LONGEST)
                    os.killpg(group, signal.SIGKILL)
                    port = free_port()
                    group = nursery.server(port)
                    street.port = port
        finally:
            os.killpg(group, signal.SIGKILL)
            nursery.close()
        seen = street.seen
        print(
            f"\n{kills} kills in {time.monotonic() - began:.0f} s: {len(seen.meetings)} meetings, {len(seen.yeses)} "
            f"second yeses, {seen.lost} connections lost"
        )
        assert not seen.faults, seen.faults[:5]
        assert len(seen.yeses) == len(seen.meetings) > kills / 5
        assert seen.lost > kills
        with scratch.app.app_context():
            nothing_is_lost_or_double(street)
            nothing_dangles()
            nothing_is_left_behind()
        ledger_and_fsck_agree(scratch)


def nothing_is_lost_or_double(street: Street) -> None:
    encounters = {one.client_key: one for one in db.session.scalars(select(Encounter))}
    assert {key: one.key for key, one in encounters.items()} == street.seen.meetings
    assert {key for key, one in encounters.items() if one.state == State.CONFIRMED} == street.seen.yeses
    assert {len(one.yeses) for one in encounters.values()} == {2}
    assert {key: [photo.sha256 for photo in one.photos] for key, one in encounters.items()} == {
        key: [sha256] if sha256 else [] for key, sha256 in street.seen.photos.items()
    }
    assert max(Counter(db.session.scalars(select(Photo.sha256))).values()) == 1


def nothing_dangles() -> None:
    in_a_meeting = {photo.id for one in db.session.scalars(select(Encounter)) for photo in one.photos}
    assert set(db.session.scalars(select(Photo.id))) == in_a_meeting
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


def nothing_is_left_behind() -> None:
    assert queries.missing() == []
    forgotten = db.session.query(Photo).filter(Photo.forgotten_at.is_not(None)).count()
    print(f"before the sweep {len(queries.stray())} orphans and {len(list(storage().tmp().iterdir()))} in tmp")
    with pytest.MonkeyPatch.context() as later:
        later.setattr(jobs, "LEFT_AFTER", 0.0)
        while jobs.sweep():
            db.session.rollback()
    kept = set(db.session.scalars(select(Photo.key).where(Photo.forgotten_at.is_(None))))
    assert set(storage().names()) == kept
    assert list(storage().tmp().iterdir()) == []
    assert forgotten > 0


def ledger_and_fsck_agree(scratch: site.Site) -> None:
    for order in (["fsck"], ["ledger", "replay"]):
        answer = scratch.app.test_cli_runner().invoke(args=order)
        assert answer.exit_code == 0, answer.output


def test_a_server_killed_100_times_lost_nothing_that_it_acknowledged():
    kill_and_see(100)


@pytest.mark.long
@pytest.mark.both
def test_a_server_killed_1000_times_lost_nothing_that_it_acknowledged(request):
    if request.config.getoption("--database") == "postgres":
        with postgres.database() as url:
            kill_and_see(1000, url)
    else:
        kill_and_see(1000)

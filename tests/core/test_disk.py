"""R3: a disk that is full or broken: a plain sentence, reading goes on, nothing half-written, and on again after."""

import functools
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy.exc import OperationalError

from tests.bench import site
from tests.core.photos import hostile
from tests.core.photos.lombok import Lombok, lombok_on
from tests.core.photos.menagerie import Beast

MIB = 1024 * 1024
SENTENCES = {507, 503}


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A disk of its own in memory, and the way to another size. Skips where we may not mount one."""
    folder.mkdir(parents=True)
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={size}", "small", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mounted, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk to fill")

    def resize(size: str) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)

    try:
        yield resize
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def served(
    folder: Path, size: str, chosen: dict[str, str], database: str = ""
) -> Iterator[tuple[Lombok, Callable[[str], None]]]:
    """A site with a small disk at <folder>/disk, and the way to another size."""
    with (
        small_disk(folder / "disk", size) as resize,
        site.scratch(database) as scratch,
        lombok_on(scratch, chosen) as lombok,
    ):
        yield lombok, resize


def photo() -> Beast:
    """About half a megabyte in its three sizes."""
    noise = Image.effect_noise((1400, 1000), 90).convert("RGB")
    return Beast("photo", hostile.as_file(noise, quality=80), frozenset({201}))


def send_until_full(lombok: Lombok, most: int = 60) -> int:
    """How many photos were taken before the first no."""
    for number in range(most):
        status, answer = lombok.send(photo())
        if status != 201:
            assert status in SENTENCES, answer
            assert json.loads(answer)["error"].endswith(".")
            return number
    raise AssertionError(f"{most} photos and the disk is not full")


def a_page_with_the_same_status(lombok: Lombok, status: int) -> None:
    as_page = lombok.send(photo(), accept="text/html")
    assert as_page[0] == status
    assert b"<!doctype html>" in as_page[1]


def reading_goes_on(lombok: Lombok) -> None:
    for path in ("/", "/w/lombok/", "/w/lombok/together", "/w/lombok/album", "/healthz", "/readyz"):
        status, answer = lombok.ask("GET", path)
        assert status == 200, (path, answer[:300])


def nothing_is_half_written(lombok: Lombok) -> None:
    (photos, meetings, yeses), files = lombok.stored()
    assert files == 3 * photos
    assert photos == meetings == yeses
    assert list(lombok.media.glob("tmp/*")) == []


@pytest.mark.long
def test_a_full_disk_of_photos(tmp_path):
    disk = tmp_path / "disk"
    with served(tmp_path, "4m", {"BUURT_MEDIA": str(disk / "media")}) as (lombok, resize):
        taken = send_until_full(lombok)
        assert taken >= 2
        assert lombok.send(photo())[0] == 507
        a_page_with_the_same_status(lombok, 507)
        reading_goes_on(lombok)
        nothing_is_half_written(lombok)
        assert lombok.stored()[0][0] == taken
        resize("40m")
        assert lombok.send(photo())[0] == 201
        nothing_is_half_written(lombok)


@pytest.mark.long
def test_a_full_disk_for_uploads_under_way(tmp_path):
    disk = tmp_path / "disk"
    with served(tmp_path, "300k", {"TMPDIR": str(disk)}) as (lombok, resize):
        large = Beast("large", photo().file + bytes(2 * MIB), frozenset())
        status, answer = lombok.send(large)
        assert status == 507, answer
        assert json.loads(answer)["error"].endswith(".")
        reading_goes_on(lombok)
        nothing_is_half_written(lombok)
        resize("40m")
        assert lombok.send(large)[0] == 201


@pytest.mark.long
def test_a_full_disk_of_the_database(tmp_path):
    disk = tmp_path / "disk"
    with served(tmp_path, "8m", {}, f"sqlite:///{disk / 'site.db'}") as (lombok, resize):
        (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 64 * 1024))
        joined = join_until_full(lombok)
        assert joined[-1] in SENTENCES
        assert set(joined) <= {303, *SENTENCES}
        reading_goes_on(lombok)
        status, answer = lombok.send(photo())
        assert status in SENTENCES, answer
        reading_goes_on(lombok)
        resize("40m")
        assert lombok.send(photo())[0] == 201
        with closing(sqlite3.connect(disk / "site.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            people = connection.execute("SELECT count(*) FROM person WHERE client_key LIKE 'join-%'").fetchone()[0]
        assert people == joined.count(303)


def join_until_full(lombok: Lombok) -> list[int]:
    """The statuses of newcomers who join, until five got a no."""
    seen: list[int] = []
    while sum(status != 303 for status in seen) < 5:
        number = len(seen)
        assert number < 5000, "five thousand joined and the disk is not full"
        letters = "".join("abcdefgh"[int(figure)] for figure in f"{number:05o}")
        form = f"name=Bram+{letters}&age=adult&client_key=join-{number}".encode()
        headers = {"Cookie": "", "Content-Type": "application/x-www-form-urlencoded"}
        status, answer = lombok.ask("POST", "/w/lombok/join", form, headers)
        assert status == 303 or b"." in answer
        seen.append(status)
    return seen


@pytest.mark.long
def test_a_limit_on_the_size_of_files(tmp_path):
    with site.scratch() as scratch, at_most(3 * MIB), lombok_on(scratch, {}) as lombok:
        large = Beast("large", photo().file + bytes(4 * MIB), frozenset())
        status, answer = lombok.send(large)
        assert status == 507, answer
        assert json.loads(answer)["error"].endswith(".")
        a_page = lombok.send(large, accept="text/html")
        assert a_page[0] == 507
        reading_goes_on(lombok)
        nothing_is_half_written(lombok)
        assert lombok.send(photo())[0] == 201


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file larger than this, here and in every process that starts here meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.long
@pytest.mark.parametrize("call", ["fsync", "rename", "pwrite64"])
def test_a_disk_that_answers_with_errors(call, tmp_path):
    with site.scratch() as scratch, lombok_on(scratch, {}) as lombok:
        assert lombok.send(photo())[0] == 201
        with failing(lombok, call):
            status, answer = lombok.send(photo())
            assert status == 503, answer
            assert json.loads(answer)["error"].endswith(".")
            a_page_with_the_same_status(lombok, 503)
            reading_goes_on(lombok)
        assert lombok.send(photo())[0] == 201
        (photos, meetings, yeses), _files = lombok.stored()
        assert photos == meetings == yeses == 2
        assert list(lombok.media.glob("tmp/*")) == []
        with closing(sqlite3.connect(scratch.folder / "buurtspoor.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@contextmanager
def failing(lombok: Lombok, call: str) -> Iterator[None]:
    """Every such call of the web process says "input/output error", by strace. Skips where that may not look on."""
    if not shutil.which("strace"):
        pytest.skip("strace is not here to make a disk fail")
    web = [str(one.pid) for one in site.tree(lombok.server.process) if "darkroom" not in " ".join(one.cmdline())]
    words = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error=EIO"]
    for pid in web:
        words += ["-p", pid]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as tracer:
        attached = 0
        while attached < len(web):
            line = tracer.stderr.readline()
            if not line or "not permitted" in line:
                tracer.kill()
                pytest.skip(f"strace may not look on here: {line.strip()}")
            attached += "attached" in line
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.communicate()


def test_a_disk_error_outside_photos_has_a_sentence_too(app, monkeypatch):
    client = app.test_client()
    for number, status in ((28, 507), (122, 507), (27, 507), (5, 503), (30, 503)):
        break_the_front_page(app, monkeypatch, OSError(number, "disk"))
        for accept in ("text/html", "application/json"):
            answer = client.get("/", headers={"Accept": accept})
            assert answer.status_code == status
            assert "." in (answer.json["error"] if accept.endswith("json") else answer.text)
            assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_database_without_room_says_so_and_one_that_is_away_too(app, monkeypatch):
    client = app.test_client()
    for code, status in ((sqlite3.SQLITE_FULL, 507), (sqlite3.SQLITE_IOERR, 503), (sqlite3.SQLITE_BUSY, 503)):
        trouble = sqlite3.OperationalError("trouble")
        trouble.sqlite_errorcode = code
        wrapped = OperationalError("SELECT 1", {}, trouble)
        break_the_front_page(app, monkeypatch, wrapped)
        answer = client.get("/", headers={"Accept": "application/json"})
        assert answer.status_code == status
        assert answer.json["error"].endswith(".")


def break_the_front_page(app, monkeypatch, error: Exception) -> None:
    @functools.wraps(app.view_functions["pages.front"])
    def broken() -> None:
        raise error

    monkeypatch.setitem(app.view_functions, "pages.front", broken)

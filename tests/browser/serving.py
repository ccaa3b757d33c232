"""The site as `make run` and `make phone` serve it: own processes, an own database and media folder, a free port."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests import pseudo

ROOT = Path(__file__).parents[2]
PARTS = ("core", "game", "tours", "templates", "static", "wsgi.py")
READY = "Buurtspoor is here"
UP_WITHIN = 240  # seconds, on a machine that does much else
CERTIFICATE = Path("instance", "certificates", "root.crt")


@dataclass(frozen=True)
class Site:
    """A running site: its address, its SQLite file, and the folder where it keeps its things."""

    url: str
    database: Path
    folder: Path

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    def rows(self, question: str, *values: object) -> list[tuple]:
        """What lies in the database."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()

    def change(self, order: str, *values: object) -> None:
        """Change a row, where the test cannot wait for time to pass."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            connection.execute(order, values)


@contextlib.contextmanager
def serving(folder: Path, **more: str) -> Iterator[Site]:
    """`make run`: web and clockwork with the demo, in Dutch, English and the made-up language, without limits.

    `more` are more settings by their name in the environment.
    """
    port = free_port()
    with started("core.serving.serve", ROOT, folder, "127.0.0.1", port, READY, more):
        yield Site(f"http://127.0.0.1:{port}", folder / "site.db", folder)


@contextlib.contextmanager
def serving_phones(folder: Path, like: Site) -> Iterator[Site]:
    """`make phone` on 127.0.0.2, from a copy of the project: its certificates belong to its own instance folder.

    It begins with what another site holds, so that the demo need not be drawn twice.
    """
    port = free_port()
    with contextlib.closing(sqlite3.connect(like.database)) as held, sqlite3.connect(folder / "site.db") as copied:
        held.backup(copied)
    copied.close()
    shutil.copytree(like.folder / "media", folder / "media", ignore=shutil.ignore_patterns("tmp"))
    copy = folder / "project"
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    with started("core.serving.phone", copy, folder, "127.0.0.2", port, f"https://127.0.0.2:{port}/"):
        yield Site(f"https://127.0.0.2:{port}", folder / "site.db", folder)


def command(site: Site, *words: str) -> str:
    """What one of our own commands prints on the machine of a site."""
    ours = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    environment = _environment(site.folder, "127.0.0.1", 0) | {"BUURT_PUBLIC_URL": site.url}
    return subprocess.run(ours, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    """A port that nobody has now, and the one above it."""
    while True:
        with socket.socket() as one, socket.socket() as above:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                above.bind(("127.0.0.1", port + 1))
                return int(port)


@contextlib.contextmanager
def started(
    module: str, project: Path, folder: Path, host: str, port: int, ready: str, more: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A module of core.serving that serves, until the end of the block; it may be killed before."""
    said = folder / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=project,
            env=_environment(folder, host, port) | (more or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until(process, said, ready)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def _environment(folder: Path, host: str, port: int) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("BUURT_", "PYTEST_", "MAKE"))}
    return own | {
        "HOST": host,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "BUURT_DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
        "BUURT_QUEUE_URL": f"sqlite:///{folder / 'queue.db'}",
        "BUURT_MEDIA": str(folder / "media"),
        "BUURT_MAPS": str(folder / "maps"),
        "BUURT_SECRET": "a secret of the browser tests",
        "BUURT_LIMITS": "0",
        "BUURT_LANGUAGES": f"nl,en,{pseudo.CODE}",
        "BUURT_TRANSLATIONS": str(pseudo.write(folder / "translations")),
    }


def _wait_until(process: subprocess.Popen[bytes], said: Path, ready: str) -> None:
    until = time.monotonic() + UP_WITHIN
    while ready not in said.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"the site did not start:\n{said.read_text(errors='replace')}")
        time.sleep(0.1)

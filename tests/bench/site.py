"""A scratch site to measure: its own folder, database and photos; servers as `make run` starts them; a lean phone."""

import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, NamedTuple

import flask_migrate
import psutil
from flask import Flask

import game
import tours
from core import create_app
from core.config import Settings
from core.serving import serve

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 120  # seconds
OURS, BARE = "wsgi:intake", "tests.bench.bare:intake"


@dataclass(frozen=True)
class Site:
    """A scratch installation: `app` in this process, `environment` for servers on the same data."""

    app: Flask
    folder: Path
    environment: dict[str, str]


@contextmanager
def scratch(database_url: str = "", demo: bool = False) -> Iterator[Site]:
    """An installation of its own with an empty, migrated database (SQLite unless a URL is given); gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        chosen = {
            "database_url": database_url or f"sqlite:///{folder / 'buurtspoor.db'}",
            "media": str(folder / "media"),
            "queue_url": f"sqlite:///{folder / 'queue.db'}",
            "secret": "a secret of the bench",
            "demo": demo,
        }
        app = create_app(parts=(game, tours), settings=chosen)
        with app.app_context():
            flask_migrate.upgrade()
        ours = {f"BUURT_{field.name.upper()}" for field in fields(Settings)}
        environment = {key: value for key, value in os.environ.items() if key not in ours}
        environment |= {
            f"BUURT_{key.upper()}": str(int(value) if key == "demo" else value) for key, value in chosen.items()
        }
        yield Site(app, folder, environment)


@dataclass(frozen=True)
class Server:
    """A web server at work."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(
    target: str, environment: dict[str, str], workers: int = 2, log: IO[bytes] | None = None, clockwork: bool = False
) -> Iterator[Server]:
    """Serve an app with the command line of `make run`, for as long as the block lasts; each request goes in `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "together" if clockwork else "web"
    command = serve.command_of(serve.Address("127.0.0.1", port), program).removesuffix(OURS) + target
    command = command.replace("--workers 2", f"--workers {workers}")
    command = f"{command} --access-log" if log else command
    with running(command, environment, log) as process:
        server = Server(port, process)
        _wait(f"{server.url}/healthz", process)
        yield server


@contextmanager
def running(
    command: str, environment: dict[str, str], log: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours; it and its children end with the block. What it says goes in `log`, if anywhere."""
    out = log or subprocess.DEVNULL
    process = subprocess.Popen(shlex.split(command), cwd=ROOT, env=environment, stdout=out)
    try:
        yield process
    finally:
        family = tree(process)
        process.terminate()
        _gone, left = psutil.wait_procs(family, timeout=10)
        for child in left:
            child.kill()
        process.wait()


def tree(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """A process with its children, and theirs."""
    try:
        parent = psutil.Process(process.pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


class Got(NamedTuple):
    """An answer: in how many seconds, with which status, and what it says."""

    seconds: float
    status: int
    body: bytes


class Phone:
    """A client that costs next to nothing, so that what is timed is the server: one kept connection, ready bytes."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = port

    def get(self, path: str, cookie: str = "") -> Got:
        """Ask for a page as a browser does; the whole of it was read by then."""
        return self._send("GET", path, b"", cookie, [])

    def post(self, path: str, body: bytes = b"", cookie: str = "") -> tuple[float, int]:
        """Send a form as a browser does; the seconds until the whole answer was there, and its status."""
        words = [
            f"Origin: http://127.0.0.1:{self._port}", "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        return self._send("POST", path, body, cookie, words)[:2]

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _send(self, method: str, path: str, body: bytes, cookie: str, more: list[str]) -> Got:
        words = [
            f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", "Accept: text/html",
            "Accept-Language: nl-NL,nl;q=0.9", *more, *([f"Cookie: device={cookie}"] if cookie else []),
        ]  # fmt: skip
        request = "\r\n".join([*words, "", ""]).encode() + body
        start = time.perf_counter()
        self._socket.sendall(request)
        status, body = self._read()
        return Got(time.perf_counter() - start, status, body)

    def _read(self) -> tuple[int, bytes]:
        seen = b""
        while b"\r\n\r\n" not in seen:
            seen += self._more()
        head, _, rest = seen.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length"))
        while len(rest) < length:
            rest += self._more()
        return int(lines[0].split()[1]), rest

    def _more(self) -> bytes:
        return self._socket.recv(65536) or _hung_up()


def _hung_up() -> bytes:
    raise ConnectionError("the server hung up")


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    sys.exit(f"{url} did not answer within {STARTS_WITHIN} seconds")

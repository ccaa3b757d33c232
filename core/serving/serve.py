"""Web and clockwork together, as `make run` starts them: one stops, all stop; Ctrl-C stops both cleanly."""

import contextlib
import ctypes
import functools
import multiprocessing
import os
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import honcho.manager
import honcho.printer
from honcho.printer import Message
from honcho.process import Popen, Process

from core.config import SERVED

ROOT = Path(__file__).resolve().parents[2]
STOPS_WITHIN = 15  # seconds; then what still runs is killed
HEADERS_WITHIN = 10_000  # milliseconds; also what a connection may idle
WAITS = 60  # seconds for the first answer of the web server
SET_PDEATHSIG = 1  # prctl: which signal a process gets when its parent is gone


@dataclass(frozen=True)
class Address:
    """Where the site is served; with a certificate it is https, and `root` is what a client must trust."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    root: Path | None = None

    @property
    def url(self) -> str:
        """The address as somebody types it on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        host = f"[{host}]" if ":" in host and "[" not in host else host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"


def from_environment() -> tuple[str, int]:
    """HOST and PORT, or 127.0.0.1 and 8000. Exits with a sentence when PORT is no port."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65535:
        sys.exit(f"PORT is a number from 1 to 65534, not {port!r}.")
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def refuse_taken(host: str, port: int) -> None:
    """Exit with a sentence when another program serves here already, or this address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            sys.exit(
                f"Cannot serve on {host} port {port}: {problem.strerror}. Choose another: PORT={port + 10} make run"
            )


def prepare(url: str) -> str:
    """Bring the database up to date and the demo in, unless BUURT_DEMO says no; gives what the demo tells."""
    os.environ.setdefault("BUURT_DEMO", "1")
    print("Bringing the database up to date ...", flush=True)
    _flask(["db", "upgrade"], stdout=subprocess.DEVNULL)
    if os.environ["BUURT_DEMO"].lower() not in {"1", "yes", "true"}:
        return ""
    print("Bringing the demo neighbourhood in ...", flush=True)
    return _flask(["demo"], stdout=subprocess.PIPE, BUURT_PUBLIC_URL=os.environ.get("BUURT_PUBLIC_URL") or url)


def serve(address: Address, announce: Callable[[], None], extra: dict[str, str] | None = None) -> int:
    """Serve until a signal or until one of the processes ends; gives the exit code, 0 after a signal.

    `announce` is called once the site answers. `extra` are more commands by name. No terminal is needed.
    """
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)  # newer Pythons would put a server process in between
    if "MAKELEVEL" in os.environ:
        follow(signal.SIGTERM)  # a make that is killed takes us along
    honcho.manager.KILL_WAIT = STOPS_WITHIN
    supervisor = Supervisor(lambda: _announce_when_up(address, announce))
    for name, command in {"site": command_of(address), **(extra or {})}.items():
        supervisor.add_process(name, f"exec {command}", cwd=str(ROOT))
    SERVED.write_text(address.url)  # for the links that commands print meanwhile
    try:
        supervisor.loop()
    finally:
        SERVED.unlink(missing_ok=True)
    return 0 if supervisor.returncode in {130, 143} else supervisor.returncode or 0


def command_of(address: Address, program: str = "together") -> str:
    """The command line of web and clockwork; with "web" as its program, of the web alone."""
    words = f"-m core.serving.{program} --interface asginl --workers 2 --no-ws --http 1 --respawn-failed-workers \
        --workers-kill-timeout 10 --http1-header-read-timeout {HEADERS_WITHIN} --log-level error \
        --host {address.host} --port {address.port}".split()
    if address.certificate and address.key:
        words += ["--ssl-certificate", str(address.certificate), "--ssl-keyfile", str(address.key)]
    return f"{python()} {shlex.join(words)} wsgi:intake"


def follow(parents_end: int) -> None:
    """Let this process get a signal when its parent dies. Elsewhere than on Linux nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PDEATHSIG, parents_end)


def python() -> str:
    """This Python, as a shell reads it."""
    return shlex.quote(sys.executable)


class Supervisor(honcho.manager.Manager):
    """honcho's manager, whose processes do not outlive it, and which says when they are up."""

    def __init__(self, when_started: Callable[[], None]) -> None:
        super().__init__(Printer(sys.stdout))
        self._process_ctor = Follower
        self._when_started = when_started

    def _start(self) -> None:
        super()._start()
        threading.Thread(target=self._when_started, daemon=True).start()


class Printer(honcho.printer.Printer):
    """A printer that goes on when nobody reads any more: a closed pipe must not keep us from stopping."""

    def write(self, message: Message) -> None:
        with contextlib.suppress(BrokenPipeError):
            super().write(message)


class Follower(Process):
    """A process that ends when its manager is gone, however the manager went (on Linux)."""

    def run(self, events: object = None, ignore_signals: bool = False) -> None:
        follow(signal.SIGKILL)
        self._child_ctor = _start_following
        super().run(events, ignore_signals)


def _start_following(command: str, **more: Any) -> Popen:
    child = Popen(command, preexec_fn=functools.partial(follow, signal.SIGTERM), **more)
    threading.Thread(target=_end_orphans, args=(child,), daemon=True).start()
    return child


def _end_orphans(child: subprocess.Popen[bytes]) -> None:
    """End what a process that was killed left behind in its session: the workers of a web server."""
    child.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
        time.sleep(STOPS_WITHIN)
        os.killpg(child.pid, signal.SIGKILL)


def _flask(words: list[str], stdout: int, **more: str) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=stdout, text=True, env={**os.environ, **more}, check=False)
    if done.returncode != 0:
        sys.exit(f"`flask {' '.join(words)}` failed; see above.")
    return done.stdout or ""


def _announce_when_up(address: Address, announce: Callable[[], None]) -> None:
    trust = ssl.create_default_context(cafile=str(address.root)) if address.root else None
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))
    until = time.monotonic() + WAITS
    while time.monotonic() < until:
        try:
            with direct.open(f"{address.url}/healthz", timeout=2):
                announce()
                return
        except OSError:
            time.sleep(0.1)
    print(f"The web server did not answer within {WAITS} seconds; see above.", flush=True)


def main() -> None:
    """Serve on this machine, with the demo unless BUURT_DEMO=0."""
    host, port = from_environment()
    refuse_taken(host, port)
    address = Address(host, port)
    people = prepare(address.url)
    ready = f"\n{people}\nBuurtspoor is here: {address.url}   (Ctrl-C stops it; what happened in it is kept)\n"
    sys.exit(serve(address, lambda: print(ready, flush=True)))


if __name__ == "__main__":
    main()

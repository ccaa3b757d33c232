"""Web and clockwork live and die together, however the one who started them goes."""

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from core.serving import serve
from core.serving.serve import Address
from tests.browser.serving import free_port

SUPERVISE = """
from core.serving.serve import Supervisor
supervisor = Supervisor(lambda: print("up", flush=True))
supervisor.add_process("web", "exec sleep {seconds}.1")
supervisor.add_process("clockwork", "exec sleep {seconds}.2")
supervisor.loop()
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")


def supervise(seconds: int) -> subprocess.Popen[str]:
    script = SUPERVISE.format(seconds=seconds)
    started = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert started.stdout is not None
    seen = 0
    for line in started.stdout:  # "up", and that honcho knows the number of each
        seen += line == "up\n" or " started (pid=" in line
        if seen == 3:
            break
    wait_until(lambda: len(sleeping(seconds)) == 2)
    return started


def sleeping(seconds: int) -> list[str]:
    names = [f"sleep\0{seconds}.{which}\0".encode() for which in (1, 2)]
    return [file.parent.name for file in Path("/proc").glob("[0-9]*/cmdline") if read(file) in names]


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def wait_until(fine, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not fine():
        assert time.monotonic() < until
        time.sleep(0.02)


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_none_is_left_behind_when_the_one_who_started_them_goes(how: signal.Signals):
    seconds = 9_000 + how
    started = supervise(seconds)
    started.send_signal(how)
    wait_until(lambda: not sleeping(seconds))
    started.communicate(timeout=10)


@linux
def test_one_that_ends_takes_the_others_along(tmp_path: Path):
    started = supervise(9_100)
    os.kill(int(sleeping(9_100)[0]), signal.SIGKILL)
    wait_until(lambda: not sleeping(9_100))
    started.communicate(timeout=10)


@linux
def test_they_stop_also_when_nobody_reads_what_they_say():
    started = supervise(9_200)
    assert started.stdout is not None
    started.stdout.close()
    started.send_signal(signal.SIGTERM)
    wait_until(lambda: not sleeping(9_200))
    started.wait(timeout=10)


def together(folder: Path) -> tuple[psutil.Process, dict[str, psutil.Process]]:
    """Web and clockwork at work on an empty database: their parent, and each leader."""
    port = free_port()
    environment = {**os.environ, **_settings(folder)}
    upgrade = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(upgrade, cwd=serve.ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    command = shlex.split(serve.command_of(Address("127.0.0.1", port)))
    parent = psutil.Popen(command, cwd=serve.ROOT, env=environment)
    wait_until(lambda: len(parent.children(recursive=True)) == 4, 60)  # the web with its two workers, the clockwork
    wait_until(lambda: _answers(port), 60)
    web, clockwork = sorted(parent.children(), key=lambda child: -len(child.children()))
    return parent, {"parent": parent, "web": web, "clockwork": clockwork}


@linux
@pytest.mark.parametrize(
    ("how", "whom", "result"),
    [
        (signal.SIGTERM, "parent", 0),
        (signal.SIGINT, "parent", 0),
        (signal.SIGKILL, "parent", -9),
        (signal.SIGKILL, "web", 1),
        (signal.SIGKILL, "clockwork", 1),
    ],
)
def test_web_and_clockwork_of_one_process_end_together(tmp_path: Path, how: signal.Signals, whom: str, result: int):
    parent, those = together(tmp_path)
    family = parent.children(recursive=True)
    those[whom].send_signal(how)
    assert parent.wait(15) == result
    _gone, left = psutil.wait_procs(family, timeout=10)
    assert left == []


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
        return True
    return False


def test_a_taken_port_is_a_sentence_before_anything_starts():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Cannot serve on 127.0.0.1 port {port}.*PORT={port + 10}"):
            serve.refuse_taken("127.0.0.1", port)


@pytest.mark.parametrize("port", ["0", "-1", "65535", "http", "８０"])
def test_a_port_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch, port: str):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT is a number"):
        serve.from_environment()


def test_host_and_port_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOST", "127.0.0.2")
    monkeypatch.setenv("PORT", "8042")
    assert serve.from_environment() == ("127.0.0.2", 8042)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address("127.0.0.1", 8000), "http://127.0.0.1:8000"),
        (Address("0.0.0.0", 8000), "http://127.0.0.1:8000"),
        (Address("::1", 8000), "http://[::1]:8000"),
        (Address("127.0.0.2", 8000, Path("leaf.crt"), Path("leaf.key"), Path("root.crt")), "https://127.0.0.2:8000"),
    ],
)
def test_the_address_is_shown_as_people_type_it(address: Address, url: str):
    assert address.url == url


def test_what_serves_does_not_carry_what_only_commands_and_other_databases_need(tmp_path: Path):
    heavy = {"alembic", "argon2", "cryptography", "flask_migrate", "huey", "pillow_heif", "psycopg", "redis"}
    assert _once_it_serves(tmp_path, f"import sys, wsgi; print({heavy} & set(sys.modules))") == "set()\n"


def test_what_serves_is_not_looked_through_for_garbage(tmp_path: Path):
    said = _once_it_serves(tmp_path, "import gc, wsgi; print(len(gc.get_objects()), gc.get_freeze_count())")
    looked_through, set_aside = map(int, said.split())
    assert looked_through < set_aside / 50


def test_what_workers_are_forked_from_has_no_connection_and_no_other_thread(tmp_path: Path):
    script = "import threading, psutil, wsgi; me = psutil.Process()"
    script += "; print(threading.active_count(), me.net_connections(), *me.open_files())"
    said = _once_it_serves(tmp_path, script)
    assert said.startswith("1 []")
    assert "none.db" not in said


def _once_it_serves(tmp_path: Path, script: str) -> str:
    """What a script says in a Python of its own."""
    environment = {**os.environ, **_settings(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=serve.ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def _settings(folder: Path) -> dict[str, str]:
    chosen = {"BUURT_DATABASE_URL": f"sqlite:///{folder / 'none.db'}", "BUURT_QUEUE_URL": "memory://"}
    return {**chosen, "BUURT_SECRET": "x", "BUURT_MEDIA": str(folder)}

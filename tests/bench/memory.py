"""P9: resident memory of web and clockwork, idle and after twenty photos, against bare Flask with two workers.

Proportional set size: a page that several processes share counts once, whoever they are.
"""

import http.client
import io
import subprocess
import time
from collections.abc import Iterator

from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from core.database import db, writing
from core.people import service as people
from core.people.models import Person
from tests import make
from tests.bench import photos, site
from tests.bench.line import Line

GOAL, FLOOR = 2.0, 3.0
PHOTOS, REQUESTS = 20, 40
MIB = 1024 * 1024
PAGE = "/w/lombok/together/bench"


def lines() -> Iterator[Line]:
    """Two lines: idle, and after the photos."""
    with site.scratch() as ours:
        bare = _bare({**ours.environment, "BUURT_DATABASE_URL": f"sqlite:///{ours.folder / 'bare.db'}"})
        idle, after = _ours(ours)
    yield _line("idle", idle, bare)
    yield _line(f"after {PHOTOS} photos", after, bare)


def _line(when: str, ours: float, bare: float) -> Line:
    return Line(f"P9 {when}", f"{ours:.0f} MiB", f"{bare:.0f} MiB", ours / bare, GOAL, FLOOR)


def _bare(environment: dict[str, str]) -> float:
    with site.serving(site.BARE, environment) as server:
        for _time in range(REQUESTS):
            _ask(server, "POST", "/note")
        return _size(server.process)


def _ours(scratch: site.Site) -> tuple[float, float]:
    with scratch.app.app_context():
        make.world()
        with writing():
            token = people.sign_in(db.session.scalars(select(Person).limit(1)).unique().one())
    photo = photos.phone_photo()
    with site.serving(site.OURS, scratch.environment, clockwork=True) as ours:
        for _time in range(REQUESTS):
            _ask(ours, "GET", PAGE, token)
        idle = _size(ours.process)
        for number in range(PHOTOS):
            _upload(ours, token, photo, number)
        return idle, _size(ours.process)


def _upload(server: site.Server, token: str, photo: bytes, number: int) -> None:
    fields = {"client_key": f"photo-{number}", "photo": FileStorage(io.BytesIO(photo), "photo.jpg")}
    stream, _length, boundary = stream_encode_multipart(fields)
    _ask(server, "POST", PAGE, token, stream.read(), f"multipart/form-data; boundary={boundary}")


def _ask(
    server: site.Server, method: str, path: str, token: str = "", body: bytes = b"", kind: str = "text/plain"
) -> None:
    """One request on a connection of its own, so that both workers get their share."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request(method, path, body, {"Origin": server.url, "Cookie": f"device={token}", "Content-Type": kind})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status >= 400:
        raise RuntimeError(f"{path} was answered with {answer.status}")


def _size(process: "subprocess.Popen[bytes]") -> float:
    """Of a process and its children, in MiB, once they are at rest."""
    time.sleep(1)
    return sum(one.memory_full_info().pss for one in site.tree(process)) / MIB

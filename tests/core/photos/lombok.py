"""A small neighbourhood on a real server of its own, with somebody who sends photos, seen from outside."""

import http.client
import io
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from core.database import db, writing
from core.people import service as people
from core.photos.models import Photo
from game.encounters.models import Encounter, Yes
from tests import make
from tests.bench import site
from tests.core.photos.menagerie import Beast

MIB = 1024 * 1024
PAGE = "/w/lombok/together/bench"


@dataclass
class Lombok:
    """A site being served, what it stores, and how much memory its processes take."""

    scratch: site.Site
    server: site.Server
    token: str
    media: Path
    sent: int = 0
    peak: Counter[str] = field(default_factory=Counter)

    def send(self, beast: Beast, accept: str = "application/json") -> tuple[int, bytes]:
        self.sent += 1
        upload = FileStorage(io.BytesIO(beast.file), beast.sent_as, content_type=beast.kind)
        fields = {"client_key": f"beast-{self.sent}", "photo": upload}
        stream, _length, boundary = stream_encode_multipart(fields, threshold=100 * MIB)
        headers = {"Accept": accept, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.ask("POST", PAGE, stream.read(), headers)

    def ask(self, verb: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it need not read to the end what is too large
                connection.request(verb, path, body, {"Cookie": f"device={self.token}"} | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stored(self) -> tuple[list[int], int]:
        """Rows, and files: everything that a hand-in could leave."""
        with self.scratch.app.app_context():
            rows = [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Photo, Encounter, Yes)]
            return rows, sum(1 for _file in self.media.rglob("*.webp")) + sum(1 for _work in self.media.glob("tmp/*"))

    def memory(self) -> dict[str, float]:
        """MiB of the web processes and of the largest decoder now."""
        sizes = {"web": 0.0, "decoder": 0.0}
        for process in site.tree(self.server.process):
            try:
                is_decoder = any("darkroom" in word for word in process.cmdline())
                size = process.memory_info().rss / MIB
            except psutil.Error:
                continue
            if is_decoder:
                sizes["decoder"] = max(sizes["decoder"], size)
            else:
                sizes["web"] += size
        return sizes

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note the most memory that there is at any moment."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.05):
                for name, size in self.memory().items():
                    self.peak[name] = max(self.peak[name], round(size))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


@contextmanager
def lombok_on(scratch: site.Site, chosen: dict[str, str]) -> Iterator[Lombok]:
    """Serve an installation with one web process, without limits; `chosen` are more settings by their name."""
    with scratch.app.app_context():
        here, _season = make.world()
        with writing():
            token = people.sign_in(make.person(here, "Harde Wind"))
    environment = scratch.environment | {"BUURT_LIMITS": "0"} | chosen
    with site.serving(site.OURS, environment, workers=1) as server:
        yield Lombok(scratch, server, token, Path(environment["BUURT_MEDIA"]))

"""Phones that meet while their server is killed: each sends again, under the same key, until it has its answer."""

import contextlib
import hashlib
import http.client
import io
import itertools
import json
import random
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

PLACE = "/w/lombok"
WITHOUT = 0.4  # the share of meetings without a photo: they are quicker, so that more kills meet a commit
PATIENCE = 300  # seconds
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Neighbour:
    """Who holds a phone."""

    tag: str
    token: str


@dataclass
class Acknowledged:
    """What the phones were told was done, and what else they saw."""

    photos: dict[str, str] = field(default_factory=dict)  # the SHA-256 of each by its client key
    meetings: dict[str, str] = field(default_factory=dict)  # the encounter's key by the client key
    yeses: set[str] = field(default_factory=set)  # the client keys of what both agreed to
    lost: int = 0  # connections that ended without an answer
    faults: list[str] = field(default_factory=list)  # answers that no kill explains


class Street:
    """Neighbours who meet, two at a time, on whatever server is there now."""

    def __init__(self, neighbours: list[Neighbour], challenges: list[str], seed: int) -> None:
        self.port = 0
        self.seen = Acknowledged()
        self._random = random.Random(seed)
        wanted = [(*pair, challenge) for pair in itertools.combinations(neighbours, 2) for challenge in challenges]
        self._random.shuffle(wanted)
        self._wanted = iter(wanted)
        self._next = threading.Lock()
        self._over = threading.Event()

    @contextlib.contextmanager
    def busy(self, phones: int) -> Iterator[None]:
        """So many phones at work; at the end each finishes what it began."""
        threads = [threading.Thread(target=self._meet_on) for _phone in range(phones)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _meet_on(self) -> None:
        while not self._over.is_set():
            with self._next:
                meeting = next(self._wanted, None)
            if meeting is None:
                self.seen.faults.append("there is nobody left to meet")
                return
            with contextlib.suppress(ValueError, TimeoutError):  # told in `faults`
                self._meet(*meeting)

    def _meet(self, one: Neighbour, other: Neighbour, challenge: str) -> None:
        client_key, photo = secrets.token_hex(10), picture(self._random.randrange(1 << 24))
        fields = {"client_key": client_key, "tag": other.tag}
        if self._random.random() < WITHOUT:
            photo, fields["without"] = b"", "1"
        else:
            fields["photo"] = FileStorage(io.BytesIO(photo), "photo.jpg")
        stream, _length, boundary = stream_encode_multipart(fields)
        form, kind = stream.read(), f"multipart/form-data; boundary={boundary}"
        path = f"{PLACE}/together/{challenge}"
        for _again in range(self._random.choice((1, 1, 2))):  # some phones do not believe the first answer
            answer = json.loads(self._until_answered(path, form, kind, one, 201))
            self.seen.photos[client_key] = answer["sha256"]
            self.seen.meetings[client_key] = answer["next"].rsplit("/", 1)[1]
            if answer["sha256"] != (hashlib.sha256(photo).hexdigest() if photo else ""):
                self.seen.faults.append(f"the hash of {client_key} is of something else")
        yes = urlencode({"photo": self._random.choice(("with", "with", "with", "without"))}).encode()
        for _again in range(self._random.choice((1, 1, 2))):
            self._until_answered(f"/e/{self.seen.meetings[client_key]}/yes", yes, FORM, other, 200)
            self.seen.yeses.add(client_key)

    def _until_answered(self, path: str, body: bytes, kind: str, who: Neighbour, wanted: int) -> bytes:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, answer = self._send(path, body, kind, who)
            except (OSError, http.client.HTTPException):
                self.seen.lost += 1
                time.sleep(0.01)
                continue
            if status == wanted:
                return answer
            if status != 503:
                self.seen.faults.append(f"{path}: {status} {answer[:300]!r}")
                raise ValueError(path)
        self.seen.faults.append(f"{path}: no answer in all this time")
        raise TimeoutError(path)

    def _send(self, path: str, body: bytes, kind: str, who: Neighbour) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Cookie": f"device={who.token}", "Content-Type": kind, "Accept": "application/json"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def picture(colour: int) -> bytes:
    """A small photo that no other phone sends."""
    out = io.BytesIO()
    image = Image.effect_noise((160, 120), 60).convert("RGB")
    image.paste((colour >> 16, colour >> 8 & 255, colour & 255), (0, 0, 40, 40))
    image.save(out, "JPEG")
    return out.getvalue()

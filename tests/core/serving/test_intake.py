"""The intake: no thread waits for a slow sender or reader, and bodies stay within bounds of time and size."""

import asyncio
import contextlib
import io
import itertools
import selectors
import socket
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from core.photos.prepare import MAX_BYTES
from core.security import FORM_BYTES, bound
from core.serving import intake
from core.serving.answer import PIECE, environ
from core.serving.intake import Intake
from tests import make
from tests.bench import site

DRIPS = 64
SECONDS = 5
SENTENCE = b"That took too long to arrive."
FORM = "application/x-www-form-urlencoded"
Messages = list[dict[str, Any]]


# ---- the real server ----


def test_pages_are_answered_while_64_forms_drip_in_and_the_drips_are_ended():
    with site.scratch() as scratch:
        with scratch.app.app_context():
            make.world()
        with site.serving(site.OURS, scratch.environment | {"BUURT_BODY_SECONDS": str(SECONDS)}) as server:
            for _worker in range(4):
                assert page(server.url)
            with dripping(server.port) as (drips, drip):
                drip()
                for _page in range(3):
                    assert page(server.url)
                    drip()
                assert [one for one in drips if ended(one)] == []
                while any(not ended(one) for one in drips):
                    drip()
                assert all(b"HTTP/1.1 408" in (answer := rest(one)) and SENTENCE in answer for one in drips)


def page(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{url}/w/lombok/", timeout=30) as answer:
        return answer.status == 200 and b"Lombok" in answer.read()


@contextlib.contextmanager
def dripping(port: int) -> Iterator[tuple[list[socket.socket], Callable[[], None]]]:
    """Connections that began to send a form; each call gives a byte more on all that are still open."""
    head = f"POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\n"
    head += "Accept-Language: en\r\nContent-Length: 9999\r\n\r\n"
    with contextlib.ExitStack() as open_ones:
        drips = [open_ones.enter_context(socket.create_connection(("127.0.0.1", port), 30)) for _drip in range(DRIPS)]
        for one in drips:
            one.sendall(head.encode())

        def drip() -> None:
            for one in drips:
                if not ended(one):
                    one.sendall(b"a")

        yield drips, drip


def rest(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def ended(connection: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        return bool(selector.select(0.002))


# ---- the intake alone, asked as the server asks ----


def echo(asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    body = asked["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [body]


class Client:
    """Somebody who sends what is given, a message at a time, and then waits; with what came back."""

    def __init__(self, *bodies: bytes | None, length: int | None = None, path: str = "/", reads: int = 0) -> None:
        headers = [(b"host", b"x")] if length is None else [(b"host", b"x"), (b"content-length", b"%d" % length)]
        self.scope = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
            "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", "80"), "client": ("127.0.0.1", "1"),
            "headers": headers if length is not None else [*headers, (b"transfer-encoding", b"chunked")],
        }  # fmt: skip
        self._coming = iter(bodies)
        self._reads, self._had_enough = reads, asyncio.Event()
        self.got: Messages = []
        self.asked = 0

    async def receive(self) -> dict[str, Any]:
        """The next of its messages: a piece, b"" for the end, None for going away; none left is silence.

        It goes away after it read so many messages of the answer, or never.
        """
        self.asked += 1
        for body in self._coming:
            return {"type": "http.request", "body": body, "more_body": bool(body)} if body is not None else GONE
        await self._had_enough.wait()
        return GONE

    async def send(self, message: dict[str, Any]) -> None:
        self.got.append(message)
        if len(self.got) == self._reads:
            self._had_enough.set()
        await asyncio.sleep(0)


GONE = {"type": "http.disconnect"}


def serve(taking: Intake, *clients: Client) -> list[str]:
    """What each is answered, in words: the status and the length of the body, or the problem that the app read."""

    async def all_at_once() -> None:
        await asyncio.gather(*(taking(client.scope, client.receive, client.send) for client in clients))

    asyncio.run(all_at_once())
    return [said(client.got) for client in clients]


def said(got: Messages) -> str:
    if not got:
        return "nothing"
    return f"{got[0]['status']} {sum(len(message['body']) for message in got[1:])}"


def of(app: Any = echo, most: int = 1000, seconds: float = 30) -> Intake:
    return Intake(telling(app), lambda _method, _path: most, seconds)


def telling(app: Any) -> Any:
    """The app, which answers what it could not read with its number, as Flask does."""

    def tells(asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        try:
            return app(asked, start)
        except intake.HTTPException as problem:
            start(f"{problem.code} No", [])
            return [b""]

    return tells


def leaves_nothing(taking: Intake) -> bool:
    return taking._coming == 0 and not taking._sizes


def test_a_body_arrives_whole_in_however_many_pieces():
    taking = of()
    assert serve(taking, Client(b"a" * 400, b"b" * 600, b"", length=1000)) == ["200 1000"]
    assert serve(taking, Client(b"a" * 400, b"b" * 600, b"")) == ["200 1000"]  # that does not say how long it is
    assert leaves_nothing(taking)


def test_what_says_that_it_is_too_large_is_answered_before_it_is_read():
    taking, client = of(seconds=0.01), Client(length=1001)
    assert serve(taking, client) == ["413 0"]
    assert client.asked == 1  # after the answer: what still comes is dropped
    assert leaves_nothing(taking)


def test_what_turns_out_too_large_is_read_no_further():
    taking = of()
    client = Client(b"a" * 600, b"b" * 600, *[b"c" * 600] * 5, b"")
    assert serve(taking, client) == ["413 0"]
    assert leaves_nothing(taking)


def test_what_comes_too_slowly_is_ended_and_what_keeps_pace_is_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "LEAST_PACE", 1)  # so that 600 bytes buy 600 seconds
    taking = of(seconds=0.05)

    class Steady(Client):
        async def receive(self) -> dict[str, Any]:
            if self.asked:
                await asyncio.sleep(0.1)
            return await super().receive()

    assert serve(taking, Steady(b"a" * 600, b"b", b""), Client(length=600)) == ["200 601", "408 0"]
    assert leaves_nothing(taking)


def test_no_body_takes_longer_than_the_longest_however_well_it_keeps_pace(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "LEAST_PACE", 1)
    monkeypatch.setattr(intake, "LONGEST", 0.05)
    assert serve(of(), Client(b"a" * 900, length=1000)) == ["408 0"]


@pytest.mark.parametrize("length", [1000, None])
def test_who_goes_away_in_the_middle_leaves_nothing_and_the_app_hears_nothing(length: int | None):
    heard = list[str]()
    taking = of(lambda asked, start: heard.append("asked") or echo(asked, start))
    assert serve(taking, Client(b"a" * 400, None, length=length)) == ["nothing"]
    assert heard == []
    assert leaves_nothing(taking)


def test_more_bodies_at_once_than_there_is_room_for_are_refused_and_pages_are_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "AT_ONCE", 3)
    taking, page = of(seconds=0.2), Client(length=0)
    page.scope["headers"] = []
    answers = serve(taking, *(Client(b"a", length=10) for _slow in range(5)), page)
    assert sorted(answers) == ["200 0", "408 0", "408 0", "408 0", "503 0", "503 0"]
    assert leaves_nothing(taking)


def test_all_bodies_together_have_a_bound_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "IN_FLIGHT", 1500)
    taking = of(seconds=0.2)
    answers = serve(taking, *(Client(b"a" * 900, length=1000) for _each in range(2)))
    assert sorted(answers) == ["408 0", "503 0"]
    assert leaves_nothing(taking)


def test_a_long_answer_goes_a_piece_at_a_time_and_no_further_when_nobody_fetches_it():
    class Chunks:
        closed = False

        def __init__(self) -> None:
            self.taken = itertools.count()

        def __iter__(self) -> Iterator[bytes]:
            return (b"a" * PIECE for _chunk in range(50) if next(self.taken) >= 0)

        def close(self) -> None:
            Chunks.closed = True

    def long(_asked: object, start: Callable[..., object]) -> Iterable[bytes]:
        start("200 OK", [])
        return Chunks()

    assert serve(of(long), Client(b"", length=0)) == [f"200 {50 * PIECE}"]
    Chunks.closed, hasty = False, Client(b"", length=0, reads=3)
    serve(of(long), hasty)
    assert len(hasty.got) < 10
    assert Chunks.closed


def test_a_header_with_an_underscore_does_not_pass_for_the_one_with_a_dash():
    client = Client(length=0)
    client.scope["headers"] += [(b"x-forwarded-for", b"192.0.2.1"), (b"x_forwarded_for", b"198.51.100.1")]
    client.scope["headers"] += [(b"x-forwarded-for", b"192.0.2.2")]
    assert environ(client.scope, io.BytesIO())["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"


def test_each_route_says_how_much_it_takes(app: Flask):
    most = bound(app)
    photo = "/w/lombok/together/bench"
    assert most("POST", photo) == 2 * MAX_BYTES + FORM_BYTES
    assert {most("GET", photo), most("POST", "/language"), most("POST", "/nowhere")} == {FORM_BYTES}

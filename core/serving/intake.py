"""Between server and app: a request's body is here, whole and within bounds, before a thread is spent on it.

The server hands requests over as ASGI does, on one loop, where a slow sender costs next to nothing; the app is plain
WSGI and answers on a few threads, which no slow reader holds either (docs/decisions/0019-an-intake.md).
"""

import asyncio
import io
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, RequestTimeout, ServiceUnavailable

from core.serving.answer import Answer, Asgi, Wsgi, environ

THREADS = 8
LEAST_PACE = 8 * 1024  # bytes a second that a body keeps up once its first seconds are over
LONGEST = 600  # seconds, for the largest photo
AT_ONCE = 256  # bodies on their way, of the 512 connections that a worker of the server takes
IN_FLIGHT = 512 * 1024 * 1024  # bytes of bodies that are here and not yet answered
IN_MEMORY = 64 * 1024  # bytes of one body; a longer one lies in a temporary file

Receive = Callable[[], Awaitable[Asgi]]
Send = Callable[[Asgi], Awaitable[None]]

log = logging.getLogger(__name__)


class Intake:
    """An ASGI application around a WSGI one.

    `bound` gives how many bytes a body may have, by method and path. It must be here within `seconds`, or keep pace.
    """

    def __init__(self, app: Wsgi, bound: Callable[[str, str], int], seconds: float) -> None:
        self._app, self._bound, self._seconds = app, bound, seconds
        self._threads = ThreadPoolExecutor(THREADS, "answers")
        self._coming = 0
        self._sizes = Counter[IO[bytes]]()

    async def __call__(self, scope: Asgi, receive: Receive, send: Send) -> None:
        """Take a request in, have it answered, and send that as fast as it is fetched."""
        with SpooledTemporaryFile(IN_MEMORY) as file:
            try:
                body = await self._take_in(scope, receive, file)
                if body:
                    await self._answer(environ(scope, body), receive, send)
                if isinstance(body, Refused) and body.is_too_large:
                    await self._drop(receive)
            finally:
                del self._sizes[file]

    async def _take_in(self, scope: Asgi, receive: Receive, file: IO[bytes]) -> "IO[bytes] | Refused | None":
        """The body; or what tells the app, once it reads, why there is none; or None: nobody is there any more."""
        headers = dict(scope["headers"])
        if not headers.keys() & {b"content-length", b"transfer-encoding"}:
            return file
        most = self._bound(scope["method"], scope["path"])
        try:
            self._refuse_too_much(int(headers.get(b"content-length", 0)), most)
            with self._on_its_way():
                return file if await self._fetch(receive, file, most) else None
        except HTTPException as problem:
            return Refused(problem)
        except TimeoutError:
            return Refused(RequestTimeout())
        except OSError as problem:
            log.error("the disk did not take a body: %s", problem)
            return Refused(NoRoom())

    async def _fetch(self, receive: Receive, file: IO[bytes], most: int) -> bool:
        """Read it all into the file; False when its sender went away in the middle."""
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout_at(began + self._seconds) as end:
            while (message := await receive())["type"] == "http.request":
                file.write(message["body"])
                self._sizes[file] += len(message["body"])
                self._refuse_too_much(self._sizes[file], most)
                if not message["more_body"]:
                    file.seek(0)
                    return True
                end.reschedule(began + min(LONGEST, self._seconds + self._sizes[file] / LEAST_PACE))
        return False

    def _refuse_too_much(self, size: int, most: int) -> None:
        if size > most:
            raise RequestEntityTooLarge
        if self._sizes.total() > IN_FLIGHT:
            raise ServiceUnavailable

    @contextmanager
    def _on_its_way(self) -> Iterator[None]:
        if self._coming >= AT_ONCE:
            raise ServiceUnavailable
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1

    async def _drop(self, receive: Receive) -> None:
        """Let who sends too much go on for a while: most browsers show an answer only once they sent all."""
        with suppress(HTTPException, TimeoutError), self._on_its_way():
            async with asyncio.timeout(self._seconds):
                while (await receive()).get("more_body"):
                    pass

    async def _answer(self, asked: Asgi, receive: Receive, send: Send) -> None:
        on_a_thread = partial(asyncio.get_running_loop().run_in_executor, self._threads)
        answer = await on_a_thread(Answer, self._app, asked)
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            if not answer.is_over():
                gone = asyncio.ensure_future(_gone(receive))
                while not answer.is_over() and not gone.done():
                    await send({"type": "http.response.body", "body": answer.piece, "more_body": True})
                    await on_a_thread(answer.read_on)
                gone.cancel()
            await send({"type": "http.response.body", "body": answer.piece})
        finally:
            answer.close()


class NoRoom(HTTPException):
    """The disk is full, or out of order."""

    code = 507


class Refused(io.RawIOBase):
    """A body that did not come: who reads it is told why, so that the app answers in its own words."""

    def __init__(self, why: HTTPException) -> None:
        self._why = why
        self.is_too_large = isinstance(why, RequestEntityTooLarge)

    def readable(self) -> bool:
        """It looks like any other."""
        return True

    def readinto(self, _into: object, /) -> int:
        """Raise the reason."""
        raise self._why


async def _gone(receive: Receive) -> None:
    """Over when nobody fetches the answer any more."""
    while (await receive())["type"] != "http.disconnect":
        pass

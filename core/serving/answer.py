"""What a WSGI app answers to a request that came as ASGI has it, read a piece at a time."""

import sys
from collections.abc import Callable, Iterable
from io import RawIOBase
from typing import IO, Any
from urllib.parse import unquote_to_bytes

PIECE = 256 * 1024  # bytes that are read ahead of who fetches the answer

Asgi = dict[str, Any]  # a scope or a message
Wsgi = Callable[..., Iterable[bytes]]


class Answer:
    """Status, headers and the first piece; more, where it is not over, by whichever thread is free."""

    def __init__(self, app: Wsgi, asked: dict[str, Any]) -> None:
        self._chunks = app(asked, self._start)
        self._rest = iter(self._chunks)
        self.read_on()

    def read_on(self) -> None:
        """Put the next piece in place."""
        found, size = list[bytes](), 0
        while size < PIECE and (chunk := next(self._rest, None)) is not None:
            found.append(chunk)
            size += len(chunk)
        self.piece = b"".join(found)

    def is_over(self) -> bool:
        """Whether this piece is the last."""
        return len(self.piece) < PIECE

    def close(self) -> None:
        """Let go of the file it came from."""
        getattr(self._chunks, "close", lambda: None)()

    def _start(self, status: str, headers: list[tuple[str, str]], _problem: object = None) -> None:
        self.status = int(status.split()[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def environ(scope: Asgi, body: IO[bytes] | RawIOBase) -> dict[str, Any]:
    """A request as WSGI has it. A header with a _ is left out: there it would pass for the one with a -."""
    server, port = scope["server"]
    asked: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name and (value or name != b"host"):  # HTTP/1.0 needs none
            key = name.decode("latin-1").upper().replace("-", "_")
            key = key if key in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{key}"
            before = f"{asked[key]}," if key in asked else ""
            asked[key] = before + value.decode("latin-1")
    return asked

"""The line between a phone and the site, in a test's hand: slow when asked, and cut in the middle of something."""

import contextlib
import socket
import threading
import time
from dataclasses import replace

from tests.browser.serving import Site

CHUNK = 4096


class Wire:
    """A listening port that passes everything on to the site. Use as a context manager."""

    def __init__(self, site: Site) -> None:
        host, _, port = site.host.partition(":")
        self._far_end = (host, int(port))
        self._ends: list[socket.socket] = []
        self._is_cut = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.bytes_a_second = 0  # of what the phone sends; 0 is as fast as it goes
        self.site = replace(site, url=f"http://127.0.0.1:{self._listening.getsockname()[1]}")

    def __enter__(self) -> "Wire":
        threading.Thread(target=self._answer, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._listening.close()

    def cut(self) -> None:
        """End every connection now, and let none in until it is mended."""
        self._is_cut = True
        while self._ends:
            end = self._ends.pop()
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        """Let connections in again, at full speed."""
        self._is_cut, self.bytes_a_second = False, 0

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self._is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self._far_end)
                self._ends += [near, far]
                if self._is_cut:  # just now
                    self.cut()
                    continue
                threading.Thread(target=self._pass_on, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, False), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, is_uplink: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(CHUNK):
                other.sendall(piece)
                if is_uplink and self.bytes_a_second:
                    time.sleep(len(piece) / self.bytes_a_second)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)

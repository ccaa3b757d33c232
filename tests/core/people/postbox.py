"""A real SMTP server in the test, and the app that sends through it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.browser.serving import free_port


class Postbox:
    """What arrived. `is_full` makes the server refuse, as a real one does now and then."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.is_full = False
        self.url = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.is_full:
            return "452 4.2.2 The mailbox is full"
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def codes(self) -> list[str]:
        """The secrets in what arrived, as they stand behind the # of each link."""
        return [re.search(r"#([0-9A-Z]{26})\s", letter.get_content()).group(1) for letter in self.letters]


@contextmanager
def postbox() -> Iterator[Postbox]:
    """An SMTP server on a port of this machine."""
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()

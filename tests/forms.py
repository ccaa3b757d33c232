"""What a page says of its forms: the sentence at a field, and the sentence after saving."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TAG = re.compile(r"<[^>]*>")


def fault(page: str, name: str) -> str:
    """The sentence at a field; "" for none."""
    found = re.search(rf'id="{re.escape(name)}-fault">(.*?)</p>', page, re.DOTALL)
    return words(found[1]) if found else ""


def typed(page: str, name: str) -> str | None:
    """What stands in a field; None where there is no such field."""
    quoted = re.escape(name)
    found = re.search(
        rf'<input[^>]* name="{quoted}"[^>]*>|<textarea[^>]* name="{quoted}"[^>]*>(.*?)</textarea>', page, re.S
    )
    if not found:
        return None
    said = found[1] if found[1] is not None else next(iter(re.findall(r' value="([^"]*)"', found[0])), "")
    return html.unescape(said).removeprefix("\r\n")


def told(client: FlaskClient, answer: TestResponse) -> str:
    """What the page after saving says; "" for nothing. Only where the address leads to that sentence."""
    if not (answer.location or "").endswith("#said"):
        return ""
    found = re.search(r'id="said".*?</div></div>', client.get(answer.location).text, re.DOTALL)
    return words(f"<{found[0]}") if found else ""


def key_in(page: str) -> str:
    """The client key of the form on a page."""
    return re.search(r'name="client_key" [^>]*value="([^"]+)"', page)[1]


def twice_at_once(app: Flask, client: FlaskClient, address: str, data: dict[str, Any]) -> list[int]:
    """Send a form twice from one device at the very same moment; what each was answered."""
    start = Barrier(2)

    def send(_which: int) -> int:
        device = app.test_client()
        for cookie in filter(None, map(client.get_cookie, ("device", "staff"))):
            device.set_cookie(cookie.key, cookie.value)
        start.wait(10)
        return device.post(address, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, range(2)))


def words(markup: str) -> str:
    """What a reader reads of it."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())

"""What a page says of its forms: the sentence at a field, and the sentence after saving."""

import html
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TAG = re.compile(r"<[^>]*>")


def fault(page: str, name: str) -> str:
    """The sentence at a field; "" for none."""
    found = re.search(rf'id="{re.escape(name)}-fault">(.*?)</p>', page, re.DOTALL)
    return words(found[1]) if found else ""


def told(client: FlaskClient, answer: TestResponse) -> str:
    """What the page after saving says; "" for nothing. Only where the address leads to that sentence."""
    if not (answer.location or "").endswith("#said"):
        return ""
    found = re.search(r'id="said".*?</div></div>', client.get(answer.location).text, re.DOTALL)
    return words(f"<{found[0]}") if found else ""


def words(markup: str) -> str:
    """What a reader reads of it."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())

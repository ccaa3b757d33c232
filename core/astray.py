"""Addresses as people type them and chat apps link them: what a sentence left behind them is taken off.

Only the spelling is forgiven, before anything is looked up: who guesses codes is counted where the address leads.
A # that a mail program wrote as %23 is one again, so that the secret behind it is out of what is sent to us.
"""

import re
from typing import Any
from urllib.parse import quote

import regex
from flask import Flask, request
from werkzeug.routing import RequestRedirect

from core.errors import own_page

# "/e/K7RX4P)." and "/e/K7RX4P/"; a key may end in - or _
BEHIND = regex.compile(r"(?:(?![-_])[\s\p{P}\p{S}\p{Default_Ignorable_Code_Point}])+$")
IN_CAPITALS = re.compile(r"^/(w/[^/]+|[eq](?=/))", re.IGNORECASE)  # a poster, or a keyboard that begins with one


def init_app(app: Flask) -> None:
    """Lead such an address on, before anything else looks at it."""
    app.url_value_preprocessor(_lead_on)


def _lead_on(endpoint: str | None, _arguments: dict[str, Any] | None) -> None:
    path, mark, secret = BEHIND.sub("", request.path).partition("#")
    there = IN_CAPITALS.sub(lambda found: found[0].lower(), path)
    is_right = endpoint is not None and there == request.path.rstrip("/")
    if is_right or request.method not in {"GET", "HEAD"} or "?" in there:
        return
    if page := own_page(there) or own_page(f"{there}/"):
        query = request.query_string.decode("ascii", "ignore")
        raise RequestRedirect((f"{page}?{query}" if query else page) + mark + quote(secret))

"""After saving: back to where it was done, which says there, once, what is now true.

The sentence travels in a signed cookie of its own, for a minute at most. Only an answer to a form sets it, and only
who brings it has it read: pages stay without cookies.
"""

from typing import NamedTuple

from flask import Flask, Response, current_app, g, jsonify, redirect, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from core.errors import wants_json
from core.i18n import lang

LIVES = 60  # seconds
ARRIVED = "done"  # what the phone's queue waits for (static/js/queue.js)
PLACE = "said"  # the id of the sentence: an address that leads there scrolls to it and gives it the focus


def init_app(app: Flask) -> None:
    """Let templates say it (components/saved.html), and forget it once it was said."""
    app.add_template_global(said_at)
    app.after_request(_forget)


def saved(url: str, sentence: object, at: str = "") -> BaseResponse:
    """On to a page of ours (303) that says, at the place `at` of it or else on top, what is now true.

    Our JavaScript gets the same answer without the sentence: it says what it did itself.
    """
    if wants_json():
        return redirect(url, 303)
    return _say(redirect(f"{url.partition('#')[0]}#{PLACE}", 303), sentence, at)


def arrived(url: str, sentence: object, at: str = "") -> BaseResponse:
    """The same for a form that may have waited on a phone without network: the phone hears that it may let it go."""
    if not wants_json():
        return saved(url, sentence, at)
    return _say(jsonify(answered=ARRIVED, next=url.partition("#")[0]), sentence, at)


def _say(answer: BaseResponse, sentence: object, at: str) -> BaseResponse:
    answer.set_cookie(
        _cookie(), _signer().dumps([at, str(sentence), lang()]), max_age=LIVES, path="/", httponly=True, samesite="Lax",
        secure=request.is_secure,
    )  # fmt: skip
    return answer


class Said(NamedTuple):
    """The sentence, and the language it speaks where that is another than the page's by now."""

    sentence: str
    lang: str | None


def said_at(at: str | None = None) -> Said | None:
    """What is to be said at a place of this page, once; with None, what no place took."""
    if "to_say" not in g:
        g.to_say = _read()
    if g.to_say is None or at not in (None, g.to_say[0]):
        return None
    _, sentence, spoken = g.to_say
    g.to_say, g.was_said = None, True
    return Said(sentence, spoken if spoken != lang() else None)


def _read() -> tuple[str, str, str] | None:
    text = None if g.get("may_be_kept") else request.cookies.get(_cookie())
    if text is None:
        return None
    try:
        at, sentence, spoken = _signer().loads(text, max_age=LIVES)
    except (BadData, ValueError):
        return None
    return at, sentence, spoken


def _forget(response: Response) -> Response:
    if g.get("was_said"):
        response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="said")


def _cookie() -> str:
    return "__Host-said" if request.is_secure else "said"

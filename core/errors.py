"""How a no looks: one page, or one JSON object, with a sentence that says what is safe and a way on."""

import errno
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.guard import lacks_staff
from core.limits import TooOften
from core.refusal import Refusal, Sort

STATUS = {
    Sort.INVALID: 422,
    Sort.CONFLICT: 409,
    Sort.GONE: 410,
    Sort.UNKNOWN: 404,
    Sort.FORBIDDEN: 403,
    Sort.TOO_LARGE: 413,
    Sort.UNSUPPORTED: 415,
    Sort.FULL: 507,
    Sort.BUSY: 503,
    Sort.OFTEN: 429,
}
SENTENCES = {
    400: _l("We could not read that. Go back and try again."),
    401: _l("Join first. It takes two taps."),
    403: _l("That is not for you to do."),
    404: _l("We do not know this page. See if you swapped a letter."),
    405: _l("That does not work this way. Go back and try again."),
    408: _l("That took too long to arrive. Is the network weak here? Try again."),
    413: _l("That is too large. A photo may be 25 MB."),
    500: _l("Something broke on our side. Nothing of yours is lost."),
    503: _l("It is very busy. Try again in a moment. Nothing is lost."),
    507: _l("We have no room left for this. Keep what you have and try again later."),
}
DISK_SAYS = {errno.ENOSPC: 507, errno.EDQUOT: 507, errno.EFBIG: 507, errno.EIO: 503, errno.EROFS: 503}
ALONG = {"plate", "tag", "role"}  # in a query: the sign that was scanned, the neighbour of a card, whom to invite
SHOWN_AGAIN = {Sort.INVALID, Sort.CONFLICT, Sort.FORBIDDEN, Sort.OFTEN}  # another try may help, on the form itself
AGAIN = {408, 409, 413, 415, 422, 429, 503, 507}  # what may well work when it is tried again

Answer = Response | BaseResponse | tuple[str | Response, int]


class Form(Protocol):
    """What a refused form can do (core/forms.py)."""

    def has(self, name: str) -> bool:
        """Whether it has a field of this name."""

    def refuse(self, name: str, sentence: object) -> bool:
        """Put a sentence at a field; whether there is such a field."""


@dataclass(frozen=True)
class RefusedForm:
    """How a refused form is shown once more."""

    page: Callable[[], str]
    form: Form | None
    also: frozenset[Sort]

    def takes(self, refusal: Refusal) -> bool:
        """Whether it may help to try again, on the form itself."""
        is_at_field = self.form is not None and self.form.has(refusal.field)
        return not refusal.way_on and (is_at_field or refusal.kind in SHOWN_AGAIN | self.also)

    def show(self, refusal: Refusal) -> Answer:
        """The page, with the sentence at its field, or at the top when it is about none."""
        if self.form is None or not self.form.refuse(refusal.field, refusal.sentence):
            g.refused = refusal.sentence
        return self.page(), STATUS[refusal.kind if refusal.kind in SHOWN_AGAIN | self.also else Sort.INVALID]


def init_app(app: Flask) -> None:
    """Show every refusal and every 4xx and 5xx."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(RateLimitExceeded, lambda error: refused(limits.of(error)))
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(OSError, _disk_away)


def wants_json() -> bool:
    """Whether the one asking is our JavaScript rather than a person's browser."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def on_refusal(page: Callable[[], str], form: Form | None = None, *also: Sort) -> None:
    """Where this request is refused, show this page once more: what was typed stays, with the sentence at its field.

    At the page's top where the refusal is about no field of the form. Not for what is over, full or not there (but
    `also` these sorts, and whatever is about a field), nor where a refusal knows a page that helps.
    """
    g.refused_form = RefusedForm(page, form, frozenset(also))


def refused(refusal: Refusal) -> Answer:
    """The form again, or a page of its own."""
    if isinstance(refusal, TooOften):
        g.retry_after = refusal.seconds
    sent: RefusedForm | None = g.pop("refused_form", None)
    if sent is None or not sent.takes(refusal) or wants_json():
        return show(STATUS[refusal.kind], refusal.sentence, refusal.way_on, refusal.heading)
    try:
        return sent.show(refusal)
    except HTTPException as error:  # what the form is about is not there, or not for them
        return _failed(error)


def _failed(error: HTTPException) -> Answer:
    status = error.code or 500
    if getattr(error, "original_exception", None):  # whatever broke may break the usual page as well
        return render_template("core/errors/broken.html", sentence=SENTENCES[500]), 500
    if status < 400:
        return error.get_response()
    if status == 401 and request.method == "GET" and g.get("neighbourhood") and not wants_json():
        return redirect(url_for("staff.enter") if lacks_staff() else _join(), 303)
    return show(status, SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400]))


def _database_away(error: OperationalError) -> Answer:
    current_app.logger.error("the database did not answer: %s", error.orig)
    is_full = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return _out_of_order(507 if is_full else 503)


def _disk_away(error: OSError) -> Answer:
    if error.errno not in DISK_SAYS:
        raise error
    current_app.logger.error("the disk did not take it: %s", error)
    return _out_of_order(DISK_SAYS[error.errno])


def _out_of_order(status: int) -> Answer:
    """Without the usual page when even that needs what is out of order."""
    try:
        return show(status, SENTENCES[status])
    except OperationalError:
        return render_template("core/errors/broken.html", sentence=SENTENCES[status]), status


def show(status: int, sentence: object, way_on: tuple[str, object] | None = None, heading: object = None) -> Answer:
    """The answer that carries a sentence, as a page or as {"error": sentence}; `way_on`: where to, and its words."""
    if wants_json():
        onwards = {"way_on": [way_on[0], str(way_on[1])]} if way_on else {}
        return jsonify(error=str(sentence), **onwards), status
    words = _way_on(status, way_on) | ({"title": heading} if heading else {})
    return render_template("core/errors/error.html", status=status, sentence=sentence, **words), status


def own_page(path: str, method: str = "GET") -> str | None:
    """A page of ours, or where a form goes, by its path, rebuilt from our own routes with what goes along.

    None for any other text.
    """
    page, _, query = path.partition("#")[0].partition("?")
    try:
        endpoint, arguments = current_app.url_map.bind(request.host).match(page, method=method)
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None
    along = {name: value for name, value in parse_qsl(query) if name in ALONG}
    return url_for(endpoint, **{**along, **arguments})


def _way_on(status: int, known: tuple[str, object] | None) -> dict[str, Any]:
    if known:
        return {"title": _("This did not work"), "way_on": known}
    near = g.get("neighbourhood")
    home = url_for("pages.home", slug=near.slug) if near else url_for("pages.front")
    if status in {401, 403} and near and lacks_staff():
        return {"title": _("This did not work"), "way_on": (url_for("staff.enter"), _("Sign in as staff"))}
    if status == 401 and near:
        return {"title": _("Join first"), "way_on": (_join(), _("Join"))}
    if request.method == "POST" and status in AGAIN and (page := page_before()):
        return {"title": _("This did not work"), "way_on": (page, _("Try again"))}
    return {"title": _("This did not work"), "way_on": (home, _("To the neighbourhood"))}


def page_before() -> str | None:
    """The page of ours from which this was sent, None when the browser does not say."""
    before = request.referrer or ""
    return own_page(before.removeprefix(request.host_url.rstrip("/"))) if before.startswith(request.host_url) else None


def _join() -> str:
    """The join page, with the route name to go on to afterwards (never a URL: docs/architecture.md)."""
    try:
        arguments = {name: value for name, value in (request.view_args or {}).items() if name == "challenge"}
        arguments |= {name: value for name, value in request.args.items() if name == "plate"}  # the sign they scanned
        return url_for("people.join", slug=g.neighbourhood.slug, then=request.endpoint, **arguments)
    except BuildError:
        return url_for("pages.front")

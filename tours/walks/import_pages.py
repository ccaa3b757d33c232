"""A maker brings a walk in a file: first what would come of it, then the draft. In between nothing of it is kept here.

What the second step needs travels with its form, signed, for an hour.
"""

from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.refusal import Refusal, Sort
from core.saved import saved
from core.security import FORM_BYTES, takes
from tours.walks import importing
from tours.walks.builder_pages import UNDER
from tours.walks.forms import FileForm
from tours.walks.reading import MOST_BYTES, refused

LIVES = 60 * 60  # seconds that the second step can be taken
CARRIED = 1024 * 1024  # bytes that it brings at most


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule(f"{UNDER}/from-file", "walks.bring", bring)
    app.add_url_rule(f"{UNDER}/from-file", "walks.do_bring", do_bring, methods=["POST"])
    app.add_url_rule(f"{UNDER}/from-file/keep", "walks.keep", keep, methods=["POST"])


@may("walk.make")
def bring() -> str:
    """Choose a file."""
    return _page(FileForm())


@may("walk.make")
@takes(MOST_BYTES + FORM_BYTES)
def do_bring() -> str:
    """What would come of it. Nothing is kept."""
    form = FileForm()
    on_refusal(lambda: _page(form), form)
    sent = request.files.get("file")
    if not (sent and sent.filename):
        raise refused(_l("Choose a file first."))
    with sent.stream as stream:
        raw = stream.read(MOST_BYTES + 1)
    file = importing.read(raw)
    plan = importing.plan(g.neighbourhood, file)
    signed = _signer().dumps([g.neighbourhood.id, g.person.player_key, file.carried()])
    return render_template("tours/walks/bring_preview.html", file=file, plan=plan, signed=signed)


@may("walk.make")
@takes(CARRIED, CARRIED)
def keep() -> BaseResponse:
    """Make a draft of what was read: once of the same file."""
    on_refusal(lambda: _page(FileForm()))
    carried = _opened(request.form.get("read", ""))
    with writing():
        tour, is_new = importing.land(g.neighbourhood, importing.again(carried), g.person.player_key)
        if is_new:
            audit.record("walk.bring", tour.key, g.neighbourhood.id, g.person.player_key, acting_as())
        key = tour.key
    known = _l("This file became this walk already. Nothing was added.")
    said = _l("It is a draft. Nobody else sees it.") if is_new else known
    return saved(url_for("walks.build", tour=key), said, "stops")


def _page(form: FileForm) -> str:
    return render_template("tours/walks/bring.html", form=form)


def _opened(signed: str) -> dict[str, Any]:
    """What the first step read, for the same maker in the same neighbourhood."""
    try:
        here, who, carried = _signer().loads(signed, max_age=LIVES)
    except (BadData, ValueError):
        here = who = carried = None
    if (here, who) != (g.neighbourhood.id, g.person.player_key):
        raise Refusal(_l("That took too long. Choose the file once more."), Sort.INVALID)
    return dict(carried)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="walk file")

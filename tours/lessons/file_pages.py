"""Somebody brings a lesson in a file: first what would come of it, then the draft. In between nothing is kept here."""

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
from tours.lessons import files, queries
from tours.lessons.files import MOST_BYTES
from tours.lessons.forms import FileForm
from tours.lessons.maker_pages import UNDER
from tours.walks.reading import refused

LIVES = 60 * 60  # seconds that the second step can be taken
CARRIED = 2 * MOST_BYTES  # bytes that it brings at most


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule(f"{UNDER}/from-file", "lessons.bring", bring)
    app.add_url_rule(f"{UNDER}/from-file", "lessons.do_bring", do_bring, methods=["POST"])
    app.add_url_rule(f"{UNDER}/from-file/keep", "lessons.keep", keep, methods=["POST"])


@may("lesson.make")
def bring() -> str:
    """Choose a file."""
    return _page(FileForm())


@may("lesson.make")
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
    plan = files.plan(g.neighbourhood, raw, g.person.player_key)
    known = queries.of_file(g.neighbourhood.id, plan.digest, g.person.player_key)
    signed = _signer().dumps([g.neighbourhood.id, g.person.player_key, raw.decode("utf-8", "replace")])
    return render_template("tours/lessons/bring_preview.html", plan=plan, known=known, signed=signed)


@may("lesson.make")
@takes(CARRIED, CARRIED)
def keep() -> BaseResponse:
    """Make a draft of what was read: once of the same file."""
    on_refusal(lambda: _page(FileForm()))
    raw = _opened(request.form.get("read", ""))
    with writing():
        kit, is_new = files.land(g.neighbourhood, raw, g.person.player_key)
        if is_new:
            audit.record("lesson.bring", kit.slug, g.neighbourhood.id, g.person.player_key, acting_as())
        slug = kit.slug
    known = _l("This file became this lesson already. Nothing was added.")
    said = _l("It is a draft. Nobody else sees it.") if is_new else known
    return saved(url_for("lessons.build", lesson=slug), said, "tasks")


def _page(form: FileForm) -> str:
    return render_template("tours/lessons/bring.html", form=form)


def _opened(signed: str) -> bytes:
    """What the first step read, for the same maker in the same neighbourhood."""
    try:
        here, who, raw = _signer().loads(signed, max_age=LIVES)
    except (BadData, ValueError):
        here = who = raw = None
    if (here, who) != (g.neighbourhood.id, g.person.player_key):
        raise Refusal(_l("That took too long. Choose the file once more."), Sort.INVALID)
    return str(raw).encode()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="lesson file")

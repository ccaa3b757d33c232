"""Beside the pages of the desk: a photo for an editor to look at, and one of which they made a part unrecognisable."""

import shutil

from flask import Flask, Response, g, jsonify, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.desk import queries as desk
from core.desk import service
from core.desk.models import Verdict
from core.errors import wants_json
from core.guard import acting_as, may
from core.photos import prepare, queries
from core.photos import service as keeping
from core.photos.at_desk import Photos
from core.photos.views import send
from core.refusal import Refusal, Sort
from core.security import FORM_BYTES, limiter, takes
from core.storage import storage

blurs_limited = limiter.limit("120 per hour", key_func=lambda: g.person.player_key)


def init_app(app: Flask) -> None:
    """Register the pages beside those of the desk, whose names they share."""
    under = "/w/<slug>/desk"
    app.add_url_rule(f"{under}/<kind>/<key>/blur", "desk.blur", blur, methods=["POST"])
    app.add_url_rule(f"{under}/photos/<key>/<any(small, medium, large):size>.webp", "desk.picture", picture)


@may("desk.decide")
@takes(prepare.MAX_BYTES + FORM_BYTES)
@blurs_limited
def blur(kind: str, key: str) -> BaseResponse:
    """Good, with this in its place: prepared as every upload, outside the transaction; then one short write."""
    here, editor, sent = g.neighbourhood.id, g.person.player_key, request.files.get("photo")
    shown = request.form.get("shown", "")
    service.refuse_to_blur(here, kind, key, editor, shown)
    if sent is None:
        raise Refusal(_l("The photo did not arrive. Please try again."), Sort.INVALID)
    prepared = prepare.prepare(sent.stream, storage().tmp())
    try:
        with writing():
            done = service.decide(here, kind, key, Verdict.BLUR, editor, acting_as(), made=prepared, shown=shown).key
    finally:
        shutil.rmtree(prepared.folder, ignore_errors=True)  # gone already when it was kept
    onwards = url_for("desk.queue", done=done)
    return jsonify(next=onwards) if wants_json() else redirect(onwards, 303)


@may("desk.decide")
def picture(key: str, size: str) -> Response:
    """A photo that waits for a look, or was reported: for editors alone.

    Once it is taken away only where somebody in it asked another editor.
    """
    waits, look = desk.one(g.neighbourhood.id, Photos.kind, key, g.person.player_key), queries.some
    if waits and waits.item.is_away:
        look = queries.some_aside
    held = look(g.neighbourhood.id, [key]) if waits else ()
    return send(held[0] if held else None, size, keeping.file_aside)

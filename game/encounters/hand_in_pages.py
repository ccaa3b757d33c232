"""The first pages of a meeting: which challenge, and the photo; also without network."""

import shutil

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.database import db, writing
from core.errors import on_refusal, wants_json
from core.guard import may
from core.people.kept_forms import made_at, refuse_another
from core.people.views import pause, refuse_suspended, reread
from core.photos import prepare
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from core.security import FORM_BYTES, takes
from core.storage import storage
from game.challenges import fitting
from game.challenges import queries as challenges
from game.challenges.models import Challenge
from game.encounters import addresses, allowed, choosing_pages, queries, service
from game.encounters.forms import TagForm
from game.encounters.models import State
from game.encounters.service import NoChallenge
from game.visits import forms as being_there


def init_app(app: Flask) -> None:
    """Register the two pages beside those of the blueprint, whose names they share."""
    app.add_url_rule("/w/<slug>/together", "encounters.together", together)
    app.add_url_rule("/w/<slug>/offline", "encounters.offline", offline)
    app.add_url_rule("/w/<slug>/together/<challenge>", "encounters.hand_in", hand_in)
    app.add_url_rule("/w/<slug>/together/<challenge>", "encounters.do_hand_in", do_hand_in, methods=["POST"])


@may("encounter.start")
def together() -> str | BaseResponse:
    """Which challenge did you do? Who is too young to start reads what they can do instead."""
    refuse_suspended()
    if not allowed.may_start(g.person):
        return redirect(url_for(".instead"), 303)
    return choosing_pages.page()


@may("encounter.start")
def hand_in(challenge: str) -> str:
    """Step 2: the photo."""
    refuse_suspended()
    service.must_be_able_to_meet(g.person)
    found = challenges.by_key(g.neighbourhood.id, challenge)
    if found is None:
        raise NoChallenge
    return _photo(found, TagForm(data={"tag": request.args.get("tag", "")}))


@may("encounter.look")
def offline() -> str:
    """The page that a phone keeps for when there is no network: it holds nothing of anybody, whoever asks for it."""
    g.person = g.suspension = None
    kinds = fitting.by_kind(fitting.for_two(challenges.of(g.neighbourhood.id)))
    return render_template(
        "game/encounters/offline.html", kinds=kinds, max_bytes=prepare.MAX_BYTES, too_large=prepare.TOO_LARGE
    )


@may("encounter.start")
@takes(2 * prepare.MAX_BYTES + FORM_BYTES)  # the camera's photo and the gallery's
def do_hand_in(challenge: str) -> Response | BaseResponse | tuple[Response, int]:
    """Hand in: the photo is prepared first, outside any transaction; then one short write."""
    refuse_another()
    wanted, form = challenges.known(g.neighbourhood.id, challenge), TagForm(request.form)
    if wanted is None:
        raise NoChallenge
    client_key = request.form.get("client_key", "")[:40] or codes.new_key()
    if pause() and not queries.handed_in(g.person.player_key, client_key):  # what arrived before it is acknowledged
        refuse_suspended()
    service.must_be_able_to_meet(g.person)
    on_refusal(lambda: _photo(wanted, form), form, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    limits.spend(limits.by_who("uploads", "40 per hour"))
    form.must_fit()
    evidence = being_there.evidence(wanted.spot, wanted.on_site)
    prepared = _prepared()
    try:
        with writing():
            me = reread()
            companion = addresses.by_tag(me, form.tag.data) if form.tag.data else None
            encounter = service.hand_in(
                me, db.session.get_one(Challenge, wanted.id), prepared, client_key, companion,
                evidence=evidence, made_at=made_at(),
            )  # fmt: skip
            is_draft = encounter.state == State.DRAFT and encounter.is_open
            if is_draft and queries.code_of(encounter) is None:
                service.new_code(encounter.id, me)
            letters = companion.tag if is_draft and companion else None
            key = encounter.key
    finally:
        if prepared:
            shutil.rmtree(prepared.folder, ignore_errors=True)  # gone already when it was kept
    onwards = url_for(".another", ref=key, letters=letters) if letters else url_for(".show", ref=key)
    if wants_json():
        return jsonify(next=onwards, sha256=prepared.sha256 if prepared else "", open=is_draft), 201
    return redirect(onwards, 303)


def _photo(challenge: Challenge, form: TagForm) -> str:
    """The page where the photo is made."""
    return render_template(
        "game/encounters/photo.html", challenge=challenge, form=form, client_key=codes.new_key(),
        max_bytes=prepare.MAX_BYTES, too_large=prepare.TOO_LARGE,
    )  # fmt: skip


def _prepared() -> Prepared | None:
    """What the phone sent, redrawn: from the camera's field or the gallery's. None without a photo.

    Raises Refusal when neither a photo nor the button "without a photo" came.
    """
    sent = [file for name in ("photo", "gallery") for file in request.files.getlist(name) if file.filename]
    if request.form.get("without") == "1":
        return None
    if not sent:
        raise Refusal(_l("There is no photo in it yet. Take one, or go on without."), Sort.INVALID)
    return prepare.prepare(sent[0].stream, storage().tmp())

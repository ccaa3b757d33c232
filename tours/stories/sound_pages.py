"""A voice is sent while it is spoken, and heard by those who may: everybody, its teller, an editor."""

import hmac
import shutil
from typing import Any

from flask import Response, abort, current_app, g, jsonify, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.contributions.models import Contribution
from core.database import db, writing
from core.errors import on_refusal
from core.guard import acting_as, may, may_open
from core.media import service as media
from core.neighbourhoods.models import Neighbourhood
from core.once import is_first
from core.people.views import refuse_suspended
from core.receipts.views import hands
from core.refusal import Refusal, Sort
from core.saved import saved
from core.security import address, takes
from tours.stories import queries, service, sound, transcript
from tours.stories.forms import TranscriptForm
from tours.stories.views import bp

MOST = "30 per hour"


@bp.post("/sound")
@may("story.tell")
@limits.each(MOST, limits.VISITORS)
def begin_sound() -> Response:
    """A new one comes, in the place of another that was not right."""
    refuse_suspended()
    return jsonify(key=sound.begin(_from_here(), request.form.get("instead", "")))


@bp.post("/sound/<key>/<int:offset>")
@may("story.tell")
@takes(sound.PIECE)
def add_sound(key: str, offset: int) -> Response | tuple[Response, int]:
    """A piece of it, from this byte on; 409 with the byte that is wanted where it does not fit."""
    try:
        return jsonify(offset=sound.add(key, offset, request.get_data(cache=False)))
    except sound.Misplaced as misplaced:
        return jsonify(offset=misplaced.wanted), 409


@bp.post("/sound/<key>/finish")
@may("story.tell")
def finish_sound(key: str) -> Response:
    """All of it came: what stands in the form of its story, by which only who sent it can put it there."""
    made = sound.finish(key, request.form.get("sha256", ""))
    try:
        with writing():
            voice = sound.keep_a_day(made)
    finally:
        shutil.rmtree(made.folder, ignore_errors=True)  # gone already when it was kept
    sound.drop(key)
    return jsonify(recorded=_signer().dumps([*_whose(), voice]), milliseconds=voice["milliseconds"])


def recorded(text: str) -> dict[str, Any]:
    """The voice that a form says was sent from here. Raises Refusal for any other text."""
    try:
        said = _signer().loads(text, max_age=int(sound.LIVES.total_seconds()))
    except BadData:
        said = []
    if said[:2] != _whose():
        raise Refusal(_l("This recording is not here any more. Please record anew."), Sort.INVALID, field="recorded")
    voice: dict[str, Any] = said[2]
    return voice


@bp.get("/<key>/sound.m4a")
@may("public.read")
def play(key: str) -> Response:
    """The voice of a story that everybody may hear now."""
    story = queries.one(g.neighbourhood.id, key)
    return _send(story.sound_key if story and queries.can_be_heard(story) else None)


@bp.get("/<key>/words.vtt")
@may("public.read")
def captions(key: str) -> Response:
    """What is said in it, each sentence at its moment (WebVTT)."""
    story = queries.one(g.neighbourhood.id, key)
    if story is None or not queries.can_be_heard(story):
        abort(404)
    cues = [transcript.Cue(*cue) for cue in story.cues or ()]
    return Response(transcript.vtt(cues, story.milliseconds or 0), mimetype="text/vtt")


@bp.get("/mine/<key>/sound.m4a")
@may("story.own")
def waiting_sound(key: str) -> Response:
    """The voice of what was handed in, for its teller, who cares for a child, and editors."""
    return _send(_heard(key).last.content["sound"]["key"])


@bp.get("/mine/<key>/transcript")
@may("story.own")
def type_out(key: str) -> str:
    """What is said, to type while listening."""
    found = _found(key)
    typed = found.last.content.get("transcript") or {"words": found.last.content["words"], "starts": []}
    starts = ",".join(map(str, typed["starts"]))
    return _page(found, TranscriptForm(data={"words": typed["words"], "starts": starts}))


@bp.post("/mine/<key>/transcript", endpoint="do_type_out")
@may("story.own")
def do_type_out(key: str) -> BaseResponse:
    """A version of its own: editors and teller say yes to it."""
    refuse_suspended()
    form = TranscriptForm(request.form)
    on_refusal(lambda: _page(_found(key), form), form)
    form.must_fit()
    with writing():
        found = _found(key)
        is_mine = found.who in hands()
        if is_first(form.twin):
            _change(found, form.content, is_mine)
    if is_mine:
        return saved(url_for(".mine", key=key), service.STORY.words.sent)
    return saved(
        url_for("desk.queue"), _l("Saved. Say at the desk that it is good; then its teller says the last yes.")
    )


def _change(found: Contribution, said: dict[str, Any], is_mine: bool) -> None:
    here = db.session.get_one(Neighbourhood, g.neighbourhood.id)
    if is_mine:
        service.change(found, here, said, found.last.language)
    else:
        service.edit(found, here, said, "", g.person.player_key, acting_as("stories.do_edit"))


def _page(found: Contribution, form: TranscriptForm) -> str:
    is_mine = found.who in hands()
    return render_template("tours/stories/transcript.html", one=found, form=form, is_mine=is_mine)


def _found(key: str) -> Contribution:
    """What has a voice, for its teller and for who may change its words."""
    found = _heard(key)
    if not (found.who in hands() or may_open("stories.edit")):
        abort(404)  # who cares for a child hears it, and asks an editor for other words
    return found


def _heard(key: str) -> Contribution:
    """What has a voice, for who may hear it before everybody does."""
    found = queries.handed_in(g.neighbourhood.id, key)
    if found is None or not found.last.content.get("sound"):
        abort(404)
    if not (queries.may_see(found, hands()) or may_open("stories.edit")):
        abort(404)
    return found


def _send(key: str | None) -> Response:
    """It, also a part of it (Range), or 404 when there is none (any more)."""
    file = media.file(key, "sound.m4a") if key else None
    if file is None:
        abort(404)
    return send_file(file, mimetype="audio/mp4", conditional=True, etag=False, last_modified=None)


def _whose() -> list[object]:
    """Where it was sent, and by which player, if one."""
    return [g.neighbourhood.id, g.person.player_key if g.person else ""]


def _from_here() -> str:
    """What the address of who asks is known by, and not to be read back."""
    secret = current_app.config["BUURT"].secret
    return hmac.digest(secret.encode(), address().encode(), "sha256").hex()[:16]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="recorded")

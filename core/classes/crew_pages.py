"""What a crew sees and does: its stops, its tasks, handing in, and asking for help. Each address has its secret."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

from flask import Response, abort, g, jsonify, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _l
from limits import parse
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.classes import queries, service, views
from core.classes.activities import ACTIVITIES, Activity, Plan, Task
from core.classes.models import Crew, Work
from core.classes.views import bp
from core.classes.words import WORDS
from core.database import db, writing
from core.errors import on_refusal, wants_json
from core.guard import may
from core.media import service as media
from core.photos import prepare
from core.refusal import Refusal, Sort
from core.saved import saved
from core.security import FORM_BYTES, takes
from core.storage import storage

SENDS = parse("600 per hour")  # of one crew
NOTHING = _l("There is nothing in it yet. You can also go on without.")
IN = _l("Handed in. Well done.")
AGAIN = _l("Handed in. What you sent before is kept too.")
LATE = _l("The lesson is over, and your work is kept after all. Your teacher sees it.")


class Doing(NamedTuple):
    """What a crew does."""

    plan: Plan
    activity: Activity


@bp.get("/class/<token>", endpoint="crew")
@may("class.crew")
def crew(token: str) -> str:
    """All stops, and which are done; after the end, that it is over."""
    return _home(_crew(token))


def _home(mine: Crew) -> str:
    if mine.school_class.is_over:
        return render_template("core/classes/over.html", **_shared(mine), done=len(queries.done(mine)))
    return render_template("core/classes/crew.html", **_shared(mine), done=queries.done(mine))


@bp.get("/class/<token>/<int:number>", endpoint="stop")
@may("class.crew")
def stop(token: str, number: int) -> str:
    """One stop with its tasks."""
    return _stop(_crew(token), number)


def _stop(mine: Crew, number: int) -> str:
    if mine.school_class.is_over:
        return _home(mine)
    shared = _shared(mine)
    stops = shared["plan"].stops
    here = stops[number - 1] if 1 <= number <= len(stops) else abort(404)
    return render_template("core/classes/stop.html", **shared, stop=here, number=number, done=queries.done(mine))


@bp.post("/class/<token>/<int:number>", endpoint="go")
@may("class.crew")
def go(token: str, number: int) -> BaseResponse:
    """They are at this stop: on to it, or in JSON how the lesson stands."""
    mine = _crew(token)
    _spend(mine)
    heard = request.form.get("heard", "0")
    with writing():
        mine = _crew(token)
        if 1 <= number <= len(_doing(mine).plan.stops):
            service.be_at(mine, number, int(heard) if heard.isdecimal() and len(heard) < 10 else 0)
    return jsonify(_state(mine)) if wants_json() else redirect(url_for(".stop", token=token, number=number), 303)


@bp.post("/class/<token>/task/<task>", endpoint="hand_in")
@may("class.crew")
@takes(prepare.MAX_BYTES + FORM_BYTES)
def hand_in(token: str, task: str) -> BaseResponse:
    """One task, with or without a photo; also twice, late, and after the end."""
    mine = _crew(token)
    number, one = _doing(mine).plan.task(task) or abort(404)
    on_refusal(lambda: _stop(_crew(token), number))
    _spend(mine)
    done, is_again, sha256 = take(mine, one)
    sentence = LATE if done.is_late else AGAIN if is_again else IN
    onwards = url_for(".stop", token=token, number=number)
    if not wants_json():
        return saved(onwards, sentence, f"task-{task}")
    if sha256:
        return make_response(jsonify(next=onwards, sha256=sha256), 201)
    return jsonify(next=onwards, answered="done", said=str(sentence))


def take(mine: Crew, task: Task, by_hand: bool = False) -> tuple[Work, bool, str]:
    """Keep what was sent for a task: the row, whether they sent one before, and the SHA-256 of a photo."""
    said = _doing(mine).activity.read_answer(task, request.form)
    key = (request.form.get("client_key") or codes.new_key())[:40]
    with ExitStack() as after:
        upload = request.files.get("photo") if task.takes_photo else None
        picture = prepare.prepare(upload.stream, storage().tmp()) if upload and upload.filename else None
        if picture:
            after.callback(shutil.rmtree, picture.folder, ignore_errors=True)
        if not said and picture is None:
            raise Refusal(NOTHING, Sort.INVALID)
        with writing():
            crew = db.session.get_one(Crew, mine.id)
            before = queries.done(crew).get(task.key)
            done = service.hand_in(crew, task.key, said, key, picture, by_hand)
            is_again = before is not None and before.id != done.id
    return done, is_again, picture.sha256 if picture else ""


@bp.post("/class/<token>/help", endpoint="help")
@may("class.crew")
def help_(token: str) -> BaseResponse:
    """The teacher's board says that they ask for help; or that they need it no more."""
    _spend(_crew(token))
    is_asked = request.form.get("done") is None
    with writing():
        mine = _crew(token)
        service.ask_help(mine) if is_asked else service.help_is_done(mine)
    sentence = _l("Your teacher sees it. Stay where you are.") if is_asked else _l("Good. Go on.")
    return saved(url_for(".stop", token=token, number=mine.stop), sentence)


@bp.post("/class/<token>/leave", endpoint="leave")
@may("class.crew")
def leave(token: str) -> BaseResponse:
    """This device is not theirs any more; the crew goes on elsewhere."""
    _crew(token)
    return views.forget(saved(url_for(".join"), _l("This device is free again.")))


@bp.get("/class/<token>/work/<work>.webp", endpoint="own_picture")
@may("class.crew")
def own_picture(token: str, work: str) -> Response:
    """A picture that they sent themselves."""
    mine = _crew(token)
    found = queries.work(mine.school_class, work)
    return send(found if found and found.crew_id == mine.id else None, "medium")


def drawing(activity: Activity) -> Callable[[Task], Markup]:
    """How a task is drawn: what an activity gives is HTML of our own templates."""
    return lambda task: Markup(activity.draw(task))  # nosec: our templates


def send(work: Work | None, size: str) -> Response:
    """The picture of what was handed in, or 404."""
    file = media.file(work.media, f"{size}.webp") if work and work.media else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


def _crew(token: str) -> Crew:
    found = queries.crew(g.neighbourhood.id, token)
    if found is None:
        raise Refusal(service.NOT_HERE, Sort.UNKNOWN)
    return found


def _doing(mine: Crew) -> Doing:
    plan, activity = service.plan_of(mine.school_class), ACTIVITIES.of(mine.school_class.kind)
    if plan is None or activity is None:
        raise Refusal(_l("This lesson is not here any more. Ask your teacher for a sheet."), Sort.GONE)
    return Doing(plan, activity)


def _shared(mine: Crew) -> dict[str, Any]:
    """What all pages of a crew say."""
    doing, token = _doing(mine), service.token(mine)
    return {
        "crew": mine, "plan": doing.plan, "draw": drawing(doing.activity), "token": token, "state": _state(mine),
        "sheets": doing.plan.sheets, "scripts": doing.plan.scripts, "pages": _pages(mine, doing.plan),
        "gone_on": mine.school_class.gone_on, "back_qr": codes.qr(g.public_url + url_for(".crew", token=token)),
    }  # fmt: skip


def _pages(mine: Crew, plan: Plan) -> str:
    """The addresses of all pages of a crew."""
    token = service.token(mine)
    stops = [url_for(".stop", token=token, number=number) for number in range(1, len(plan.stops) + 1)]
    return " ".join([url_for(".crew", token=token), *stops])


def _state(mine: Crew) -> dict[str, Any]:
    """What can change while a crew walks."""
    word = queries.said_to(mine)
    return {
        "word": str(WORDS[word.says].sentence) if word else "", "icon": WORDS[word.says].icon if word else "",
        "heard": word.id if word else 0, "asks": mine.help_at is not None,
        "rests": mine.school_class.paused_at is not None, "over": mine.school_class.is_over,
    }  # fmt: skip


def _spend(mine: Crew) -> None:
    limits.spend([(SENDS, "class", mine.key)])

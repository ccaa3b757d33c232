"""The pages of an encounter: one thing a page, from the photo to the points."""

import shutil

from flask import Blueprint, Flask, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, jobs
from core.database import db, writing
from core.errors import wants_json
from core.guard import may
from core.neighbourhoods.models import Neighbourhood
from core.pages import panels
from core.people import queries as people
from core.people import service as joining
from core.people.models import Person
from core.people.views import JOINS, give_device, said_young
from core.photos import prepare
from core.photos.prepare import Prepared
from core.photos.views import send
from core.refusal import Refusal, Sort
from core.security import limiter
from core.storage import storage
from game.challenges import queries as challenges
from game.challenges.models import Challenge
from game.encounters import queries, seen, service
from game.encounters.addresses import Ref, is_code
from game.encounters.models import CODE_LIVES, Encounter, State
from game.scoring import queries as scoring
from game.scoring import rules

bp = Blueprint("encounters", __name__)
GUESSES = limiter.shared_limit("30 per 10 minutes", "guesses", deduct_when=lambda answer: answer.status_code == 404)
UPLOADS = limiter.limit("40 per hour", key_func=lambda: g.person.player_key if g.person else "")


def init_app(app: Flask) -> None:
    """Register the pages, what waits for an answer, and the sweep."""
    app.url_map.converters["ref"] = Ref
    app.register_blueprint(bp)
    panels.wait_for(app, queries.count_waiting_for)
    jobs.sweep(app, "encounters", service.sweep)


@bp.get("/w/<slug>/together")
@may("encounter.start")
def together() -> str:
    """Which challenge did you do?"""
    here = g.neighbourhood.id
    return render_template(
        "game/encounters/choose.html", today=challenges.todays(here, clock.today()), challenges=challenges.of(here)
    )


@bp.get("/w/<slug>/together/<challenge>")
@may("encounter.start")
def hand_in(challenge: str) -> str:
    """Step 2: the photo."""
    return render_template(
        "game/encounters/photo.html",
        challenge=_challenge(challenge),
        client_key=codes.new_key(),
        max_bytes=prepare.MAX_BYTES,
    )


@bp.post("/w/<slug>/together/<challenge>", endpoint="do_hand_in")
@may("encounter.start")
@UPLOADS
def do_hand_in(challenge: str) -> Response | BaseResponse | tuple[Response, int]:
    """Hand in: the photo is prepared first, outside any transaction; then one short write."""
    wanted, tag = _challenge(challenge), request.form.get("tag", "").strip()
    client_key = request.form.get("client_key", "")[:40] or codes.new_key()
    prepared = _prepared()
    try:
        with writing():
            me = db.session.get_one(Person, g.person.id)
            companion = _by_tag(me, tag) if tag else None
            encounter = service.hand_in(me, db.session.get_one(Challenge, wanted.id), prepared, client_key, companion)
            if encounter.state == State.DRAFT and queries.code_of(encounter) is None:
                service.new_code(encounter.id, me)
            key = encounter.key
    finally:
        if prepared:
            shutil.rmtree(prepared.folder, ignore_errors=True)  # gone already when it was kept
    onwards = url_for(".show", ref=key)
    if wants_json():
        return jsonify(next=onwards, sha256=prepared.sha256 if prepared else ""), 201
    return redirect(onwards, 303)


@bp.get("/e/")
@may("encounter.look")
def scan() -> str:
    """The scanner beside the six letters."""
    g.scans = True
    return render_template("game/encounters/scan.html")


@bp.post("/e/")
@may("encounter.look")
@GUESSES
def enter() -> BaseResponse:
    """Six letters, typed."""
    letters = codes.read_short_code(request.form.get("code", ""))
    if letters is None:
        raise Refusal(_l("A code has six letters or figures, like K7R X4P."), Sort.INVALID)
    service.by_code(letters)  # refuses what leads nowhere, here where they typed it
    return redirect(url_for(".show", ref=letters), 303)


@bp.get("/e/<ref:ref>")
@may("encounter.look")
@GUESSES
def show(ref: str) -> str | BaseResponse:
    """An encounter as this reader may see it now."""
    encounter = _read(ref)
    me = _me(encounter)
    if encounter.merged_into and me:
        return redirect(url_for(".show", ref=encounter.merged_into.key), 303)
    if is_code(ref) and me:
        return redirect(url_for(".show", ref=encounter.key), 303)
    if encounter.is_confirmed and me:
        return _points(encounter, me)
    if not encounter.is_open:
        declined = encounter.state == State.DECLINED and me == encounter.companion
        return render_template("game/encounters/gone.html", viewer_declined=declined and me is not None)
    if me == encounter.starter:
        return _draft(encounter) if encounter.state == State.DRAFT else _proposed(encounter)
    return _question(encounter, ref, here=False)


@bp.get("/e/<ref:ref>/state")
@may("encounter.look")
@GUESSES
def state(ref: str) -> Response:
    """What the page waits for; it turns when this changes."""
    return jsonify(state=_state(_read(ref)))


@bp.get("/e/<ref:ref>/photo/<photo>/<any(small, medium, large):size>.webp")
@may("encounter.look")
@GUESSES
def photo(ref: str, photo: str, size: str) -> Response:
    """A photo, for the two in it and for who holds the code: each size by the same check."""
    encounter = _read(ref)
    return send(next((kept for kept in encounter.photos if kept.key == photo), None), size)


@bp.post("/e/<ref:ref>/join")
@may("person.join")
@GUESSES
@limiter.limit(JOINS)
def join(ref: str) -> BaseResponse:
    """Join in the middle of somebody's code, and become the companion. Answering comes next."""
    encounter = _read(ref)
    if g.person:
        return redirect(url_for(".show", ref=ref), 303)
    with writing():
        person = joining.join(_neighbourhood(encounter), request.form.get("name", ""), said_young())
        if not person.is_young:
            service.come_by_code(encounter.id, person)
        return give_device(redirect(url_for(".show", ref=ref), 303), person)


@bp.post("/e/<ref:ref>/yes")
@may("encounter.answer")
@GUESSES
def yes(ref: str) -> BaseResponse:
    """Yes, with or without the photo."""
    encounter = _read(ref)
    with writing():
        person, here = _answering(encounter)
        done = service.agree(encounter.id, person, request.form.get("photo") != "without", on_this_phone=here)
        key = done.key
    return redirect(url_for(".show", ref=key), 303)


@bp.post("/e/<ref:ref>/no")
@may("encounter.answer")
@GUESSES
def no(ref: str) -> BaseResponse:
    """No. There is no question after it."""
    encounter = _read(ref)
    with writing():
        person, _here = _answering(encounter)
        key = service.decline(encounter.id, person).key
    return redirect(url_for(".show", ref=key), 303)


@bp.post("/e/<ref:ref>/take-back")
@may("encounter.own")
def take_back(ref: str) -> BaseResponse:
    """The starter does not want this after all."""
    with writing():
        service.take_back(_read(ref).id, _again())
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/e/<ref:ref>/code")
@may("encounter.own")
@limiter.limit("60 per hour")
def new_code(ref: str) -> BaseResponse:
    """Six fresh letters."""
    with writing():
        service.new_code(_read(ref).id, _again())
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/e/<ref:ref>/here")
@may("encounter.own")
def here(ref: str) -> str:
    """One phone for two: who is the other?"""
    encounter = _own(ref)
    offered = joining.offer_name(_neighbourhood(encounter))
    return render_template("game/encounters/here.html", encounter=encounter, offered=offered)


@bp.post("/e/<ref:ref>/here", endpoint="do_here")
@may("encounter.own")
@limiter.limit(JOINS)
def do_here(ref: str) -> BaseResponse:
    """The other is named by their six letters, or joins on this phone."""
    encounter = _own(ref)
    tag = request.form.get("tag", "").strip()
    with writing():
        me = _again()
        other = _by_tag(me, tag) if tag else _join_here(encounter)
        named = service.name_companion(encounter.id, me, other)
        answers_here = service.answers_on_this_phone(named, other)
        key = named.key
    return redirect(url_for(".answer_here" if answers_here else ".show", ref=key), 303)


@bp.get("/e/<ref:ref>/here/answer")
@may("encounter.own")
def answer_here(ref: str) -> str | BaseResponse:
    """The phone is handed over: the other answers on it."""
    encounter = _own(ref)
    if encounter.state != State.PROPOSED or not encounter.is_open:
        return redirect(url_for(".show", ref=ref), 303)
    service.companion_on_this_phone(encounter, g.person)
    return _question(encounter, ref, here=True)


@bp.post("/e/<ref:ref>/photo/<photo>/withdraw")
@may("photo.withdraw")
def withdraw(ref: str, photo: str) -> BaseResponse:
    """The photo goes; the encounter and the points stay."""
    with writing():
        service.withdraw_photo(_read(ref).id, _again(), photo)
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/e/<ref:ref>/photo/<photo>/yes")
@may("encounter.answer")
def allow(ref: str, photo: str) -> BaseResponse:
    """Yes to a photo that came with the other's report of the same meeting."""
    with writing():
        service.allow_photo(_read(ref).id, _again(), photo)
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/w/<slug>/waiting")
@may("encounter.own")
def waiting() -> str:
    """Meetings that wait for your answer."""
    found = queries.waiting_for(g.person)
    names = seen.names(found)
    return render_template(
        "game/encounters/waiting.html", items=[(one, names[one.starter], one.challenge) for one in found]
    )


@bp.get("/w/<slug>/album")
@may("encounter.own")
def album() -> str:
    """Your meetings, the newest first."""
    found = queries.album(g.person, request.args.get("before", type=int))
    page = found[: queries.PAGE]
    names, me = seen.names(page), g.person.player_key
    items = [
        (one, names[one.other(me) or ""], one.challenge, seen.shared(one, me), clock.day_of(one.moment)) for one in page
    ]
    older = url_for(".album", before=page[-1].id) if len(found) > len(page) else None
    return render_template("game/encounters/album.html", items=items, older=older)


def _draft(encounter: Encounter) -> str:
    code = queries.code_of(encounter)
    host = g.public_url
    return render_template(
        "game/encounters/code.html", encounter=encounter, challenge=encounter.challenge, state=_state(encounter),
        code=code.letters if code else "", qr=codes.qr(f"{host}{url_for('.show', ref=code.letters)}") if code else "",
        host=host.partition("://")[2], seconds_left=code.seconds_left(clock.now()) if code else 0,
        valid_seconds=int(CODE_LIVES.total_seconds()), photos=_pictures(encounter, encounter.key),
    )  # fmt: skip


def _proposed(encounter: Encounter) -> str:
    other = people.by_player_key(encounter.companion or "")
    return render_template(
        "game/encounters/waiting_for.html", encounter=encounter, challenge=encounter.challenge, me=g.person,
        other={"name": seen.names([encounter])[encounter.companion or ""]}, state=_state(encounter),
        photos=_pictures(encounter, encounter.key), answer_by=clock.local(encounter.answer_by),
        on_this_phone=other is not None and service.answers_on_this_phone(encounter, other),
    )  # fmt: skip


def _question(encounter: Encounter, ref: str, here: bool) -> str:
    if g.person:
        service.must_be_able_to_meet(g.person)
    names = seen.names([encounter])
    join = None if g.person else {"offered": joining.offer_name(_neighbourhood(encounter))}
    return render_template(
        "game/encounters/question.html", encounter=encounter, starter_name=names[encounter.starter], ref=ref, here=here,
        companion=names.get(encounter.companion or ""), challenge=encounter.challenge, join=join,
        photos=_pictures(encounter, ref),
    )  # fmt: skip


def _points(encounter: Encounter, me: str) -> str:
    names = seen.names([encounter])
    partner = people.by_player_key(encounter.other(me) or "")
    paid = scoring.entries(encounter.key, me)
    return render_template(
        "game/encounters/points.html", encounter=encounter, challenge=encounter.challenge, me=g.person,
        other={"name": names[encounter.other(me) or ""],
               "zone_name": partner.zone.name if partner and partner.zone and not partner.zone.is_future else None},
        price=sum(entry.points for entry in paid), scored=bool(paid), reason=_why_no_points(encounter),
        lines=[(rules.sentence(name), points) for entry in paid for name, points in entry.lines],
        total_mine=scoring.points(encounter.season_id, me) if encounter.season_id else None,
        photos=_pictures(encounter, encounter.key),
    )  # fmt: skip


def _why_no_points(encounter: Encounter) -> LazyString:
    if encounter.season_id is None:
        return _l("There is no season now. This meeting is in your album.")
    if not encounter.scores:
        return _l("Five meetings a week score on one phone. This one is in your album.")
    return _l("You two met before. Good to see each other again. It is in your album.")


def _state(encounter: Encounter) -> str:
    """An opaque word for what a page waits for: declined and expired are one word."""
    if not encounter.is_open and not encounter.is_confirmed:
        return "over"
    return f"{encounter.state}-{sum(not kept.is_forgotten for kept in encounter.photos)}"


def _read(ref: str) -> Encounter:
    """The encounter of an address, for one of the two or for who holds its live code; else it is not there."""
    encounter = service.by_code(ref) if is_code(ref) else queries.by_key(ref)
    if encounter is None:
        abort(404)
    mine = g.person is not None and g.person.player_key in encounter.players
    if is_code(ref) and encounter.companion and not mine:
        raise Refusal(_l("This code was used already. Ask the other for a new one."), Sort.GONE)
    if not is_code(ref) and not mine:
        abort(404)
    g.neighbourhood = _neighbourhood(encounter)
    if g.person and g.person.neighbourhood_id != encounter.neighbourhood_id:
        raise Refusal(_l("You play in another neighbourhood. A meeting is between two who play in the same one."))
    return encounter


def _own(ref: str) -> Encounter:
    encounter = _read(ref)
    return encounter if _me(encounter) == encounter.starter else abort(404)


def _me(encounter: Encounter) -> str | None:
    mine = g.person is not None and g.person.player_key in encounter.players
    return g.person.player_key if mine else None


def _again() -> Person:
    """The one who asks, read inside the transaction that judges."""
    return db.session.get_one(Person, g.person.id)


def _answering(encounter: Encounter) -> tuple[Person, bool]:
    """Who answers, and whether they do it on the starter's phone."""
    if request.form.get("here") == "1":
        return service.companion_on_this_phone(encounter, _again()), True
    return _again(), False


def _join_here(encounter: Encounter) -> Person:
    return joining.join(_neighbourhood(encounter), request.form.get("name", ""), said_young())


def _by_tag(me: Person, tag: str) -> Person:
    letters = codes.read_short_code(tag)
    found = people.by_tag(me.neighbourhood_id, letters) if letters else None
    if found is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    return found


def _neighbourhood(encounter: Encounter) -> Neighbourhood:
    return db.session.get_one(Neighbourhood, encounter.neighbourhood_id)


def _challenge(key: str) -> Challenge:
    return challenges.by_key(g.neighbourhood.id, key) or abort(404)


def _pictures(encounter: Encounter, ref: str) -> list[seen.Picture]:
    return seen.pictures(encounter, ref, _me(encounter))


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

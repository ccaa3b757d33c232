"""The pages of an encounter after the photo: the code, the question, the answers, the points."""

from contextlib import suppress

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, guesses, limits, menus
from core import jobs as clockwork
from core.database import writing
from core.errors import on_refusal, wants_json
from core.forms import SixLetters
from core.guard import may
from core.menus import Line
from core.people import households
from core.people.kept_forms import refuse_another
from core.people.models import Person
from core.people.views import give_device, join_as_asked, join_form, pause, refuse_suspended, reread
from core.people.waiting import WAITING
from core.photos import captions
from core.photos.views import send
from core.refusal import about
from core.saved import saved
from game.encounters import (
    addresses,
    after,
    album_pages,
    allowed,
    another_pages,
    block_pages,
    card_pages,
    choosing_pages,
    hand_in_pages,
    instead_pages,
    jobs,
    meeting_pages,
    own_copies_pages,
    personal_data,
    queries,
    second_yes,
    service,
    talk,
)
from game.encounters.addresses import bp, is_code
from game.encounters.forms import TagForm, WordsForm
from game.encounters.models import Encounter, State
from game.visits import forms as being_there

TOGETHER = Line("encounters.together", "samen", _l("Photo together"), name="together")
SEARCH = Line("challenges.index", "zoek", _l("Search"), {"alone": 1}, name="search")
DONE_HERE = {  # by purpose, for the pages of core (core/menus.py)
    "meet": "encounters.together",
    "meet with": "encounters.meet",
    "scan": "encounters.scan",
    "answer": "encounters.waiting",
    "album": "encounters.album",
    "without network": "encounters.offline",
}


def init_app(app: Flask) -> None:
    """Register the pages and the ways to them, what waits for an answer, and the sweep."""
    app.url_map.converters["ref"] = addresses.Ref
    hand_in_pages.init_app(app)
    choosing_pages.init_app(app)
    another_pages.init_app(app)
    card_pages.init_app(app)
    block_pages.init_app(app)
    instead_pages.init_app(app)
    album_pages.init_app(app)
    personal_data.init_app(app)
    app.register_blueprint(bp)
    WAITING.add(app, "meetings", queries.who_wait_for)
    menus.MAIN.add(app, "together", lambda searches: SEARCH if searches else TOGETHER, order=50)
    menus.ME.add(app, "album", menus.always(Line("encounters.album", "camera", _l("Album"))), order=10)
    for purpose, endpoint in DONE_HERE.items():
        menus.PURPOSES.add(app, purpose, menus.page(endpoint))
    menus.PURPOSES.add(app, "type a code", lambda: url_for("encounters.enter") if instead_pages.may_start() else None)
    captions.CAPTIONS.add(app, "challenges", meeting_pages.captions)
    clockwork.SWEEPS.add(app, "encounters", jobs.sweep)


@bp.get("/e/")
@may("encounter.look")
def scan() -> str:
    """The scanner beside the six letters."""
    return _scan(SixLetters())


def _scan(form: SixLetters) -> str:
    g.scans = True
    return render_template("game/encounters/scan.html", form=form)


@bp.post("/e/")
@may("encounter.look")
def enter() -> BaseResponse:
    """Six letters, typed."""
    form = SixLetters(request.form)
    on_refusal(lambda: _scan(form), form)
    form.must_fit()
    with about("code"):
        addresses.by_letters(form.code.data)  # refuses what leads nowhere, here where they typed it
    return redirect(url_for(".show", ref=form.code.data), 303)


@bp.get("/e/<ref:ref>")
@may("encounter.look")
def show(ref: str) -> str | BaseResponse:
    """An encounter as this reader may see it now."""
    encounter = addresses.read(ref)
    me = addresses.me(encounter)
    if ref != encounter.key and me:
        return redirect(url_for(".show", ref=encounter.key), 303)
    if encounter.is_confirmed and me:
        return after.points(encounter, me)
    if pause() and me and allowed.stands(encounter, even=me):
        return meeting_pages.paused(encounter, me)
    if not allowed.stands(encounter):
        return meeting_pages.gone(encounter, me)
    if me == encounter.starter and encounter.said_yes(me):
        return meeting_pages.code(encounter) if encounter.state == State.DRAFT else meeting_pages.waiting(encounter)
    if g.person and encounter.companion is None and service.did_before(encounter, g.person):
        return another_pages.page(encounter, ref, encounter.starter)
    return meeting_pages.question(encounter, ref, here=False)


@bp.get("/e/<ref:ref>/state")
@may("encounter.look")
def state(ref: str) -> Response:
    """What the page waits for; it turns when this changes."""
    return jsonify(state=meeting_pages.state(addresses.read(ref)))


@bp.get("/e/<ref:ref>/photo/<photo>/<any(small, medium, large):size>.webp")
@may("encounter.look")
def photo(ref: str, photo: str, size: str) -> Response:
    """A photo, for the two in it and whoever holds the code. Each size is checked the same way."""
    encounter = addresses.read(ref)
    is_there = encounter.is_confirmed or allowed.stands(encounter)
    return send(next((kept for kept in encounter.photos if is_there and kept.key == photo), None), size)


@bp.post("/e/<ref:ref>/join")
@may("person.join")
def join(ref: str) -> BaseResponse:
    """Join in the middle of somebody's code. It consumes nothing: the answer that comes next does."""
    encounter = addresses.read(ref)
    if g.person:
        return redirect(url_for(".show", ref=ref), 303)
    on_refusal(
        lambda: meeting_pages.question(encounter, ref, here=False), join_form(addresses.neighbourhood(encounter))
    )
    with writing():
        person = join_as_asked(addresses.neighbourhood(encounter))
        return give_device(redirect(url_for(".show", ref=ref), 303), person)


@bp.post("/e/<ref:ref>/yes")
@may("encounter.answer")
def yes(ref: str) -> BaseResponse:
    """Yes, with or without the photo. Said twice it is one; a phone that kept it hears what is recorded."""
    refuse_another()
    with_photo = request.form.get("photo") != "without"
    is_plain = with_photo and request.form.get("here") != "1" and not being_there.says_something()
    if is_plain and (key := _in_one_go(ref, g.person.player_key)):
        return _recorded("yes", key)
    encounter = addresses.to_answer(ref)
    if request.form.get("here") == "1" or not encounter.said_yes(g.person.player_key):
        refuse_suspended()
    meeting = encounter.id  # asked for inside, the whole meeting would be read once more
    evidence = being_there.evidence(encounter.challenge.spot, encounter.challenge.on_site)
    with writing():
        person, here = _answering(encounter)
        done = service.agree(meeting, person, with_photo, on_this_phone=here, evidence=evidence)
        key, leaves_letters = done.key, here and done.is_confirmed
    return _recorded("yes", key, ".letters" if leaves_letters else ".show")


@bp.post("/e/<ref:ref>/no")
@may("encounter.answer")
def no(ref: str) -> BaseResponse:
    """No. There is no question after it."""
    refuse_another()
    encounter = addresses.to_answer(ref)
    meeting = encounter.id
    with writing():
        person, _here = _answering(encounter)
        key = service.decline(meeting, person).key
    return _recorded("no", key)


@bp.post("/e/<ref:ref>/take-back")
@may("encounter.own")
def take_back(ref: str) -> BaseResponse:
    """The starter does not want this after all."""
    with writing():
        service.take_back(addresses.read(ref).id, reread())
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/e/<ref:ref>/code")
@may("encounter.own")
@limits.each("60 per hour")
def new_code(ref: str) -> BaseResponse:
    """Six fresh letters."""
    refuse_suspended()
    with writing():
        service.new_code(addresses.read(ref).id, reread())
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/e/<ref:ref>/here")
@may("encounter.own")
def here(ref: str) -> str:
    """One phone for two: who is the other?"""
    refuse_suspended()
    return _here(addresses.own(ref), TagForm())


def _here(encounter: Encounter, tag: TagForm) -> str:
    form = join_form(addresses.neighbourhood(encounter))
    return render_template("game/encounters/here.html", encounter=encounter, form=form, tag=tag)


@bp.post("/e/<ref:ref>/here", endpoint="do_here")
@may("encounter.own")
def do_here(ref: str) -> BaseResponse:
    """The other is named by their six letters, or joins on this phone."""
    refuse_suspended()
    encounter, form = addresses.own(ref), TagForm(request.form)
    is_named = bool(request.form.get("tag", "").strip())
    on_refusal(lambda: _here(encounter, form), form if is_named else join_form(addresses.neighbourhood(encounter)))
    limits.spend(limits.by_who("named here", "60 per hour"))
    form.must_fit()
    with writing():
        me, tag = reread(), form.tag.data
        other = addresses.by_tag(me, tag) if tag else join_as_asked(addresses.neighbourhood(encounter))
        named = service.name_companion(encounter.id, me, other)
        answers_here = service.answers_on_this_phone(named, other)
        key = named.key
    return redirect(url_for(".answer_here" if answers_here else ".show", ref=key), 303)


@bp.get("/e/<ref:ref>/here/answer")
@may("encounter.own")
def answer_here(ref: str) -> str | BaseResponse:
    """The phone is handed over: the other answers on it."""
    encounter = addresses.own(ref)
    if encounter.state != State.PROPOSED or not allowed.stands(encounter):
        return redirect(url_for(".show", ref=ref), 303)
    service.companion_on_this_phone(encounter, g.person)
    return meeting_pages.question(encounter, ref, here=True)


@bp.get("/e/<ref:ref>/here/letters")
@may("encounter.own")
def letters(ref: str) -> str | BaseResponse:
    """Who answered on this phone takes their letters along, before it goes back."""
    encounter = addresses.own(ref)
    if not encounter.is_confirmed:
        return redirect(url_for(".show", ref=ref), 303)
    return after.letters(encounter, service.companion_on_this_phone(encounter, g.person))


@bp.post("/e/<ref:ref>/photo/<photo>/withdraw")
@may("photo.withdraw")
def withdraw(ref: str, photo: str) -> BaseResponse:
    """The photo goes; the encounter and the points stay."""
    with writing():
        service.withdraw_photo(addresses.read(ref).id, reread(), photo)
    return saved(url_for(".show", ref=ref), _l("The photo is gone, for both of you. The points stay."))


@bp.post("/e/<ref:ref>/photo/<photo>/yes")
@may("encounter.answer")
def allow(ref: str, photo: str) -> BaseResponse:
    """Yes to a photo that came with the other's report of the same meeting."""
    refuse_suspended()
    with writing():
        service.allow_photo(addresses.read(ref).id, reread(), photo)
    return saved(url_for(".show", ref=ref), _l("Saved. The two of you see this photo now."))


@bp.post("/e/<ref:ref>/words")
@may("encounter.own")
def words(ref: str) -> BaseResponse:
    """What you said at a talk card, or taking it back."""
    if request.form.get("take_back") == "1":
        with writing():
            talk.take_back(addresses.read(ref), g.person.player_key)
        return saved(url_for(".show", ref=ref), _l("Your words are gone, for both of you."), "words")
    refuse_suspended()
    talk.must_have_card(addresses.read(ref), g.person.player_key)
    form = WordsForm(request.form)
    on_refusal(lambda: after.points(addresses.read(ref), g.person.player_key, form), form)
    limits.spend(limits.by_who("words", "60 per hour"))
    form.must_fit()
    with writing():
        talk.say(addresses.read(ref), g.person.player_key, form.words.data)
    return saved(url_for(".show", ref=ref), _l("Kept. You two read it once you both wrote."), "words")


@bp.get("/w/<slug>/waiting")
@may("encounter.own")
def waiting() -> str:
    """Meetings that wait for your answer."""
    found = queries.waiting_for(g.person)
    names = meeting_pages.names(found)
    return render_template(
        "game/encounters/waiting.html",
        items=[(one, names[one.other(g.person.player_key) or ""], one.challenge) for one in found],
        households=[ask.asker.name for ask in households.waiting_for(g.person)],
    )


@bp.get("/w/<slug>/album")
@may("encounter.own")
def album() -> str:
    """Your meetings, the newest first; after those your own photos of seasons that are closed."""
    if "closed" in request.args:
        return own_copies_pages.album()
    found = queries.album(g.person, request.args.get("before"))
    page = found[: queries.PAGE]
    names, me = meeting_pages.names(page), g.person.player_key
    items = [
        (one, names[one.other(me) or ""], one.challenge, meeting_pages.shared(one, me), clock.day_of(one.moment))
        for one in page
    ]
    older = url_for(".album", before=page[-1].key) if len(found) > len(page) else None
    choices = meeting_pages.chosen([picture for item in items for picture in item[3]], me)
    return render_template(
        "game/encounters/album.html", items=items, older=older, choices=choices, **own_copies_pages.about(g.person)
    )


def _in_one_go(ref: str, player: str) -> str | None:
    letters = codes.letters_of(ref) if is_code(ref) else None
    if letters:
        guesses.must_be_able_to_try(ref)
    with suppress(IntegrityError), writing():  # the other phone reported it a moment ago: the plain way sees that
        return second_yes.say(letters or ref, player)
    return None


def _recorded(answer: str, key: str, page: str = ".show") -> BaseResponse:
    """On to the meeting; a phone that kept the answer hears that it may let it go."""
    onwards = url_for(page, ref=key)
    return jsonify(answered=answer, next=onwards) if wants_json() else redirect(onwards, 303)


def _answering(encounter: Encounter) -> tuple[Person, bool]:
    """Who answers, and whether they do it on the starter's phone."""
    if request.form.get("here") == "1":
        return service.companion_on_this_phone(encounter, reread()), True
    return reread(), False

"""The two did this challenge already: another one that fits, in one tap, for the same meeting with its photo."""

from flask import Flask, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes
from core.database import writing
from core.errors import Answer, refused, wants_json
from core.guard import may
from core.people.models import Person
from core.people.views import refuse_suspended, reread
from game.challenges import fitting
from game.challenges import queries as challenges
from game.encounters import addresses, queries, service
from game.encounters.models import Encounter, State
from game.encounters.service import DoneBefore, NoChallenge


def init_app(app: Flask) -> None:
    """Register the pages beside those of the blueprint, whose names they share, and what leads to them."""
    for path in ("/e/<ref:ref>/another", "/e/<ref:ref>/another/<letters>"):
        app.add_url_rule(path, "encounters.another", another)
        app.add_url_rule(path, "encounters.do_another", do_another, methods=["POST"])
    app.register_error_handler(DoneBefore, _done_before)
    app.register_error_handler(NoChallenge, _no_challenge)


@may("encounter.own")
def another(ref: str, letters: str = "") -> str | BaseResponse:
    """For the starter: which challenge instead, with the person these letters name."""
    encounter = addresses.own(ref)
    if encounter.state != State.DRAFT or not encounter.is_open:
        return redirect(url_for(".show", ref=ref), 303)
    return page(encounter, ref, addresses.by_tag(g.person, letters).player_key if letters else None, letters)


@may("encounter.answer")
def do_another(ref: str, letters: str = "") -> BaseResponse:
    """We do this one. With letters the other is named in the same tap; whoever read the code answers next."""
    refuse_suspended()
    encounter = addresses.read(ref)
    chosen = challenges.by_key(encounter.neighbourhood_id, request.form.get("challenge", ""))
    if chosen is None:
        raise NoChallenge
    meeting, challenge_id, starts = encounter.id, chosen.id, addresses.me(encounter) is not None
    with writing():
        me = reread()
        service.switch(meeting, me, challenges.by_id(challenge_id))
        named = service.name_companion(meeting, me, addresses.by_tag(me, letters)) if letters and starts else None
        key = named.key if named else ref
    return redirect(url_for(".show", ref=key), 303)


def page(encounter: Encounter, ref: str, other: str | None, letters: str = "") -> str:
    """Three that fit these two now; `other`: the player key of the one that the reader meets."""
    me: Person = g.person
    offered = challenges.of(encounter.neighbourhood_id)
    done = service.done_together(me, other, offered) if other else set()
    fits = fitting.for_two(offered, without=done | {encounter.challenge_id})
    turn = challenges.todays(encounter.neighbourhood_id, clock.today())
    return render_template(
        "game/encounters/another.html", three=fitting.three(fits, turn, queries.done_by(me.player_key)), ref=ref,
        letters=letters, has_photo=any(not photo.is_forgotten for photo in encounter.photos),
    )  # fmt: skip


def _done_before(refusal: DoneBefore) -> Answer:
    """On to where another is chosen, in place of a page that only says no; at a host's desk the field says it."""
    ref = (request.view_args or {}).get("ref")
    if ref is None or wants_json():
        return refused(refusal)
    letters = codes.letters_of(request.form.get("tag", ""))
    page = url_for("encounters.another", ref=ref, letters=letters) if letters else url_for("encounters.show", ref=ref)
    return redirect(page, 303)


def _no_challenge(refusal: NoChallenge) -> Answer:
    """To where one chooses; with somebody, to what these two can do."""
    with_whom = codes.letters_of(request.values.get("tag", ""))
    choosing = url_for("encounters.meet", letters=with_whom) if with_whom else url_for("encounters.together")
    refusal.way_on = (choosing, _l("Choose another challenge"))
    return refused(refusal)

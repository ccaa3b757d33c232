"""Makers write challenges, look at them as players see them, retire them and bring them back."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import clock, spreadsheet
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.places import queries as places
from core.refusal import Sort, about
from core.saved import saved
from game.challenges import forms, queries, service, themes
from game.challenges.forms import ChallengeForm
from game.challenges.kinds import KINDS, Kind
from game.challenges.models import MARKS, Challenge, State, Theme

HEADING = (
    "key", "kind", "title nl", "what to do nl", "question nl", "title en", "what to do en", "question en", "free",
    "step-free", "indoor", "faceless", "spot", "theme", "zone", "answer", "to choose from nl", "from hour",
    "until hour", "first day", "last day", "retired",
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, under = app.add_url_rule, "/w/<slug>/staff/challenges"
    add(under, "challenges.mine", mine)
    add(f"{under}.csv", "challenges.table", table)
    add(f"{under}/new", "challenges.new", new)
    add(f"{under}/new", "challenges.do_new", do_new, methods=["POST"])
    add(f"{under}/<challenge>", "challenges.change", change)
    add(f"{under}/<challenge>", "challenges.do_change", do_change, methods=["POST"])
    add(f"{under}/<challenge>/retire", "challenges.retire", retire, methods=["POST"])
    add(f"{under}/<challenge>/restore", "challenges.restore", restore, methods=["POST"])
    TEAM.add(app, "challenges", always(Line("challenges.mine", "hinkel", _l("Challenges"), group=Group.MAKE)), order=70)


@may("challenge.make")
def mine() -> str:
    """What is offered, what comes, what is over, and what was retired."""
    found = queries.of_staff(g.neighbourhood.id, g.person.player_key)
    away, key = queries.taken_away(found), request.args.get("retired")
    just = next((one for one in found if one.retired_at and one.key == key and key not in away), None)
    return render_template("game/challenges/mine.html", challenges=found, away=away, just=just, day_now=clock.today())


@may("challenge.make")
def table() -> Response:
    """All that is shown or was, for a spreadsheet; nothing about persons."""
    found = queries.of_staff(g.neighbourhood.id, me="")  # nobody: without what waits
    return spreadsheet.table(f"{g.neighbourhood.slug}-challenges", HEADING, map(_row, found))


@may("challenge.make")
def new() -> str:
    """Which kind? Then its form, with what the address says of it: so an idea of a neighbour comes here."""
    asked = {name: request.args[name][:240] for name in forms.FROM_ADDRESS if name in request.args}
    if kind := KINDS.get(request.args.get("kind", "")):
        return _form(kind, ChallengeForm(kind, data=forms.begun(asked)))
    return render_template("game/challenges/choose_kind.html", kinds=KINDS.values(), asked=asked)


@may("challenge.make")
def do_new() -> str | BaseResponse:
    """Look at it first, or put it in."""
    kind = KINDS.get(request.form.get("kind", "")) or abort(404)
    form = ChallengeForm(kind, request.form)
    on_refusal(lambda: _form(kind, form), form, Sort.BUSY)
    if "see" in request.form:
        return _form(kind, form, cards=_cards(kind, form, None))
    with writing():
        return _saved(_mine(once(form.twin, lambda: _make(kind, form))))


@may("challenge.make")
def change(challenge: str) -> str:
    """The form as it stands."""
    found = _mine(challenge)
    kind = KINDS[found.kind]
    return _form(kind, ChallengeForm(kind, data=forms.filled(found)), found)


@may("challenge.make")
def do_change(challenge: str) -> str | BaseResponse:
    """Look at it first, or change it; its address stays."""
    found = _mine(challenge)
    kind = KINDS[found.kind]
    form = ChallengeForm(kind, request.form)
    on_refusal(lambda: _form(kind, form, _mine(challenge)), form, Sort.BUSY)
    if "see" in request.form:
        return _form(kind, form, found, _cards(kind, form, found))
    with writing():
        found = _mine(challenge)
        service.change(found, _kept(form, found), g.person.player_key, form.names.data)
        _record("challenge.change", found)
        return _saved(found)


@may("challenge.make")
def retire(challenge: str) -> BaseResponse:
    """Offer it no longer, with the way back at hand; what was done with it stays."""
    with writing():
        found = _mine(challenge)
        service.retire(found)
        _record("challenge.retire", found)
        key = found.key
    return redirect(url_for("challenges.mine", retired=key), 303)


@may("challenge.make")
def restore(challenge: str) -> BaseResponse:
    """Offer it again."""
    on_refusal(mine)
    with writing():
        found = _mine(challenge)
        service.bring_back(found)
        _record("challenge.restore", found)
        return _saved(found)


def _mine(key: str) -> Challenge:
    """One that this maker may work on: what waits at the desk is for its own maker."""
    return queries.one_of_staff(g.neighbourhood.id, g.person.player_key, key) or abort(404)


def _make(kind: type[Kind], form: ChallengeForm) -> str:
    made = service.make(g.neighbourhood.id, kind, _kept(form, None), g.person.player_key, form.names.data)
    _record("challenge.new", made)
    return made.key


def _fields(form: ChallengeForm, before: Challenge | None) -> dict[str, Any]:
    """The challenge as it was written. Raises Refusal where it does not fit, or what they chose is not there now."""
    offered = _offered(before)
    form.offer(offered)
    form.must_fit()
    return {**form.fields, **{name: some.get(form[name].data) for name, some in offered.items() if name in form}}


def _kept(form: ChallengeForm, before: Challenge | None) -> dict[str, Any]:
    """What is kept of it: with the theme that they add, and what it says in other languages. Inside `writing()`."""
    fields = _fields(form, before)
    if form.new_theme:
        with about("theme-nl"):
            names = form.names.data
            fields["theme"] = themes.named(g.neighbourhood.id, form.new_theme, g.person.player_key, names)
    others = {code: texts for code, texts in (before.texts if before else {}).items() if code not in forms.LANGUAGES}
    chosen = {name: fields.pop(name) for name in ("spot", "zone", "theme") if name in fields}
    ids = {f"{name}_id": one.id if one else None for name, one in chosen.items()}
    return {**fields, **ids, "texts": {**fields["texts"], **others}}


def _offered(before: Challenge | None) -> dict[str, dict[str, Any]]:
    """What can be chosen now: places on the map, and its own that was taken off; parts of here; themes."""
    own = before.spot if before else None
    spots = [*places.of(g.neighbourhood.id), *([own] if own and own.removed_at else [])]
    return {
        "spot": {spot.key: spot for spot in spots},
        "zone": {zone.name: zone for zone in g.neighbourhood.zones if not zone.is_future},
        "theme": {theme.key: theme for theme in themes.offered(g.neighbourhood.id, g.person.player_key)},
    }


def _form(
    kind: type[Kind], form: ChallengeForm, challenge: Challenge | None = None, cards: Sequence[tuple[str, Markup]] = ()
) -> str:
    offered = _offered(challenge)
    return render_template(
        "game/challenges/form.html", kind=kind, form=form, challenge=challenge, cards=cards,
        spots=[(key, spot.name, "nl") for key, spot in offered["spot"].items()],
        zones=[(name, name, "nl") for name in offered["zone"]], pictures=forms.PICTURES.items(),
        answers=forms.ANSWERS.items(), hours=[(hour, f"{hour}:00") for hour in forms.HOURS],
        themes=[(key, theme.words["name"], theme.words["lang"]) for key, theme in offered["theme"].items()],
    )  # fmt: skip


def _cards(kind: type[Kind], form: ChallengeForm, before: Challenge | None) -> list[tuple[str, Markup]]:
    """The card as players see it, in each language that makers write."""
    seen = Challenge(kind=kind.name, icon=kind.icon, **_fields(form, before))
    if form.new_theme:
        seen.theme = Theme(texts=form.new_theme)
    cards = []
    for code in forms.LANGUAGES:
        with force_locale(code):
            card = render_template("game/challenges/card.html", challenge=seen, code=code)
        cards.append((code, Markup(card)))  # nosec: from our own template
    return cards


def _saved(challenge: Challenge) -> BaseResponse:
    """Back to the list, which says at the challenge what players see of it now."""
    is_there = _l("Saved. Players see this challenge now.")
    waits = _l("Saved. An editor looks first, then players see it.")
    hidden = _l("Saved. Players do not see it now: the list says why.")
    sentence = waits if challenge.state != State.SHOWN else is_there if challenge.is_open_at(clock.now()) else hidden
    return saved(url_for("challenges.mine"), sentence, challenge.key)


def _row(challenge: Challenge) -> tuple[object, ...]:
    words = [
        challenge.texts.get(code, {}).get(name) for code in forms.LANGUAGES for name in ("title", "text", "question")
    ]
    marks = ["x" if mark in challenge.holds else "" for mark in MARKS]
    spot = challenge.spot.key if challenge.spot else None
    retired = clock.day_of(challenge.retired_at) if challenge.retired_at else None
    theme = challenge.theme.texts["nl"]["name"] if challenge.theme else None
    zone = challenge.told_zone.name if challenge.told_zone else None
    return (
        challenge.key, challenge.kind, *words, *marks, "x" if challenge.faceless else "", spot, theme, zone,
        challenge.answer, challenge.texts.get("nl", {}).get("options"), challenge.from_hour, challenge.until_hour,
        challenge.first_day, challenge.last_day, retired,
    )  # fmt: skip


def _record(action: str, challenge: Challenge) -> None:
    role = acting_as()
    audit.record(action, challenge.key, g.neighbourhood.id, g.person.player_key, role)

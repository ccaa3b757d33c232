"""Makers write challenges, look at them as players see them, retire them and bring them back."""

from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import clock, spreadsheet
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import acting_as, may
from game.challenges import forms, queries, service, themes
from game.challenges.kinds import KINDS, Kind
from game.challenges.models import Challenge, Theme

HEADING = (
    "key", "kind", "title nl", "what to do nl", "question nl", "title en", "what to do en", "question en", "free",
    "step-free", "indoor", "faceless", "spot", "theme", "zone", "first day", "last day", "retired",
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
    """Which kind? Then its form."""
    kind = KINDS.get(request.args.get("kind", ""))
    return _form(kind, {}) if kind else render_template("game/challenges/choose_kind.html", kinds=KINDS.values())


@may("challenge.make")
def do_new() -> str | BaseResponse:
    """Look at it first, or put it in."""
    kind = KINDS.get(request.form.get("kind", "")) or abort(404)
    show_again(lambda: _form(kind, forms.typed()))
    if "see" in request.form:
        return _form(kind, forms.typed(), fields=forms.fields(kind, None), theme=forms.new_theme())
    with writing():
        made = service.make(g.neighbourhood.id, kind, _fields(kind, None), g.person.player_key, "names" in request.form)
        _record("challenge.new", made)
    return redirect(url_for("challenges.mine"), 303)


@may("challenge.make")
def change(challenge: str) -> str:
    """The form as it stands."""
    found = _mine(challenge)
    return _form(KINDS[found.kind], forms.filled(found), found)


@may("challenge.make")
def do_change(challenge: str) -> str | BaseResponse:
    """Look at it first, or change it; its address stays."""
    found = _mine(challenge)
    kind = KINDS[found.kind]
    show_again(lambda: _form(kind, forms.typed(), found))
    if "see" in request.form:
        return _form(kind, forms.typed(), found, forms.fields(kind, found), forms.new_theme())
    with writing():
        found = _mine(challenge)
        service.change(found, _fields(kind, found), g.person.player_key, "names" in request.form)
        _record("challenge.change", found)
    return redirect(url_for("challenges.mine"), 303)


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
    with writing():
        found = _mine(challenge)
        service.bring_back(found)
        _record("challenge.restore", found)
    return redirect(url_for("challenges.mine"), 303)


def _mine(key: str) -> Challenge:
    """One that this maker may work on: what waits at the desk is for who made it."""
    return queries.one_of_staff(g.neighbourhood.id, g.person.player_key, key) or abort(404)


def _form(
    kind: type[Kind], said: dict[str, Any], challenge: Challenge | None = None, fields: dict[str, Any] | None = None,
    theme: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "game/challenges/form.html", kind=kind, said=said, challenge=challenge, longest=forms.LONGEST,
        spots=forms.spots(challenge), pictures=forms.PICTURES, themes=forms.offered_themes(),
        zones=forms.zones(), cards=_cards(kind, fields, theme) if fields else [],
    )  # fmt: skip


def _fields(kind: type[Kind], before: Challenge | None) -> dict[str, Any]:
    """What is saved: the theme that they add among it."""
    fields, texts = forms.fields(kind, before), forms.new_theme()
    if texts:
        added = themes.named(g.neighbourhood.id, texts, g.person.player_key, "names" in request.form)
        fields["theme_id"] = added.id
    return fields


def _cards(kind: type[Kind], fields: dict[str, Any], theme: dict[str, Any] | None) -> list[tuple[str, Markup]]:
    """The card as players see it, in each language that makers write."""
    seen = Challenge(kind=kind.name, icon=kind.icon, **fields)
    chosen = [one for one in forms.offered_themes() if one.id == fields["theme_id"]]
    seen.theme = Theme(texts=theme) if theme else next(iter(chosen), None)
    seen.spot = next((spot for spot in forms.spots(None) if spot.id == fields["spot_id"]), None)
    seen.zone = next((zone for zone in forms.zones() if zone.id == fields["zone_id"]), None)
    cards = []
    for code in forms.LANGUAGES:
        with force_locale(code):
            card = render_template("game/challenges/card.html", challenge=seen, code=code)
        cards.append((code, Markup(card)))  # nosec: from our own template
    return cards


def _row(challenge: Challenge) -> tuple[object, ...]:
    words = [
        challenge.texts.get(code, {}).get(name) for code in forms.LANGUAGES for name in ("title", "text", "question")
    ]
    marks = ["x" if mark in challenge.holds else "" for mark in forms.MARKS]
    spot = challenge.spot.key if challenge.spot else None
    retired = clock.day_of(challenge.retired_at) if challenge.retired_at else None
    theme = challenge.theme.texts["nl"]["name"] if challenge.theme else None
    zone = challenge.told_zone.name if challenge.told_zone else None
    return (
        challenge.key, challenge.kind, *words, *marks, "x" if challenge.faceless else "", spot, theme, zone,
        challenge.first_day, challenge.last_day, retired,
    )  # fmt: skip


def _record(action: str, challenge: Challenge) -> None:
    role = acting_as()
    audit.record(action, challenge.key, g.neighbourhood.id, g.person.player_key, role)

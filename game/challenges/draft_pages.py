"""Residents think up challenges: a draft waits at the desk, and its maker sees how it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, abort, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.database import db, writing
from core.errors import show_again
from core.guard import may
from core.people.models import Person
from core.people.tiles import TILES
from core.people.views import refuse_suspended
from core.security import limiter
from game.challenges import forms, queries, service
from game.challenges.models import Challenge

often = limiter.limit("40 per hour", key_func=lambda: g.person.player_key)


def init_app(app: Flask) -> None:
    """Register the pages, and the row on the page about oneself."""
    add, under = app.add_url_rule, "/w/<slug>/me/challenges"
    add(under, "challenges.own", own)
    add(f"{under}/new", "challenges.propose", propose)
    add(f"{under}/new", "challenges.do_propose", do_propose, methods=["POST"])
    add(f"{under}/<challenge>", "challenges.again", again)
    add(f"{under}/<challenge>", "challenges.do_again", do_again, methods=["POST"])
    add(f"{under}/<challenge>/withdraw", "challenges.withdraw", withdraw, methods=["POST"])
    add(f"{under}/<challenge>/name", "challenges.name", name, methods=["POST"])
    TILES.add(app, "challenges", _tile)


@may("challenge.propose")
def own() -> str:
    """What you thought up, and how it stands."""
    return render_template("game/challenges/own.html", items=queries.of_maker(g.person.player_key))


@may("challenge.propose")
def propose() -> str:
    """Title, what to do, a question to ask."""
    refuse_suspended()
    return _form(None, {})


@may("challenge.propose")
@often
def do_propose() -> BaseResponse:
    """To the editors."""
    refuse_suspended()
    show_again(lambda: _form(None, request.form))
    with writing():
        service.propose(_me(), _words(), "named" in request.form)
    return redirect(url_for("challenges.own"), 303)


@may("challenge.propose")
def again(challenge: str) -> str:
    """What you wrote, to write it anew."""
    refuse_suspended()
    found = _own(challenge)
    if not found.is_plain:
        abort(404)
    return _form(found, {**found.words, "named": found.named})


@may("challenge.propose")
@often
def do_again(challenge: str) -> BaseResponse:
    """To the editors once more."""
    refuse_suspended()
    show_again(lambda: _form(_own(challenge), request.form))
    with writing():
        service.send_again(_own(challenge), _me(), _words(), "named" in request.form)
    return redirect(url_for("challenges.own"), 303)


@may("challenge.propose")
def withdraw(challenge: str) -> BaseResponse:
    """Take it back while it waits."""
    with writing():
        service.withdraw(_own(challenge))
    return redirect(url_for("challenges.own"), 303)


@may("challenge.propose")
def name(challenge: str) -> BaseResponse:
    """Take your name away from it, at any time. Putting it there needs the editors: then it is sent again."""
    with writing():
        _own(challenge).named = False
    return redirect(url_for("challenges.own"), 303)


def _form(challenge: Challenge | None, said: Mapping[str, Any]) -> str:
    return render_template("game/challenges/propose.html", challenge=challenge, said=said, longest=forms.LONGEST)


def _words() -> dict[str, dict[str, str]]:
    """The draft, in the language that was chosen for it."""
    texts = {part: forms.said(part) for part in ("title", "text", "question")}
    return {forms.language(): forms.complete(texts)}


def _own(key: str) -> Challenge:
    found = queries.one_of_maker(g.person.player_key, key)
    return found or abort(404)


def _me() -> Person:
    return db.session.get_one(Person, g.person.id)


def _tile(person: Person) -> tuple[object, object, str] | None:
    """The row on the page about oneself, once there is something."""
    mine: Sequence[object] = queries.of_maker(person.player_key)
    return (_l("Challenges you thought up"), len(mine), url_for("challenges.own")) if mine else None

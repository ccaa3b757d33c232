"""Residents think up challenges: a draft waits at the desk, and its maker sees how it stands."""

from collections.abc import Callable, Sequence

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import i18n, limits
from core.database import db, writing
from core.errors import on_refusal
from core.guard import may
from core.menus import TILES
from core.once import once
from core.people.models import Person
from core.people.views import refuse_suspended
from core.saved import saved
from game.challenges import queries, service
from game.challenges.forms import DraftForm
from game.challenges.models import Challenge

MOST = "40 per hour"  # that somebody sends, also what is refused


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
    return _form(DraftForm(lang=i18n.lang()))


@may("challenge.propose")
def do_propose() -> BaseResponse:
    """To the editors."""
    form = _sent(lambda form: _form(form))
    with writing():
        key = once(form.twin, lambda: service.propose(_me(), form.texts, form.named.data).key)
    return _saved(key)


@may("challenge.propose")
def again(challenge: str) -> str:
    """What you wrote, to write it anew."""
    refuse_suspended()
    found = _own(challenge)
    if not found.is_plain:
        abort(404)
    return _form(DraftForm(data={**found.words, "named": found.named}), found)


@may("challenge.propose")
def do_again(challenge: str) -> BaseResponse:
    """To the editors once more."""
    _own(challenge)
    form = _sent(lambda form: _form(form, _own(challenge)))
    with writing():
        service.send_again(_own(challenge), _me(), form.texts, form.named.data)
    return _saved(challenge)


@may("challenge.propose")
def withdraw(challenge: str) -> BaseResponse:
    """Take it back while it waits."""
    with writing():
        service.withdraw(_own(challenge))
    return saved(url_for("challenges.own"), _l("Done. You took that challenge back."))


@may("challenge.propose")
def name(challenge: str) -> BaseResponse:
    """Take your name away from it, at any time. Putting it there needs the editors: then it is sent again."""
    with writing():
        _own(challenge).named = False
    return saved(url_for("challenges.own"), _l("Saved. Your name does not stand there now."), challenge)


def _form(form: DraftForm, challenge: Challenge | None = None) -> str:
    written = [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()]
    return render_template("game/challenges/propose.html", form=form, challenge=challenge, written=written)


def _sent(page: Callable[[DraftForm], str]) -> DraftForm:
    """The draft as it was sent, once it fits; `page`: the page that shows it again where it does not."""
    refuse_suspended()
    form = DraftForm(request.form)
    form.lang.among = i18n.languages()
    on_refusal(lambda: page(form), form)
    limits.spend(limits.by_who("drafts", MOST))
    form.must_fit()
    return form


def _saved(key: str) -> BaseResponse:
    return saved(url_for("challenges.own"), _l("Saved. Below you see how it stands."), key)


def _own(key: str) -> Challenge:
    found = queries.one_of_maker(g.person.player_key, key)
    return found or abort(404)


def _me() -> Person:
    return db.session.get_one(Person, g.person.id)


def _tile(person: Person) -> tuple[object, object, str] | None:
    """The row on the page about oneself, once there is something."""
    mine: Sequence[object] = queries.of_maker(person.player_key)
    return (_l("Challenges you thought up"), len(mine), url_for("challenges.own")) if mine else None

"""In place of a meeting that may not be: calm words, the same for every reason, and what this reader can do.

Who is younger than 16 reads on it what they can do now; nobody else ever learns that they are (docs/rules.md §3).
"""

from flask import Flask, g, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.errors import STATUS, Answer, RefusedForm, refused, show, wants_json
from core.guard import may
from core.menus import PURPOSES, TILES
from core.people import households
from core.people.models import Person
from core.people.views import pause
from core.refusal import Refusal
from game.challenges import queries as challenges
from game.challenges.kinds import KINDS
from game.encounters import allowed
from game.encounters.allowed import CannotMeet
from game.encounters.models import CodeOver


def init_app(app: Flask) -> None:
    """Register the page, what shows it, and for templates whether a button to meet would only refuse."""
    app.add_url_rule("/w/<slug>/me/now", "encounters.instead", instead)
    app.register_error_handler(CannotMeet, _cannot)
    app.register_error_handler(CodeOver, _code_over)
    app.add_template_global(may_start, "may_start")
    TILES.add(app, "now", _tile, order=10)
    PURPOSES.add(app, "do now", _way)


@may("encounter.own")
def instead() -> str | BaseResponse:
    """What somebody younger than 16 can do now."""
    return _page(None) if g.person.is_young else redirect(url_for(".together"), 303)


def may_start() -> bool:
    """Whether the one who asks may start a meeting; a visitor may too, and joins first. Asked once for a page."""
    if "may_start" not in g:
        is_new = g.get("person") is None and not g.get("plays_elsewhere")
        g.may_start = is_new or (bool(g.get("person")) and pause() is None and allowed.may_start(g.person))
    started: bool = g.may_start
    return started


def _cannot(refusal: CannotMeet) -> Answer:
    """A page of its own; a host at the desk reads it where they typed."""
    if _has_its_field(refusal):
        return refused(refusal)
    status = STATUS[refusal.kind]
    return show(status, refusal.sentence) if wants_json() else (_page(refusal.sentence), status)


def _code_over(refusal: CodeOver) -> Answer:
    """Where it was typed the field says all of it; a page of its own leads to where other letters are typed."""
    if _has_its_field(refusal) or wants_json():
        refusal.sentence = f"{refusal.heading}. {refusal.sentence}"
    else:
        refusal.way_on = (url_for(".scan"), _l("Scan or type another code"))
    return refused(refusal)


def _has_its_field(refusal: Refusal) -> bool:
    """Whether the form that was sent has the field that the refusal is about."""
    sent: RefusedForm | None = g.get("refused_form")
    return sent is not None and sent.form is not None and sent.form.has(refusal.field)


def _page(sentence: object) -> str:
    me: Person = g.person
    return render_template(
        "game/encounters/instead.html", sentence=sentence, lives_with_somebody=households.key_of(me) is not None,
        searches=sum(KINDS[one.kind].alone for one in challenges.of(g.neighbourhood.id)),
    )  # fmt: skip


def _way() -> str | None:
    """To this page, for who is younger than 16."""
    me: Person | None = g.get("person")
    return url_for("encounters.instead") if me and me.is_young else None


def _tile(person: Person) -> tuple[object, object, str] | None:
    """On the page about oneself: what can be done now, for people younger than 16."""
    return (_l("This is what you can do now"), "", url_for("encounters.instead")) if person.is_young else None

"""Who leads an initiative, and editors: its words and next day, what it needs, who else leads, and how it stands."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.once import once
from core.people.views import refuse_suspended
from core.saved import saved
from game.initiatives import queries, service
from game.initiatives.course import EDITOR, LEADER
from game.initiatives.forms import HERE, AppointForm, NeedForm, StepForm, WriteForm
from game.initiatives.models import Initiative
from game.initiatives.queries import Told
from game.initiatives.views import find, initiative_page, is_run_by_me

MOST = "60 per hour"  # that who leads it writes


def init_app(app: Flask) -> None:
    """Register the addresses beside those of everybody."""
    add, under = app.add_url_rule, "/w/<slug>/initiatives/<key>"
    add(f"{under}/change", "initiatives.change", change)
    add(f"{under}/change", "initiatives.do_change", do_change, methods=["POST"])
    add(f"{under}/needs", "initiatives.add_need", do_add_need, methods=["POST"])
    add(f"{under}/needs/<need>/drop", "initiatives.drop_need", do_drop_need, methods=["POST"])
    add(f"{under}/step", "initiatives.step", do_step, methods=["POST"])
    add(f"{under}/lead", "initiatives.appoint", do_appoint, methods=["POST"])


@may("initiative.run")
def change(key: str) -> str:
    """The form as it stands."""
    told = _any(key)
    one = told.initiative
    said = {"title": told.title, "words": told.words, "next_on": one.next_on, "next_words": one.next_words}
    return _change(told, WriteForm(data=said))


@may("initiative.run")
def do_change(key: str) -> BaseResponse:
    """In other words, which everybody reads at once."""
    told, form = _any(key), WriteForm(request.form)
    refuse_suspended()
    on_refusal(lambda: _change(_any(key), form), form)
    limits.spend(limits.by_who("initiatives written", MOST))
    form.must_fit()
    said = {name: str(form[name].data or "") for name in ("title", "words", "next_words")}
    with writing():
        one = _held(key)
        service.write(one, said, form.next_on.data, lang(), g.person.player_key)
        _record("initiative.change", told)
    if queries.one(g.neighbourhood.id, key) is None:
        return saved(url_for("initiatives.index"), _l("Saved. The editors still look at it."))
    return saved(url_for("initiatives.show", key=key), _l("Saved. Everybody reads it like this."))


@may("initiative.run")
def do_add_need(key: str) -> BaseResponse:
    """It needs this, or has it."""
    told, form = _mine(key), NeedForm(request.form)
    refuse_suspended()
    on_refusal(lambda: initiative_page(key, need=form), form)
    limits.spend(limits.by_who("initiatives written", MOST))
    form.must_fit()
    with writing():
        once(form.twin, lambda: _add(_held(key), form))
        _record("initiative.change", told)
    return saved(url_for("initiatives.show", key=key), _l("Saved. It stands there."), "needs")


@may("initiative.run")
def do_drop_need(key: str, need: str) -> BaseResponse:
    """It is needed no longer."""
    told = _mine(key)
    on_refusal(lambda: initiative_page(key))
    with writing():
        service.drop_need(_held(key), need)
        _record("initiative.change", told)
    return saved(url_for("initiatives.show", key=key), _l("Done. That stands there no more."), "needs")


@may("initiative.run")
def do_step(key: str) -> BaseResponse:
    """How it stands from now on."""
    told, form = _mine(key), StepForm(request.form)
    refuse_suspended()
    on_refusal(lambda: initiative_page(key, step=form), form)
    form.must_fit()
    said = (form.to.data, g.person.player_key, _as_what(told), form.words.data, lang())
    with writing():
        once(form.twin, lambda: str(service.step(_held(key), *said).id))
        _record("initiative.step", told)
    return saved(url_for("initiatives.show", key=key), _l("It stands there, with your name."), "steps")


@may("initiative.run")
def do_appoint(key: str) -> BaseResponse:
    """Who would lead it does."""
    told, form = _mine(key), AppointForm(request.form)
    on_refusal(lambda: initiative_page(key))
    with writing():
        service.appoint(_held(key), form.participant.data)
        _record("initiative.lead", told)
    return saved(url_for("initiatives.show", key=key), _l("Done. They lead it too."), "people")


def _add(initiative: Initiative, form: NeedForm) -> str:
    is_there = form.sort.data == HERE
    return service.add_need(initiative, form.need.data, int(form.many.data), is_there, lang()).key


def _any(key: str) -> Told:
    """One that who asks runs, also out of sight; else 404."""
    told = queries.any_one(g.neighbourhood.id, key) or abort(404)
    return told if is_run_by_me(told) else abort(404)


def _mine(key: str) -> Told:
    """The same of those that everybody reads."""
    find(key)
    return _any(key)


def _held(key: str) -> Initiative:
    """Its row, held; that who asks runs it is looked at once more."""
    held = queries.held(g.neighbourhood.id, key) or abort(404)
    _any(key)
    return held


def _as_what(told: Told) -> str:
    mine = queries.participant(told.initiative, g.person.player_key)
    return LEADER if mine and mine.leads else EDITOR


def _record(action: str, told: Told) -> None:
    """What an editor does in the place of its people leaves a row."""
    if _as_what(told) == EDITOR:
        audit.record(action, told.initiative.key, g.neighbourhood.id, g.person.player_key, acting_as("ideas.decide"))


def _change(told: Told, form: WriteForm) -> str:
    return render_template("game/initiatives/change.html", told=told, form=form)

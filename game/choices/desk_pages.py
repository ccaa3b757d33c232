"""What the team does with one choice: sheets of paper and their totals, the outcome, or making it void."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may
from core.i18n import lang
from core.once import once
from core.people.views import reread
from core.refusal import about
from core.saved import saved
from game.choices import paper, queries, service
from game.choices.forms import CountForm, OutcomeForm, SheetForm, VoidForm
from game.choices.views import find
from game.encounters import addresses

UNDER = "/w/<slug>/staff/choices/<key>"


def init_app(app: Flask) -> None:
    """Register the pages."""
    add = app.add_url_rule
    add(UNDER, "choices.keep", keep)
    add(f"{UNDER}/print", "choices.sheet", sheet)
    add(f"{UNDER}/sheet", "choices.hand_out", hand_out, methods=["POST"])
    add(f"{UNDER}/count", "choices.count", count, methods=["POST"])
    add(f"{UNDER}/outcome", "choices.decide", decide, methods=["POST"])
    add(f"{UNDER}/void", "choices.void", void, methods=["POST"])


@may("choice.paper")
def keep(key: str) -> str:
    """What is to be done with a choice now."""
    return _page(key)


def _page(key: str, came_back: Form | None = None) -> str:
    """The page, with the one form that came back."""
    choice = find(key)
    said = queries.outcomes(choice)
    forms = {
        name: came_back if isinstance(came_back, form) else form()
        for name, form in (("sheet", SheetForm), ("totals", CountForm), ("outcome", OutcomeForm), ("void", VoidForm))
    }
    first = queries.first_count(choice)
    is_void = bool(said and said[-1].option_id is None)
    return render_template(
        "game/choices/keep.html", choice=choice, said=said, is_void=is_void, forms=forms,
        is_mine=bool(first and first.by == g.person.player_key), is_counted_once=first is not None,
        result=None if is_void else queries.result(choice),
    )  # fmt: skip


@may("choice.paper")
def sheet(key: str) -> str:
    """A sheet to print, on which somebody chooses."""
    address = g.public_url + url_for("choices.show", key=key)
    return render_template("print/choice.html", choice=find(key), qr=codes.qr(address))


@may("choice.paper")
def hand_out(key: str) -> BaseResponse:
    """Somebody at the desk gets a sheet."""
    form = SheetForm(request.form)
    on_refusal(lambda: _page(key, form), form)
    form.must_fit()
    with about("letters"), writing():
        once(form.twin, lambda: _hand_out(key, form))
    return saved(url_for("choices.keep", key=key), _l("Give them one sheet. They took part with it."), "paper")


def _hand_out(key: str, form: SheetForm) -> str:
    choice, host = find(key, lock=True), reread()
    paper.hand_out(choice, addresses.by_tag(host, form.letters.data, "letters"))
    audit.record("choice.sheet", key, g.neighbourhood.id, host.player_key, acting_as())
    return key


@may("choice.count")
def count(key: str) -> BaseResponse:
    """One of two people types what the sheets say."""
    form = CountForm(request.form)
    on_refusal(lambda: _page(key, form), form)
    form.must_fit()
    with writing():
        made = once(form.twin, lambda: _count(key, form))
    told = (
        _l("The same as the other counted. It is part of the result now.") if made == "same"
        else _l("Kept. Somebody else counts too, and types it on their own device.") if made == "first"
        else _l("Not the same as the other counted. Count once more together; then each of you types it.")
    )  # fmt: skip
    return saved(url_for("choices.keep", key=key), told, "paper")


def _count(key: str, form: CountForm) -> str:
    choice, me = find(key, lock=True), g.person.player_key
    before = queries.first_count(choice)
    is_first = before is None or before.by == me
    is_same = paper.count(choice, me, form.votes(len(choice.options)))
    audit.record("choice.count", key, g.neighbourhood.id, me, acting_as())
    return "same" if is_same else "first" if is_first else "other"


@may("choice.decide")
def decide(key: str) -> BaseResponse:
    """What it becomes."""
    form = OutcomeForm(request.form)
    form.option.among = [one.key for one in find(key).options]
    on_refusal(lambda: _page(key, form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _decide(key, form))
    return saved(url_for("choices.show", key=key), _l("Everybody reads it, with your name."))


def _decide(key: str, form: OutcomeForm) -> str:
    because, day = form.because.data, form.review_on.data
    service.decide(find(key, lock=True), g.person.player_key, form.option.data, because, lang(), day)
    audit.record("choice.decide", key, g.neighbourhood.id, g.person.player_key, acting_as(), because)
    return key


@may("choice.decide")
def void(key: str) -> BaseResponse:
    """It does not count."""
    form = VoidForm(request.form)
    on_refusal(lambda: _page(key, form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _void(key, form))
    return saved(url_for("choices.show", key=key), _l("It is void. Everybody reads why."))


def _void(key: str, form: VoidForm) -> str:
    because = form.because.data
    service.void(find(key, lock=True), g.person.player_key, because, lang())
    audit.record("choice.void", key, g.neighbourhood.id, g.person.player_key, acting_as(), because)
    return key

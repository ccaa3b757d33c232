"""The page on which two persons say that they live together."""

from functools import partial

from flask import g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, guesses, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.people import households, queries
from core.people.forms import LettersForm
from core.people.models import Person
from core.people.views import bp, refuse_suspended, reread
from core.refusal import Refusal, Sort, about
from core.saved import saved


@bp.get("/me/household")
@may("person.own")
def household() -> str:
    """Who you live with, who says so, and whom you asked."""
    return _household(LettersForm())


def _household(form: LettersForm) -> str:
    lives_with = households.others(g.person)
    asked = [(codes.spaced(one.letters), one.asked_at) for one in households.asked_by(g.person)]
    return render_template(
        "core/people/household.html",
        names=[other.name for other in lives_with], questions=households.waiting_for(g.person), asked=asked, form=form,
    )  # fmt: skip


@bp.post("/me/household", endpoint="ask_household")
@may("person.own")
def ask() -> BaseResponse:
    """Say that somebody lives with you, by their six letters."""
    refuse_suspended()
    form = LettersForm(request.form)
    on_refusal(lambda: _household(form), form)
    form.must_fit()
    with limits.done(limits.by_who("households", "10 per day")), about("letters"), writing():
        me = reread()
        households.ask(me, by_letters(me, form.letters.data))
    return saved(url_for(".household"), _l("Asked. The other says yes or no on their own phone."), "asked")


@bp.post("/me/household/answer", endpoint="answer_household")
@may("person.own")
def answer() -> BaseResponse:
    """Yes or no to somebody who says that you live together."""
    is_yes = request.form.get("answer") == "yes"
    with writing():
        households.answer(reread(), request.form.get("ask", ""), is_yes)
    together, apart = _l("Saved. You two live together here now."), _l("Done. We do not tell the other.")
    return saved(url_for(".household"), together if is_yes else apart, "with")


@bp.post("/me/household/leave", endpoint="leave_household")
@may("person.own")
def leave() -> BaseResponse:
    """Not living together any more."""
    with writing():
        households.leave(reread())
    return saved(url_for(".household"), _l("Done. You left this household."), "with")


def by_letters(me: Person, typed: str) -> Person:
    """Who has these six letters on their card; wrong ones are counted. Raises Refusal when nobody has."""
    found = guesses.look_up(typed, partial(queries.by_tag, me.neighbourhood_id))
    if found is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    return found

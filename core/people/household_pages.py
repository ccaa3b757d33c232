"""The page on which two persons say that they live together."""

from flask import g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, guesses
from core.database import writing
from core.guard import may
from core.people import households, queries
from core.people.models import Person
from core.people.views import again, bp, refuse_suspended
from core.refusal import Refusal, Sort
from core.security import limiter


@bp.get("/me/household")
@may("person.own")
def household() -> str:
    """Who you live with, who says so, and whom you asked."""
    lives_with = households.others(g.person)
    asked = [(codes.spaced(one.letters), one.asked_at) for one in households.asked_by(g.person)]
    return render_template(
        "core/people/household.html",
        names=[other.name for other in lives_with], questions=households.waiting_for(g.person), asked=asked,
    )  # fmt: skip


@bp.post("/me/household", endpoint="ask_household")
@may("person.own")
@limiter.limit("10 per day", key_func=lambda: g.person.player_key)
def ask() -> BaseResponse:
    """Say that somebody lives with you, by their six letters."""
    refuse_suspended()
    with writing():
        me = again()
        households.ask(me, by_letters(me))
    return redirect(url_for(".household"), 303)


@bp.post("/me/household/answer", endpoint="answer_household")
@may("person.own")
def answer() -> BaseResponse:
    """Yes or no to who says that you live together."""
    with writing():
        households.answer(again(), request.form.get("ask", ""), request.form.get("answer") == "yes")
    return redirect(url_for(".household"), 303)


@bp.post("/me/household/leave", endpoint="leave_household")
@may("person.own")
def leave() -> BaseResponse:
    """Not living together any more."""
    with writing():
        households.leave(again())
    return redirect(url_for(".household"), 303)


def by_letters(me: Person) -> Person:
    """Who has the six letters of the form on their card; wrong ones are counted. Raises Refusal when nobody has."""
    guesses.refuse_too_many()
    letters = codes.SHORT.read(request.form.get("letters", ""))
    found = queries.by_tag(me.neighbourhood_id, letters) if letters else None
    if found is None:
        guesses.count()
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    return found

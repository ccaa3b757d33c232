"""Where the code on a player card leads: a photo together with the owner of the card."""

from functools import partial

from flask import Flask, g, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, guesses
from core.guard import may
from core.people import queries as people
from core.people.views import refuse_suspended
from core.refusal import Refusal, Sort
from game.encounters import choosing_pages, queries, service


def init_app(app: Flask) -> None:
    """Register the page beside those of the blueprint, whose names it shares."""
    app.add_url_rule("/w/<slug>/with/<letters>", "encounters.meet", meet)


@may("encounter.look")
def meet(letters: str) -> str | BaseResponse:
    """A photo together with the owner of this card. Wrong letters are counted; they read the same as unknown ones."""
    other, tag = guesses.look_up(letters, partial(people.by_tag, g.neighbourhood.id)), codes.letters_of(letters)
    if other is None:
        raise Refusal(_l("We do not know this card (any more). See if you swapped a letter."), Sort.UNKNOWN)
    if g.person is None:
        return render_template("game/encounters/card.html", letters=tag)
    if g.person.id == other.id:
        return redirect(url_for("people.card"), 303)
    refuse_suspended()
    service.must_be_able_to_meet(g.person, other)
    return choosing_pages.page(other, started=queries.without_companion(g.person))

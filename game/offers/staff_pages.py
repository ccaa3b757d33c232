"""A host sees offers and wishes side by side, and brings two together: both are asked before names are told."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.saved import saved
from game.offers import queries, service
from game.offers.forms import MatchForm


def init_app(app: Flask) -> None:
    """Register the page and the line on the page of the team."""
    app.add_url_rule("/w/<slug>/staff/offers", "offers.side_by_side", side_by_side)
    app.add_url_rule("/w/<slug>/staff/offers", "offers.bring", bring, methods=["POST"])
    TEAM.add(
        app,
        "offers",
        always(Line("offers.side_by_side", "doos", _l("Offers and wishes"), group=Group.TOGETHER)),
        order=33,
    )


@may("offer.match")
def side_by_side() -> str:
    """All that are read now; below, what was brought together and what the two said."""
    return _page(MatchForm())


@may("offer.match")
def bring() -> BaseResponse:
    """These two fit."""
    form = MatchForm(request.form)
    on_refusal(lambda: _page(form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _bring(form))
    return saved(url_for("offers.side_by_side"), _l("Done. Both are asked. No names are told before two yeses."))


def _bring(form: MatchForm) -> str:
    here = g.neighbourhood.id
    offer, wish = queries.one(here, form.offer.data, False), queries.one(here, form.wish.data, True)
    made = service.match(offer, wish)
    audit.record("offer.match", made, here, g.person.player_key, acting_as())
    return made


def _page(form: MatchForm) -> str:
    here = g.neighbourhood.id
    return render_template(
        "game/offers/side_by_side.html", form=form, offers=queries.of(here, False), wishes=queries.of(here, True),
        matches=queries.matches(here),
    )  # fmt: skip

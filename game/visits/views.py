"""Saying "Ik ben er": on a spot's page, and on the page of a challenge that one can do alone."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.places import panels, plates
from core.places import queries as places
from core.places.models import Spot
from core.saved import saved
from game.challenges import queries as challenges
from game.challenges.kinds import KINDS
from game.challenges.models import Challenge
from game.visits import forms, queries, service
from game.visits.service import Judged

bp = Blueprint("visits", __name__)


def init_app(app: Flask) -> None:
    """Register the two forms, the panel on a spot's page, and for templates whether the reader was somewhere."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    app.add_template_global(_was_at, "was_at")
    panels.PANELS.add(app, "being there", _panel, order=10)


@bp.post("/spots/<spot>/here")
@may("visit.make")
def at_spot(spot: str) -> str | BaseResponse:
    """I am at this spot."""
    found = places.by_key(g.neighbourhood.id, spot) or abort(404)
    hung_at = plates.spot_of(code := request.form.get("plate", ""))
    by_plate = hung_at is not None and hung_at.id == found.id
    page = url_for("places.plate", code=code) if by_plate else url_for("places.spot", spot=found.key)
    return _arrive(found, challenges.asking_at(found.id), page)


@bp.post("/challenges/<challenge>/here")
@may("visit.make")
def at_challenge(challenge: str) -> str | BaseResponse:
    """I am where this challenge is done."""
    found = challenges.by_key(g.neighbourhood.id, challenge) or abort(404)
    if found.spot is None or not KINDS[found.kind].alone:
        abort(404)
    return _arrive(found.spot, found, url_for("challenges.show", challenge=found.key))


def _arrive(spot: Spot, asking: Challenge | None, page: str) -> str | BaseResponse:
    """Keep the visit when enough shows it and go to `page`; else say kindly what helps, on a page without a trace."""
    on_refusal(lambda: _not_yet(Judged(), asking, page))
    limits.spend(limits.by_who("visits", "60 per hour"))
    judged = forms.judged(spot, asking.on_site if asking else None)
    if judged.counts:
        player, spot_id = g.person.player_key, spot.id
        with writing():
            service.record(player, spot_id, clock.today())
        return saved(page, _l("Kept: you were here today. Of your position we keep nothing."), "here")
    return _not_yet(judged, asking, page)


def _not_yet(judged: Judged, asking: Challenge | None, page: str) -> str:
    return render_template(
        "game/visits/here.html", judged=judged, page=page, question=asking.site_question if asking else None,
        plate=request.form.get("plate", ""), answer=request.form.get("answer", ""),
        has_plate="plate" in judged.pieces, anyway="anyway" in request.form,
    )  # fmt: skip


def _panel(spot: Spot, plate: str | None) -> str | None:
    asking = challenges.asking_at(spot.id)
    return render_template(
        "game/visits/panel.html", spot=spot, plate=plate, question=asking.site_question if asking else None
    )


def _was_at(spot_id: int) -> bool:
    return bool(g.person) and queries.has_visited(g.person.player_key, spot_id)

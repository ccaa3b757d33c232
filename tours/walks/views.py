"""Walks for everybody: the list, the page of one, and how one will look to who has its maker's link."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, render_template
from flask_babel import LazyString, format_decimal
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from core import menus, shared
from core.contributions.models import Contribution
from core.guard import may
from core.pages import deeds
from core.pages import panels as home
from core.places import panels
from core.places.models import Spot
from tours.stories import beside
from tours.stories import queries as stories
from tours.walks import queries, sharing, tally
from tours.walks.formats import FORMATS
from tours.walks.models import State, Stop, Tour, Walked

bp = Blueprint("walks", __name__, url_prefix="/w/<slug>/walks")
WALKS = menus.Line("walks.index", "wandelen", _l("Walking"), name="walks")
PREVIEW = 24 * 60 * 60  # seconds that a maker's link shows what nobody else sees


def init_app(app: Flask) -> None:
    """Register the pages, and what a spot, home and a teller's page say of walks."""
    app.register_blueprint(bp)
    panels.PANELS.add(app, "walks", _at_spot, order=35)
    home.PANELS.add(app, "walks", _panel, order=65)
    deeds.DEEDS.add(app, "walks", deeds.Deed(_l("walks walked"), tally.finished))
    shared.DRAWN_FROM.add(app, "walks", frozenset(model.__tablename__ for model in (Tour, Walked)))
    menus.MAIN.add(app, "walks", lambda _searches: WALKS, order=20)
    beside.BESIDE.add(app, "walks", _to_teller)
    app.add_template_filter(kilometres)


@bp.get("")
@may("public.read")
def index() -> str:
    """The walks of the neighbourhood."""
    found = queries.of(g.neighbourhood.id)
    shown = queries.live([tour.id for tour in found])
    return render_template("tours/walks/index.html", tours=found, shown=shown)


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str | tuple[str, int]:
    """One walk: how long, how far, and its stops. Of one that is gone its address says so (410)."""
    tour = queries.one(g.neighbourhood.id, key)
    return page(tour) if tour else gone(key)


def gone(key: str) -> tuple[str, int]:
    """What its address says of a walk that nobody can see now; 404 for what never was one."""
    was = queries.was_here(g.neighbourhood.id, key)
    if was is None or was.published_at is None:
        abort(404)
    return render_template("tours/walks/gone.html"), 410


@bp.get("/<key>/preview/<token>")
@may("public.read")
def preview(key: str, token: str) -> str:
    """How it will look, on another phone; for who has the link, one day."""
    tour = queries.was_here(g.neighbourhood.id, key)
    if tour is None or tour.state == State.RETIRED or not _opens(tour, token):
        abort(404)
    return page(tour, is_preview=True)


def page(tour: Tour, is_preview: bool = False) -> str:
    """What people see of a walk before they go."""
    shown = queries.live([tour.id]).get(tour.id, [])
    names = stories.names([one.stop.story for one in shown if one.stop.story])
    return render_template(
        "tours/walks/show.html", tour=tour, stops=shown, names=names, is_preview=is_preview,
        walked=tally.in_fives(tour), is_elsewhere=len(queries.elsewhere(shown)) == len(shown),
        has_card=sharing.file(tour) is not None,
        line=line(tour, [one.stop for one in shown]), formats=FORMATS.values(),
    )  # fmt: skip


def line(tour: Tour, stops: Sequence[Stop]) -> dict[str, Any]:
    """What the map draws: the stops in order, and the way between those that follow each other."""
    at = {stop.id: [stop.spot.lat, stop.spot.lon] for stop in stops}
    legs = [
        {"line": leg["line"] or [at[leg["from"]], at[leg["to"]]], "known": bool(leg["line"])}
        for leg in tour.legs
        if leg["from"] in at and leg["to"] in at
    ]
    return {"stops": list(at.values()), "legs": legs}


def kilometres(metres: int) -> LazyString:
    """How far, with one figure behind the comma."""
    return _l("%(number)s km", number=format_decimal(round(metres / 1000, 1)))


def preview_token(tour: Tour) -> str:
    """What its maker's link carries."""
    return _signer().dumps(tour.id)


def _opens(tour: Tour, token: str) -> bool:
    try:
        return bool(_signer().loads(token, max_age=PREVIEW) == tour.id)
    except (BadData, ValueError):
        return False


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="walk preview")


def _at_spot(spot: Spot, _plate: str | None) -> str | None:
    """The walks that stop here."""
    found = queries.at(spot.id)
    return (
        render_template("tours/walks/spot_panel.html", found=found, here={tour.key: number for tour, number in found})
        if found
        else None
    )


def _panel() -> str | None:
    """On home: the walks there are."""
    found = queries.of(g.neighbourhood.id)
    return render_template("tours/walks/panel.html", how_many=len(found)) if found else None


def _to_teller(one: Contribution) -> str | None:
    """In which walks a story is, and a no to each."""
    story = stories.of_contribution(one.id)
    found = queries.with_story(story.id) if story else []
    return Markup(render_template("tours/walks/teller.html", one=one, found=found)) if found else None  # nosec: ours

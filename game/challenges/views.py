"""The list of challenges, one challenge, and today's on home."""

from flask import Blueprint, Flask, abort, g, render_template

from core import clock
from core.guard import may
from core.pages.panels import Panel, add
from game.challenges import queries
from game.seasons import queries as seasons

bp = Blueprint("challenges", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, and today's challenge on home."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    add(app, Panel(10, _today))


@bp.get("/challenges")
@may("public.read")
def index() -> str:
    """Today's challenge first, then all."""
    here = g.neighbourhood.id
    return render_template(
        "game/challenges/index.html", today=queries.todays(here, clock.today()), challenges=queries.of(here)
    )


@bp.get("/challenges/<challenge>")
@may("public.read")
def show(challenge: str) -> str:
    """What to do, what to ask, and how it goes."""
    here = g.neighbourhood.id
    found = queries.by_key(here, challenge) or abort(404)
    today = queries.todays(here, clock.today())
    return render_template("game/challenges/show.html", challenge=found, is_today=found == today)


def _today() -> str | None:
    challenge = queries.todays(g.neighbourhood.id, clock.today())
    season = seasons.on(g.neighbourhood.id, clock.today())
    return render_template(
        "game/challenges/panel.html",
        challenge=challenge,
        days_left=season.days_left(clock.today()) if season else None,
    )

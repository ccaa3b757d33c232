"""The ranking as a page, the way there from the thermometer, and choosing to stand in it."""

from typing import Any

from flask import Blueprint, Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.menus import ME, Line
from core.people.views import reread
from core.saved import saved
from game.ranking import queries, service
from game.scoring.boards import BOARDS
from game.seasons import queries as seasons
from game.seasons import rules
from game.seasons.models import Season

bp = Blueprint("ranking", __name__)
PODIUM = 3  # places under the thermometer
WAY = _l("Ranking, for those who like one")


def init_app(app: Flask) -> None:
    """Register the page, the row on Ik and the board under the thermometer."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    ME.add(app, "ranking", _of_me, order=21)
    BOARDS.add(app, "ranking", _board)


@bp.get("/ranking")
@may("public.read")
def show() -> str:
    """The first ten places, your own, and whether you want to stand in it."""
    season = seasons.shown(g.neighbourhood.id)
    found = _read(season) if season else {}
    return render_template("game/ranking/ranking.html", season=season, is_in=_is_in(), **found)


@bp.post("/ranking", endpoint="choose")
@may("person.own")
def choose() -> BaseResponse:
    """Stand in it, or not any more."""
    on_refusal(show)
    wants = request.form.get("stand") == "yes"
    with writing():
        me = reread()
        service.stand(me) if wants else service.leave(me.player_key)
    stands, left = _l("Saved. You are in it from the next list on."), _l("Done. Your name is gone from the ranking.")
    return saved(url_for(".show"), stands if wants else left, "stand")


def _board(season: Season) -> str | None:
    """The first places for those who stand in it, for others the way there; nothing for the younger than 16."""
    if g.person and g.person.is_young:
        return None
    first = [shared for shared in queries.top(season.id) if shared.place <= PODIUM] if _is_in() else []
    return render_template("game/ranking/board.html", places=first, way=WAY)


def _is_in() -> bool:
    return bool(g.person) and queries.is_in(g.person.player_key)


def _read(season: Season) -> dict[str, Any]:
    now = clock.now()
    return {
        "drawn_on": queries.drawn_on(season.id),
        "places": queries.top(season.id),
        "own": queries.own(season.id, g.person.player_key) if g.person else None,
        "is_still": not rules.moves(season, now), "is_over": rules.is_over(season, now),
    }  # fmt: skip


def _of_me() -> Line | None:
    """Not for who is younger than 16: there is nothing in it to choose."""
    return None if g.person.is_young else Line("ranking.show", "lijst", WAY)

"""A season as everybody reads it: that its board stands still, what the wall is for, the reveal at the party."""

from typing import Any

from flask import Flask, abort, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.guard import Role, may
from core.measures import web
from core.saved import saved
from game.scoring import still
from game.seasons import queries, rules, service
from game.seasons.models import Season


def init_app(app: Flask) -> None:
    """Register the pages."""
    add, reveal = app.add_url_rule, "/w/<slug>/season/reveal"
    add(reveal, "scoring.reveal", show)
    add(reveal, "scoring.do_reveal", do_reveal, methods=["POST"])
    add("/w/<slug>/seasons", "scoring.archive", archive)


def about(season: Season | None) -> dict[str, Any]:
    """What a page says of a season beside its numbers: where it is in its life, and which comes next."""
    now = clock.now()
    if season is None or rules.is_over(season, now):
        coming = queries.next_one(g.neighbourhood.id)
        return {"is_over": True, "is_still": False, "coming": coming, "waits": _waits(season)}
    return {"is_over": False, "is_still": rules.stands_still(season, now), "coming": None, "waits": False}


@may("public.read")
def show() -> str:
    """The season that began last, in large letters: at the party on a wall, and after it on any phone."""
    season = queries.shown(g.neighbourhood.id) or abort(404)
    is_revealed = rules.is_revealed(season, clock.now())
    read = still.read(season, still.lived_in(g.neighbourhood.zones)) if is_revealed else None
    drawn = web.draw(read.lines, _("New pairs between the zones.")) if read else None
    return render_template(
        "game/scoring/reveal.html", season=season, thermometer=read, web=drawn,
        is_over=rules.is_over(season, clock.now()),
    )  # fmt: skip


@may("public.read")
def archive() -> str:
    """What the neighbourhood did in seasons that are closed: published numbers, and nobody in them."""
    closed = queries.closed(g.neighbourhood.id)
    boards = still.last_boards(closed)
    found = [(season, boards[season.id]) for season in closed if season.id in boards]
    return render_template("game/scoring/archive.html", seasons=found)


@may("season.start")
def do_reveal() -> BaseResponse:
    """A coordinator shows everybody what became of the season."""
    with writing():
        season = queries.get((queries.shown(g.neighbourhood.id) or abort(404)).id)
        if service.reveal(season):
            audit.record(
                "season.reveal", season.starts_on.isoformat(), g.neighbourhood.id, g.person.player_key,
                Role.COORDINATOR,
            )  # fmt: skip
    return saved(url_for("scoring.reveal"), _l("Everybody can see it now."))


def _waits(season: Season | None) -> bool:
    return season is not None and not rules.is_revealed(season, clock.now())

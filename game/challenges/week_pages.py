"""Makers choose the challenge of a week, ahead of time."""

from datetime import date

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import acting_as, may
from game.challenges import queries, service
from game.challenges.models import Challenge

AHEAD = 4  # weeks on the page, this one first


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule("/w/<slug>/staff/weeks", "challenges.weeks", weeks)
    app.add_url_rule("/w/<slug>/staff/weeks", "challenges.choose_weeks", choose_weeks, methods=["POST"])


@may("challenge.make")
def weeks() -> str:
    """This week and those to come, each with what can be chosen for it."""
    here = g.neighbourhood.id
    lines = [
        (monday, chosen, service.stays(monday, chosen), queries.in_week(here, monday)) for monday, chosen in _coming()
    ]
    return render_template("game/challenges/weeks.html", lines=lines, this_week=clock.week_of(clock.today()))


@may("challenge.make")
def choose_weeks() -> BaseResponse:
    """Keep what was chosen. A week that the form does not name, or not otherwise than it was shown, stays as it is."""
    show_again(weeks)
    with writing():
        for monday, _chosen in _coming():
            key, was = request.form.get(monday.isoformat()), request.form.get(f"was-{monday}")
            if key is not None and key != was and service.choose_week(g.neighbourhood.id, monday, key):
                role = acting_as()
                audit.record("challenge.week", f"{monday} {key}", g.neighbourhood.id, g.person.player_key, role)
    return redirect(url_for("challenges.weeks", saved=1), 303)


def _coming() -> list[tuple[date, Challenge | None]]:
    return [*queries.weeks(g.neighbourhood.id, clock.week_of(clock.today()), AHEAD)]

"""A coordinator mends a season: its theme, and while nobody met in it also its days, or all of it."""

from datetime import date

from flask import Flask, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import may
from game.seasons import forms, played, queries, service
from game.seasons.models import Season


def init_app(app: Flask) -> None:
    """Register the pages beside that of starting one, whose names they share."""
    add, one = app.add_url_rule, "/w/<slug>/staff/season/<season>"
    add(one, "seasons.change", change)
    add(one, "seasons.do_change", do_change, methods=["POST"])
    add(f"{one}/away", "seasons.take_away", take_away, methods=["POST"])


@may("season.start")
def change(season: str) -> str:
    """The form as it stands, or as it was just typed."""
    found = _season(season)
    return render_template(
        "game/seasons/change.html", season=found, said=request.form or forms.filled(found), longest=forms.LONGEST_THEME,
        days=sorted({*service.LENGTHS, found.length}), is_played=played.in_(found),
    )  # fmt: skip


@may("season.start")
def do_change(season: str) -> BaseResponse:
    """Change it. Its days are in the form while they can be changed."""
    _season(season)
    show_again(lambda: change(season))
    themes, form = forms.themes(), request.form
    with writing():
        found = _held(season)
        first = forms.day(form["starts_on"], found.starts_on) if "starts_on" in form else found.starts_on
        days = forms.number(form["days"]) if "days" in form else found.length
        service.change(found, first, days, themes, played.in_(found))
        audit.record("season.change", *forms.act_on(found))
    return redirect(url_for("seasons.new"), 303)


@may("season.start")
def take_away(season: str) -> BaseResponse:
    """Take it away, while nobody met in it."""
    _season(season)
    show_again(lambda: change(season))
    with writing():
        found = _held(season)
        audit.record("season.away", *forms.act_on(found))
        service.take_away(found, played.in_(found))
    return redirect(url_for("seasons.new"), 303)


def _season(first_day: str) -> Season:
    """One of this neighbourhood that is not over; 404 for any other."""
    return queries.by_first_day(g.neighbourhood.id, _day(first_day), clock.today()) or abort(404)


def _held(first_day: str) -> Season:
    """The same, until the end of the transaction: no meeting comes to hang on it meanwhile."""
    return queries.by_first_day(g.neighbourhood.id, _day(first_day), clock.today(), hold=True) or abort(404)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)

"""A coordinator starts a season: a theme, a first day, a length."""

from datetime import timedelta

from flask import Flask, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import may
from core.setting_up import checklist
from game.seasons import changing, forms, queries, service


def init_app(app: Flask) -> None:
    """Register the pages and the item of the checklist."""
    app.add_url_rule("/w/<slug>/staff/season", "seasons.new", new)
    app.add_url_rule("/w/<slug>/staff/season", "seasons.do_new", do_new, methods=["POST"])
    checklist.add(app, checklist.Item(30, _l("a season"), 1, _ahead, "seasons.new", _l("Start a season")))
    changing.init_app(app)


@may("season.start")
def new() -> str:
    """The form, with a first day and a length filled in: today when nothing runs, else the Monday after what does.

    Above it what runs and what comes, to change.
    """
    today, seasons = clock.today(), queries.to_come(g.neighbourhood.id, clock.today())
    after = seasons[-1].ends_on if seasons else today
    monday = after + timedelta(days=7 - after.weekday())
    return render_template(
        "game/seasons/new.html", first_days=[monday] if seasons else [today, monday], today=today,
        days=service.LENGTHS, seasons=seasons, longest=forms.LONGEST_THEME, said=request.form,
    )  # fmt: skip


@may("season.start")
def do_new() -> BaseResponse:
    """Start it."""
    form = request.form
    show_again(new)
    themes, first_day = forms.themes(), forms.day(form.get("another_day") or form.get("starts_on", ""))
    with writing():
        season = service.start(g.neighbourhood.id, first_day, forms.number(form.get("days", "")), themes)
        audit.record("season.start", *forms.act_on(season))
    return redirect(url_for("setting_up.checklist"), 303)


def _ahead(neighbourhood_id: int) -> int:
    latest = queries.latest(neighbourhood_id)
    return int(latest is not None and latest.ends_on >= clock.today())

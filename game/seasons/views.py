"""A coordinator starts a season: a theme, a first day, a length."""

from datetime import timedelta

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, i18n
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.saved import saved
from core.setting_up import checklist
from game.seasons import change_pages, queries, service, suggestions
from game.seasons.change_pages import act_on
from game.seasons.forms import NewSeasonForm


def init_app(app: Flask) -> None:
    """Register the pages and the item of the checklist."""
    app.add_url_rule("/w/<slug>/staff/season", "seasons.new", new)
    app.add_url_rule("/w/<slug>/staff/season", "seasons.do_new", do_new, methods=["POST"])
    season = checklist.Item(_l("a season"), 1, _ahead, "seasons.new", _l("Start a season"))
    checklist.ITEMS.add(app, "season", season, order=30)
    TEAM.add(app, "seasons", always(Line("seasons.new", "speel", _l("Seasons"), group=Group.SEASON)), order=60)
    change_pages.init_app(app)


@may("season.start")
def new() -> str:
    """The form, with a first day and a length filled in: today when nothing runs, else the Monday after what does.

    Above it what runs and what comes, to change.
    """
    return _new(NewSeasonForm())


def _new(form: NewSeasonForm) -> str:
    today, seasons = clock.today(), queries.to_come(g.neighbourhood.id, clock.today())
    after = seasons[-1].ends_on if seasons else today
    monday = after + timedelta(days=7 - after.weekday())
    firsts = [monday] if seasons else [today, monday]
    return render_template(
        "game/seasons/new.html", seasons=seasons, form=form, today=today,
        first_days=[(first.isoformat(), i18n.day(first) if first > today else _l("Today")) for first in firsts],
        days=[(number, number) for number in service.LENGTHS], hosts=checklist.line(g.neighbourhood.id, "hosts"),
        suggested=suggestions.of(g.neighbourhood.id),
    )  # fmt: skip


@may("season.start")
def do_new() -> BaseResponse:
    """Start it."""
    form = NewSeasonForm(request.form)
    on_refusal(lambda: _new(form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _start(form))
    return saved(url_for("setting_up.checklist"), _l("Saved. This season is there."))


def _start(form: NewSeasonForm) -> str:
    season = service.start(g.neighbourhood.id, form.first_day, form.length, form.texts, form.bricks)
    audit.record("season.start", *act_on(season))
    return season.starts_on.isoformat()


def _ahead(neighbourhood_id: int) -> int:
    latest = queries.latest(neighbourhood_id)
    return int(latest is not None and latest.ends_on >= clock.today())

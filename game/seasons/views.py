"""A coordinator starts a season: a theme, a first day, a length."""

from datetime import date, timedelta

from flask import Flask, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import show_again
from core.guard import Role, may
from core.refusal import Refusal, Sort
from core.setting_up import checklist
from game.seasons import queries, service

AHEAD = timedelta(days=366)  # how far from now a season may begin
LONGEST_THEME = 60


def init_app(app: Flask) -> None:
    """Register the pages and the item of the checklist."""
    app.add_url_rule("/w/<slug>/staff/season", "seasons.new", new)
    app.add_url_rule("/w/<slug>/staff/season", "seasons.do_new", do_new, methods=["POST"])
    checklist.add(app, checklist.Item(30, _l("a season"), 1, _ahead, "seasons.new", _l("Start a season")))


@may("season.start")
def new() -> str:
    """The form, with a first day and a length filled in: today when nothing runs, else the Monday after what does."""
    today, latest = clock.today(), queries.latest(g.neighbourhood.id)
    is_running = latest is not None and latest.ends_on >= today
    after = latest.ends_on if latest and is_running else today
    monday = after + timedelta(days=7 - after.weekday())
    return render_template(
        "game/seasons/new.html", first_days=[monday] if is_running else [today, monday], today=today,
        days=range(service.SHORTEST, service.LONGEST + 1), latest=latest, longest=LONGEST_THEME, said=request.form,
    )  # fmt: skip


@may("season.start")
def do_new() -> BaseResponse:
    """Start it."""
    form = request.form
    show_again(new)
    themes = {code: theme for code in ("nl", "en") if (theme := " ".join(form.get(f"theme-{code}", "").split()))}
    if "nl" not in themes or any(len(theme) > LONGEST_THEME for theme in themes.values()):
        raise Refusal(_l("A season has a theme of at most 60 letters, in Dutch."), Sort.INVALID)
    first_day = _day(form.get("another_day") or form.get("starts_on", ""))
    with writing():
        season = service.start(
            g.neighbourhood.id, first_day, _number(form.get("days", "")),
            {code: {"theme": theme} for code, theme in themes.items()},
        )  # fmt: skip
        audit.record(
            "season.start", season.starts_on.isoformat(), g.neighbourhood.id, g.person.player_key, Role.COORDINATOR
        )
    return redirect(url_for("setting_up.checklist"), 303)


def _ahead(neighbourhood_id: int) -> int:
    latest = queries.latest(neighbourhood_id)
    return int(latest is not None and latest.ends_on >= clock.today())


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(_l("Write the first day as year-month-day, such as 2027-03-01."), Sort.INVALID) from None
    if not clock.today() - timedelta(days=1) <= day <= clock.today() + AHEAD:
        raise Refusal(_l("A season begins today or within a year."), Sort.INVALID)
    return day


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

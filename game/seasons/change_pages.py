"""A coordinator mends a season: its theme, and while nobody met in it also its days, or all of it."""

from datetime import date

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import Role, may
from core.saved import saved
from game.seasons import forms, played, queries, service
from game.seasons.forms import SeasonForm, ThemeForm
from game.seasons.models import Season


def init_app(app: Flask) -> None:
    """Register the pages beside that of starting one, whose names they share."""
    add, one = app.add_url_rule, "/w/<slug>/staff/season/<season>"
    add(one, "seasons.change", change)
    add(one, "seasons.do_change", do_change, methods=["POST"])
    add(f"{one}/away", "seasons.take_away", take_away, methods=["POST"])


@may("season.start")
def change(season: str) -> str:
    """The form as it stands."""
    found = _season(season)
    is_played = played.in_(found)
    return _form(found, forms.filled(found, _fields(is_played)), is_played)


@may("season.start")
def do_change(season: str) -> BaseResponse:
    """Change it. Its days are in the form while they can be changed."""
    known = _season(season)
    form = _fields("starts_on" not in request.form)(request.form)
    form.stays(known)
    on_refusal(lambda: _form(_season(season), form, played.in_(known)), form)
    form.must_fit()
    with writing():
        found = _locked(season)
        first, days = found.starts_on, found.length
        if isinstance(form, SeasonForm):
            first, days = form.starts_on.data, form.length
        service.change(found, first, days, form.texts, played.in_(found), form.bricks)
        audit.record("season.change", *act_on(found))
    return saved(url_for("seasons.new"), _l("Saved. This is how the season reads now."), "seasons")


@may("season.start")
def take_away(season: str) -> BaseResponse:
    """Take it away, while nobody met in it."""
    _season(season)
    on_refusal(lambda: change(season))
    with writing():
        found = _locked(season)
        audit.record("season.away", *act_on(found))
        service.take_away(found, played.in_(found))
    return saved(url_for("seasons.new"), _l("Done. That season is gone."), "seasons")


def act_on(season: Season) -> tuple[str, int, str, Role]:
    """What the audit log keeps of an act on a season: which one, where, and who did it as what."""
    return season.starts_on.isoformat(), g.neighbourhood.id, g.person.player_key, Role.COORDINATOR


def _form(season: Season, form: ThemeForm, is_played: bool) -> str:
    days = [(number, number) for number in sorted({*service.LENGTHS, season.length})]
    return render_template("game/seasons/change.html", season=season, form=form, days=days, is_played=is_played)


def _fields(is_played: bool) -> type[ThemeForm]:
    return ThemeForm if is_played else SeasonForm


def _season(first_day: str) -> Season:
    """One of this neighbourhood that is not over; 404 for any other."""
    return queries.by_first_day(g.neighbourhood.id, day_of(first_day), clock.today()) or abort(404)


def _locked(first_day: str) -> Season:
    """The same, until the end of the transaction: no meeting comes to hang on it meanwhile."""
    return queries.by_first_day(g.neighbourhood.id, day_of(first_day), clock.today(), lock=True) or abort(404)


def day_of(text: str) -> date:
    """The first day of a season, as it stands in an address; 404 for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)

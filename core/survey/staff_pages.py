"""A coordinator opens the survey and closes it. How many filled it in, nobody reads before that."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.saved import saved
from core.survey import queries, service
from core.survey.forms import MOMENTS, OpenForm


def init_app(app: Flask) -> None:
    """Register the pages and the line on the page of the team."""
    app.add_url_rule("/w/<slug>/staff/survey", "survey.keep", keep)
    app.add_url_rule("/w/<slug>/staff/survey", "survey.begin", begin, methods=["POST"])
    app.add_url_rule("/w/<slug>/staff/survey/<key>/close", "survey.close", close, methods=["POST"])
    TEAM.add(app, "survey", always(Line("survey.keep", "lijst", _l("The survey"), group=Group.MEANS)), order=72)


@may("survey.enter")
def keep() -> str:
    """Whether it is open, what can be done with it, and who may."""
    return _page(OpenForm())


@may("survey.keep")
def begin() -> BaseResponse:
    """Open it, for everybody."""
    form = OpenForm(request.form)
    on_refusal(lambda: _page(form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: _begin(form))
    return saved(url_for("survey.keep"), _l("The survey is open. Everybody finds it on home."))


@may("survey.keep")
def close(key: str) -> BaseResponse:
    """Close it, for good: what it came to stays as it is."""
    on_refusal(lambda: _page(OpenForm()))
    with writing():
        wave = queries.by_key(g.neighbourhood.id, key) or abort(404)
        service.close(wave)
        audit.record("survey.close", key, g.neighbourhood.id, g.person.player_key, acting_as())
    return saved(url_for("survey.results"), _l("The survey is closed. This is what it came to."))


def _begin(form: OpenForm) -> str:
    wave = service.open_wave(g.neighbourhood.id, form.moment.data)
    audit.record("survey.open", wave.key, g.neighbourhood.id, g.person.player_key, acting_as())
    return wave.key


def _page(form: OpenForm) -> str:
    return render_template(
        "core/survey/keep.html", wave=queries.open_now(g.neighbourhood.id), form=form, MOMENTS=MOMENTS,
        BATCH=service.BATCH,
    )  # fmt: skip

"""The survey on paper: a sheet to print, and the sheets that came back, typed in by a host, five or more in one go."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.audit import service as audit
from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.saved import saved
from core.survey import queries, service
from core.survey.forms import PaperForm
from core.survey.items import ANSWERS, ITEMS, SOURCES
from core.survey.models import Wave


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule("/w/<slug>/staff/survey/paper", "survey.paper", paper)
    app.add_url_rule("/w/<slug>/staff/survey/<key>/sheets", "survey.sheets", sheets)
    app.add_url_rule("/w/<slug>/staff/survey/<key>/sheets", "survey.enter", enter, methods=["POST"])


@may("survey.enter")
def paper() -> str:
    """The same statements on A4, to copy."""
    return render_template("print/survey.html", ITEMS=ITEMS, ANSWERS=ANSWERS, SOURCES=SOURCES)


@may("survey.enter")
def sheets(key: str) -> str:
    """Where sheets are typed in."""
    return _page(_find(key), PaperForm())


@may("survey.enter")
def enter(key: str) -> BaseResponse:
    """Count them together. The log says that somebody did, and not how many."""
    form = PaperForm(request.form)
    on_refusal(lambda: _page(_find(key), form), form)
    form.must_fit()
    with writing():
        if service.fill_in(_find(key), form.client_key.data or codes.new_key(), form.sheets):
            audit.record("survey.enter", key, g.neighbourhood.id, g.person.player_key, acting_as())
    return saved(url_for("survey.sheets", key=key), _l("Counted. Now tear up the sheets."))


def _find(key: str) -> Wave:
    return queries.by_key(g.neighbourhood.id, key) or abort(404)


def _page(wave: Wave, form: PaperForm) -> str:
    return render_template(
        "core/survey/sheets.html", wave=wave, form=form, ITEMS=ITEMS, ANSWERS=ANSWERS, BATCH=service.BATCH
    )

"""The survey for everybody: the seven statements while it is open, and what closed waves came to."""

import hmac

from flask import Blueprint, Flask, abort, current_app, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from limits import parse
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.pages.panels import PANELS
from core.saved import saved
from core.security import address
from core.shared import piece
from core.survey import queries, service
from core.survey.forms import MOMENTS, SurveyForm
from core.survey.items import ANSWERS, ITEMS, SOURCES
from core.survey.models import Wave

bp = Blueprint("survey", __name__)
MOST = parse("60 per hour")  # from one address, which may be the house


def init_app(app: Flask) -> None:
    """Register the pages, and the link on home while it is open."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/survey")
    PANELS.add(app, "survey", piece("survey", _panel), order=20)


@bp.get("")
@may("public.read")
def show() -> str:
    """The statements while it is open; else that it is closed, and where the results are."""
    return _page(queries.open_now(g.neighbourhood.id), SurveyForm())


@bp.post("/<key>")
@may("survey.fill")
def fill_in(key: str) -> BaseResponse:
    """Count what somebody ticked. Nothing of who they are is looked at, but for how often this address sends."""
    form = SurveyForm(request.form)
    on_refusal(lambda: _page(_find(key), form), form)
    form.must_fit()
    limits.spend([(MOST, "survey", _one_way(key))])
    with writing():
        service.fill_in(_find(key), form.client_key.data or codes.new_key(), [form.sheet])
    return saved(url_for(".results"), _l("Thank you. Your answers are counted, and nobody knows which are yours."))


@bp.get("/results")
@may("public.read")
def results() -> str:
    """What each closed wave came to."""
    here = g.neighbourhood.id
    return render_template(
        "core/survey/results.html", results=queries.results(here), is_open=queries.open_now(here) is not None,
        ITEMS=ITEMS, MOMENTS=MOMENTS, SOURCES=SOURCES, FEWEST=service.FEWEST,
    )  # fmt: skip


def _page(wave: Wave | None, form: SurveyForm) -> str:
    return render_template("core/survey/show.html", wave=wave, form=form, ITEMS=ITEMS, ANSWERS=ANSWERS, SOURCES=SOURCES)


def _panel() -> str | None:
    wave = queries.open_now(g.neighbourhood.id)
    return render_template("core/survey/panel.html") if wave else None


def _find(key: str) -> Wave:
    return queries.by_key(g.neighbourhood.id, key) or abort(404)


def _one_way(key: str) -> str:
    """The address, as nobody can read it back without our secret; another one in each wave."""
    secret = current_app.config["BUURT"].secret.encode()
    return hmac.digest(secret, f"survey {key} {address()}".encode(), "sha256").hex()

"""The front page, home, the language, what is kept about you, and whether the machine is well."""

from flask import Blueprint, Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import text
from werkzeug.wrappers import Response as BaseResponse

from core import i18n, menus
from core.database import db, writing
from core.errors import own_page
from core.forms import SixLetters
from core.guard import may
from core.menus import Group, Line
from core.neighbourhoods import queries as neighbourhoods
from core.pages import panels
from core.people import service as people
from core.people.views import reread
from core.photos import views as photos

bp = Blueprint("pages", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, and the panel of photos on home."""
    app.register_blueprint(bp)
    panels.PANELS.add(app, "photos", photos.panel)
    menus.MAIN.add(app, "home", lambda _searches: Line("pages.home", "kaart", _l("Around"), name="home"), order=10)
    privacy_line = Line("pages.privacy", "slot", _l("What we keep about you"), group=Group.OWN)
    menus.ME.add(app, "privacy", menus.always(privacy_line), order=60)


@bp.get("/")
@may("public.read")
def front() -> str:
    """Which neighbourhood, or the letters on somebody's phone."""
    return render_template("core/pages/front.html", neighbourhoods=neighbourhoods.everyone(), form=SixLetters())


@bp.get("/w/<slug>/")
@may("public.read")
def home() -> str:
    """The neighbourhood first."""
    return render_template("core/pages/home.html", panels=panels.drawn())


@bp.get("/w/<slug>/privacy")
@may("public.read")
def privacy() -> str:
    """What is kept, and what is not."""
    return render_template("core/pages/privacy.html")


@bp.post("/language")
@may("language.choose")
def language() -> BaseResponse:
    """Choose a language, and come back to the same page. A player's next phone gets it too."""
    lang = request.form.get("lang", "")
    if g.person and lang in i18n.languages():
        with writing():
            people.speak(reread(), lang)
    return i18n.remember(redirect(_back(), 303), lang)


@bp.get("/healthz")
@may("machine.read")
def healthz() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@bp.get("/readyz")
@may("machine.read")
def readyz() -> Response:
    """The database answers too; 503 when it does not."""
    db.session.execute(text("SELECT 1"))
    return jsonify(ok=True)


def _back() -> str:
    """The page they came from; a text that is no page of ours leads to the front."""
    return own_page(request.form.get("back", "")) or url_for(".front")

"""A way in for the made-up people, only while the demo is on; and the picture of their streets on home."""

from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as BaseResponse

from core.database import db, writing
from core.demo import neighbourhood, picture
from core.guard import may
from core.neighbourhoods.models import Neighbourhood
from core.pages.panels import Panel, add
from core.people import queries as people
from core.people.models import Person
from core.people.views import give_device

bp = Blueprint("demo", __name__)


def init_app(app: Flask) -> None:
    """Register the pages; they answer 404 while the demo is off."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/demo")
    add(app, Panel(20, _streets))


def way_in(here: Neighbourhood, person: Person) -> str:
    """The path that signs in as a made-up person. It needs no request."""
    return f"/w/{here.slug}/demo/{_signer().dumps(person.tag)}"


@bp.get("/<signed>")
@may("demo.enter")
def enter(signed: str) -> str:
    """Who you would be; nothing is set before you say so."""
    return render_template("core/demo/enter.html", as_person=_person(signed), signed=signed)


@bp.post("/<signed>", endpoint="do_enter")
@may("demo.enter")
def do_enter(signed: str) -> BaseResponse:
    """Be that person on this phone."""
    with writing():
        person = db.session.get_one(Person, _person(signed).id)
        return give_device(redirect(url_for("pages.home"), 303), person)


def _person(signed: str) -> Person:
    if not current_app.config["BUURT"].demo or not g.neighbourhood.is_made_up:
        abort(404)
    try:
        tag = _signer().loads(signed)
    except BadSignature:
        abort(404)
    return people.by_tag(g.neighbourhood.id, tag) or abort(404)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["BUURT"].secret, salt="demo way in")


def _streets() -> str | None:
    if g.neighbourhood.slug != neighbourhood.drawing()["slug"] or not g.neighbourhood.is_made_up:
        return None
    return render_template("core/demo/streets.html", picture=picture.draw(str(picture.LABEL)))

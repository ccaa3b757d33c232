"""A way in for the made-up people, only while the demo is on; and the picture of their streets on home."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import codes
from core.database import db, writing
from core.demo import ground, neighbourhood, picture, team
from core.guard import may
from core.maps import drawings
from core.maps.drawings import Drawing, Pin
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.models import Person
from core.people.views import give_device
from core.registry import Registry
from core.staff import devices, labels

bp = Blueprint("demo", __name__)


@dataclass(frozen=True)
class Way:
    """A way in that is no person's. `leads`: the answer that makes this device what `called` says; None for not now."""

    called: LazyString
    leads: Callable[[Neighbourhood], BaseResponse | None]


WAYS: Registry[Way] = Registry("other ways in of the demo")


def init_app(app: Flask) -> None:
    """Register the pages; they answer 404 while the demo is off."""
    app.register_blueprint(bp, url_prefix="/w/<slug>/demo")
    drawings.DRAWINGS.add(app, "demo", _drawing)


def way_in(here: Neighbourhood, person: Person) -> str:
    """The path that signs in as a made-up person. It needs no request."""
    return other_way(here, person.tag)


def other_way(here: Neighbourhood, name: str) -> str:
    """The path of one of WAYS."""
    return f"/w/{here.slug}/demo/{_signer().dumps(name)}"


@bp.get("/<signed>")
@may("demo.enter")
def enter(signed: str) -> str:
    """Who you would be; nothing is set before you say so. Of the team also the code that weighty acts ask for."""
    if way := WAYS.of(_named(signed)):
        return render_template("core/demo/enter.html", way=way, signed=signed)
    person = _person(signed)
    role = team.role_of(person) if team.account_of(person) else None
    return render_template(
        "core/demo/enter.html", as_person=person, signed=signed, role=labels.LABELS[role][0] if role else None,
        code=codes.spaced(team.code_of_now(person)) if role else None,
    )  # fmt: skip


@bp.post("/<signed>", endpoint="do_enter")
@may("demo.enter")
def do_enter(signed: str) -> BaseResponse:
    """Be that person on this phone."""
    if way := WAYS.of(_named(signed)):
        return way.leads(g.neighbourhood) or abort(404)
    with writing():
        person = db.session.get_one(Person, _person(signed).id)
        if account := team.account_of(person):
            g.person = None  # whoever this phone was until now, as below
            return devices.open_session(account, lambda: redirect(url_for("staff.team"), 303))
        return give_device(redirect(url_for("pages.home"), 303), person)


def _person(signed: str) -> Person:
    return people.by_tag(g.neighbourhood.id, _named(signed)) or abort(404)


def _named(signed: str) -> str:
    if not current_app.config["BUURT"].demo or not g.neighbourhood.is_made_up:
        abort(404)
    try:
        name = str(_signer().loads(signed))
    except BadSignature:
        abort(404)
    if _signer().dumps(name) != signed:  # its last letter has bits to spare: only one spelling is ours
        abort(404)
    return name


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["BUURT"].secret, salt="demo way in")


def _drawing(here: Neighbourhood) -> Drawing | None:
    if here.slug != neighbourhood.drawing()["slug"] or not here.is_made_up:
        return None
    return Drawing(
        picture=lambda pins: _picture(here, pins),
        geojson=lambda: ground.geojson(here.lat, here.lon),
        version=ground.version(here.lat, here.lon),
    )


def _picture(here: Neighbourhood, pins: Sequence[Pin]) -> Markup:
    """The streets with each place of the list as it stands there now, whatever was drawn first."""
    laid = tuple((pin.kind, pin.name, pin.page, neighbourhood.metres(pin, here.lat, here.lon)) for pin in pins)
    return picture.draw(_("Map of %(name)s. The list says the same.", name=here.name), laid)

"""Residents propose a place: it waits at the desk, and who proposed it sees how it stands."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import i18n, limits
from core.database import db, writing
from core.errors import on_refusal
from core.guard import may
from core.menus import TILES
from core.once import once
from core.people import queries as people
from core.people.models import Person
from core.people.views import refuse_suspended
from core.places import panels
from core.places import queries as places
from core.places.models import Spot
from core.proposals import forms, queries, service
from core.proposals.forms import ProposalForm
from core.proposals.models import SpotProposal
from core.saved import saved

SENT = _l("Sent. An editor looks at it, within 7 days.")
bp = Blueprint("proposals", __name__, url_prefix="/w/<slug>/me/places")


def init_app(app: Flask) -> None:
    """Register the pages, the row on the page about oneself, and the name on a spot's page."""
    app.register_blueprint(bp)
    TILES.add(app, "places", _tile)
    panels.PANELS.add(app, "whose idea", _by, order=85)


@bp.get("")
@may("spot.propose")
def own() -> str:
    """What you proposed, and how it stands."""
    return render_template("core/proposals/own.html", items=queries.of_player(g.person.player_key))


@bp.get("/new")
@may("spot.propose")
def propose() -> str:
    """An empty form, with the pin in the middle of the neighbourhood."""
    refuse_suspended()
    here, lang = g.neighbourhood, str(get_locale())
    return _form(None, ProposalForm(data={"lat": here.lat, "lon": here.lon, "lang": lang}))


@bp.post("/new", endpoint="do_propose")
@may("spot.propose")
def do_propose() -> BaseResponse:
    """To the editors."""
    refuse_suspended()
    form = ProposalForm(request.form)
    on_refusal(lambda: _form(None, form), form)
    _count()
    form.must_fit()
    with writing():
        once(form.twin, lambda: service.propose(_me(), form.written, form.named.data).key)
    return saved(url_for(".own"), SENT)


@bp.get("/<key>")
@may("spot.propose")
def again(key: str) -> str:
    """What you wrote, to write it anew."""
    refuse_suspended()
    found = _own(key)
    if not found.waits:
        abort(404)
    return _form(found, forms.filled(found))


@bp.post("/<key>", endpoint="do_again")
@may("spot.propose")
def do_again(key: str) -> BaseResponse:
    """To the editors once more."""
    refuse_suspended()
    form = ProposalForm(request.form)
    on_refusal(lambda: _form(_own(key), form), form)
    _count()
    form.must_fit()
    with writing():
        service.send_again(_own(key), _me(), form.written, form.named.data)
    return saved(url_for(".own"), SENT)


@bp.post("/<key>/withdraw")
@may("spot.propose")
def withdraw(key: str) -> BaseResponse:
    """Take it back while it waits."""
    with writing():
        service.withdraw(_own(key))
    return saved(url_for(".own"), _l("Done. You took that place back."))


@bp.post("/<key>/name")
@may("spot.propose")
def name(key: str) -> BaseResponse:
    """Take your name away from it, at any time. Putting it there needs the editors: then it is sent again."""
    with writing():
        _own(key).named = False
    return saved(url_for(".own"), _l("Done. Your name no longer stands there."))


def _form(proposal: SpotProposal | None, form: ProposalForm) -> str:
    others = [(spot.name, spot.lat, spot.lon) for spot in places.of(g.neighbourhood.id)]
    written = [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()]
    return render_template("core/proposals/form.html", proposal=proposal, form=form, others=others, written=written)


def _count() -> None:
    limits.spend(limits.by_who("places proposed", "40 per hour"))


def _own(key: str) -> SpotProposal:
    return queries.one_of_player(g.person.player_key, key) or abort(404)


def _me() -> Person:
    return db.session.get_one(Person, g.person.id)


def _tile(person: Person) -> tuple[object, object, str] | None:
    """The row on the page about oneself, once there is something."""
    mine = queries.of_player(person.player_key)
    return (_l("Places you proposed"), len(mine), url_for("proposals.own")) if mine else None


def _by(spot: Spot, _code: str | None) -> str | None:
    """Whose idea a spot was, where they let their name stand there; and a way to say that something is wrong."""
    found = queries.of_spot(spot.id)
    if found is None:
        return None
    player = people.by_player_key(found.player) if found.named and found.keeps_its_words else None
    return render_template("core/proposals/by.html", key=found.key, kind=queries.DESK_KIND, player=player)

"""Offers and wishes side by side, and the page on which one of two says whether it fits."""

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.contributions import queries as contributions
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.menus import ME, TURNS, Group, Line, Turn, always
from core.people.views import refuse_suspended
from core.saved import saved
from game.offers import queries, service
from game.offers.forms import YES, AnswerForm
from game.offers.kind import CARD
from game.offers.queries import Two

bp = Blueprint("offers", __name__, url_prefix="/w/<slug>/offers")


def init_app(app: Flask) -> None:
    """Register the pages, the way to them, and whose turn it is."""
    app.register_blueprint(bp)
    ME.add(app, "offers", always(Line("offers.index", "doos", _l("Offers and wishes"), group=Group.TOGETHER)), order=32)
    TURNS.add(app, "offers", _turn)


@bp.get("")
@may("public.read")
def index() -> str:
    """What neighbours can do, and what they would like."""
    found = {is_wish: queries.of(g.neighbourhood.id, is_wish) for is_wish in (False, True)}
    names = contributions.names(CARD.name, [one.id for some in found.values() for one in some])
    return render_template("game/offers/index.html", offers=found[False], wishes=found[True], names=names)


@bp.get("/match/<key>")
@may("offer.send")
def match(key: str) -> str:
    """What a host found for me: does it fit?"""
    return _page(key, AnswerForm())


@bp.post("/match/<key>", endpoint="answer")
@may("offer.send")
def do_answer(key: str) -> BaseResponse:
    """Yes, or no."""
    refuse_suspended()
    form = AnswerForm(request.form)
    on_refusal(lambda: _page(key, form), form)
    form.must_fit()
    with writing():
        two = queries.two(g.neighbourhood.id, key, lock=True) or abort(404)
        _side(two)
        service.answer(two, g.person.player_key, form.says.data == YES)
    return saved(url_for(".match", key=key), _l("Kept. The other reads no name unless you both said yes."))


def _page(key: str, form: AnswerForm) -> str:
    two = queries.two(g.neighbourhood.id, key) or abort(404)
    side = _side(two)
    mine, other = (two.offer, two.wish) if side == "offer_says" else (two.wish, two.offer)
    return render_template(
        "game/offers/match.html", match=two.match, mine=mine, other=other, form=form, said=getattr(two.match, side),
        name=queries.name_of(other.key) if two.match.fits else None,
    )  # fmt: skip


def _side(two: Two) -> str:
    return service.side_of(two, g.person.player_key) or abort(404)


def _turn() -> Turn | None:
    found = queries.asks(g.person.player_key) if g.person and g.get("neighbourhood") else None
    if found is None or found.neighbourhood_id != g.neighbourhood.id:
        return None
    return Turn(_l("A host found a neighbour who fits you."), _l("Look"), url_for("offers.match", key=found.key))
